import { performance } from 'node:perf_hooks';
import { eventName, webhookBody } from './payloads.ts';
import type { Faults } from '../simulator/faults.ts';
import type { DeliveryOptions } from './options.ts';
import type { CampaignSpace, Workspace, World } from './state.ts';
import type { EventRecord, JsonObject, Lead, PendingDelivery, Webhook } from './types.ts';

export interface Attempt {
  success: boolean;
  statusCode: number | null;
  error: string | null;
  milliseconds: number;
}

function wants(webhook: Webhook, name: string, event: EventRecord): boolean {
  if (webhook.campaign !== null && webhook.campaign !== event.campaign) return false;
  if (webhook.eventType === 'all_events') return true;
  if (webhook.eventType === null) {
    return webhook.customInterest !== null && event.type === 'interest_changed' &&
      webhook.customInterest === event.interest;
  }
  // Subscribed under one name and delivered under another; automatic replies have no name to subscribe to.
  if (name === 'link_clicked') return webhook.eventType === 'email_link_clicked';
  return webhook.eventType === name;
}

/** Posts one body and says how it went; any 2xx counts as received. */
export async function postWebhook(
  webhook: Webhook,
  body: string,
  timeoutMs: number,
  stopped?: AbortSignal,
): Promise<Attempt> {
  const started = performance.now();
  const elapsed = () => Math.round(performance.now() - started);
  try {
    const response = await fetch(webhook.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'instantly-simulator',
        ...webhook.headers,
      },
      body,
      redirect: 'manual',
      signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(stopped === undefined ? [] : [stopped])]),
    });
    await response.arrayBuffer();
    return {
      success: response.ok,
      statusCode: response.status,
      error: response.ok ? null : `Request failed with status code ${response.status}`,
      milliseconds: elapsed(),
    };
  } catch (error) {
    const timedOut = error instanceof Error && error.name === 'TimeoutError';
    return {
      success: false,
      statusCode: null,
      error: timedOut ? 'Connection timeout' : 'Connection failed',
      milliseconds: elapsed(),
    };
  }
}

/** Sends events to the webhooks: queue, retries, switch-off and the log behind `/webhook-events`. */
export class WebhookDelivery {
  #queue: PendingDelivery[] = [];
  /** Position of the next delivery; cutting a long array at its front for each one would be slow. */
  #head = 0;
  #buffer: PendingDelivery[] = [];
  #bufferTimer: NodeJS.Timeout | undefined;
  readonly #inFlight = new Set<PendingDelivery>();
  readonly #waiting = new Map<PendingDelivery, NodeJS.Timeout>();
  #idle: Array<() => void> = [];
  #stopped = false;
  readonly #ending = new AbortController();

  constructor(readonly world: World, readonly faults: Faults, readonly options: DeliveryOptions) {}

  /** Queues an event for every webhook that wants it. */
  offer(workspace: Workspace, campaign: CampaignSpace, event: EventRecord, lead: Lead | undefined): void {
    const name = eventName(workspace, event);
    if (name === undefined) return;
    const { dropShare, duplicateShare } = this.faults.deliveries;
    if (dropShare !== undefined && this.faults.random() < dropShare) {
      event.withheld = true;
      return;
    }
    let body: string | undefined;
    for (const webhook of workspace.record.webhooks) {
      if (webhook.status !== 1 || !wants(webhook, name, event)) continue;
      body ??= JSON.stringify(webhookBody(workspace, campaign, event, lead));
      const copies = duplicateShare !== undefined && this.faults.random() < duplicateShare ? 2 : 1;
      for (let copy = 0; copy < copies; copy += 1) this.#enqueue(workspace, webhook, body, event.email);
    }
  }

  /** For events that belong to no campaign, such as `account_error`. */
  offerBody(workspace: Workspace, name: string, body: JsonObject): void {
    for (const webhook of workspace.record.webhooks) {
      const wanted = webhook.eventType === 'all_events' || webhook.eventType === name;
      if (webhook.status === 1 && wanted) this.#enqueue(workspace, webhook, JSON.stringify(body), null);
    }
  }

  #enqueue(workspace: Workspace, webhook: Webhook, body: string, leadEmail: string | null): void {
    const delivery = {
      workspace: workspace.id,
      webhook: webhook.id,
      body,
      leadEmail,
      attempt: 0,
      group: null,
    };
    if (this.faults.deliveries.shuffle !== true) {
      this.#queue.push(delivery);
      this.#pump();
      return;
    }
    this.#buffer.push(delivery);
    this.#bufferTimer ??= setTimeout(
      () => this.#releaseBuffer(),
      this.faults.deliveries.shuffleBufferMs ?? 50,
    );
  }

  #releaseBuffer(): void {
    clearTimeout(this.#bufferTimer);
    this.#bufferTimer = undefined;
    const buffer = this.#buffer.splice(0);
    for (let index = buffer.length - 1; index > 0; index -= 1) {
      const other = Math.floor(this.faults.random() * (index + 1));
      const [one, two] = [buffer[index], buffer[other]];
      if (one !== undefined && two !== undefined) [buffer[index], buffer[other]] = [two, one];
    }
    this.#queue.push(...buffer);
    this.#pump();
  }

  #pump(): void {
    if (this.#stopped) return;
    while (this.#inFlight.size < this.options.concurrency && this.#head < this.#queue.length) {
      const delivery = this.#queue[this.#head];
      this.#head += 1;
      if (delivery === undefined) continue;
      this.#inFlight.add(delivery);
      void this.#attempt(delivery);
    }
    if (this.#head === this.#queue.length || this.#head > 5000) {
      this.#replaceQueue(this.#queue.slice(this.#head));
    }
    this.#checkIdle();
  }

  #replaceQueue(queue: PendingDelivery[]): void {
    this.#queue = queue;
    this.#head = 0;
  }

  async #attempt(delivery: PendingDelivery): Promise<void> {
    const workspace = this.world.workspaces.get(delivery.workspace);
    const webhook = workspace?.record.webhooks.find(({ id }) => id === delivery.webhook);
    // Deleted or switched off meanwhile: nothing is sent and nothing is replayed later.
    if (workspace !== undefined && webhook?.status === 1) {
      const attempt = await postWebhook(webhook, delivery.body, this.options.timeoutMs, this.#ending.signal);
      if (!this.#stopped) this.#settle(workspace, webhook, delivery, attempt);
    }
    if (this.#stopped) return;
    this.#inFlight.delete(delivery);
    this.#pump();
  }

  #settle(workspace: Workspace, webhook: Webhook, delivery: PendingDelivery, attempt: Attempt): void {
    const delay = this.options.retryDelaysMs[delivery.attempt];
    const willRetry = !attempt.success && delay !== undefined;
    const { log } = workspace.record;
    if (!attempt.success) delivery.group ??= this.world.nextId();
    // A first try that is not repeated has no earlier rows.
    if (delivery.group !== null && !willRetry && delivery.attempt > 0) {
      for (const row of log) if (row.group === delivery.group) row.groupSucceeded = attempt.success;
    }
    log.push({
      id: this.world.nextId(),
      at: this.world.simulatedNow,
      webhook: webhook.id,
      url: webhook.url,
      body: delivery.body,
      success: attempt.success,
      retryCount: delivery.attempt,
      willRetry,
      nextRetry: willRetry ? this.world.simulatedNow + delay : null,
      group: delivery.group,
      groupSucceeded: delivery.group === null || willRetry ? null : attempt.success,
      statusCode: attempt.statusCode,
      error: attempt.error,
      leadEmail: delivery.leadEmail,
      milliseconds: attempt.milliseconds,
    });
    if (log.length > this.options.logSize + 500) log.splice(0, log.length - this.options.logSize);
    this.world.dirty = true;
    if (attempt.success) webhook.failedGroups = 0;
    else if (willRetry) this.#retryLater({ ...delivery, attempt: delivery.attempt + 1 }, delay);
    else this.#countFailedGroup(webhook);
  }

  #countFailedGroup(webhook: Webhook): void {
    webhook.failedGroups += 1;
    if (webhook.failedGroups < this.options.failedGroupsBeforeSwitchOff) return;
    webhook.status = -1;
    webhook.failedAt = this.world.simulatedNow;
    this.#replaceQueue(this.#queue.slice(this.#head).filter((delivery) => delivery.webhook !== webhook.id));
    for (const [delivery, timer] of this.#waiting) {
      if (delivery.webhook !== webhook.id) continue;
      clearTimeout(timer);
      this.#waiting.delete(delivery);
    }
  }

  #retryLater(delivery: PendingDelivery, delay: number): void {
    const timer = setTimeout(() => {
      this.#waiting.delete(delivery);
      this.#queue.push(delivery);
      this.#pump();
    }, delay);
    this.#waiting.set(delivery, timer);
  }

  get pending(): PendingDelivery[] {
    return [...this.#inFlight, ...this.#queue.slice(this.#head), ...this.#buffer, ...this.#waiting.keys()];
  }

  #checkIdle(): void {
    if (
      this.#inFlight.size + this.#queue.length - this.#head + this.#buffer.length + this.#waiting.size > 0
    ) return;
    for (const resolve of this.#idle.splice(0)) resolve();
  }

  /** Resolves when nothing is queued, under way or waiting for a retry. */
  settled(): Promise<void> {
    const idle = new Promise<void>((resolve) => this.#idle.push(resolve));
    this.#checkIdle();
    return idle;
  }

  resume(deliveries: readonly PendingDelivery[]): void {
    this.#queue.push(...deliveries);
    this.#pump();
  }

  /** Forgets everything that is not yet delivered. */
  clear(): void {
    this.#replaceQueue([]);
    this.#buffer = [];
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    this.#waiting.clear();
    this.#checkIdle();
  }

  /** Ends without losing anything: what was not confirmed is returned, to be sent again by `resume`. */
  stop(): PendingDelivery[] {
    this.#stopped = true;
    const left = this.pending;
    this.#ending.abort();
    clearTimeout(this.#bufferTimer);
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    return left;
  }
}
