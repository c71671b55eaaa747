import { createHmac } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { uuidFrom } from './identifiers.ts';
import { envelope, eventBody, testBody, typesOf } from './payloads.ts';
import type { Faults } from '../simulator/faults.ts';
import type { ExtraFault } from './faults.ts';
import type { Behaviour, DeliveryOptions } from './options.ts';
import type { WebhookEventType } from './payloads.ts';
import type { CampaignSpace, Workspace, World } from './state.ts';
import type { EventRecord, FailedDelivery, JsonObject, Link, PendingDelivery, Webhook } from './types.ts';

export interface Attempt {
  success: boolean;
  statusCode: number | null;
  milliseconds: number;
}

/** Sends events to the webhooks: queue, retries and the failed ones that can be triggered again. */
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
  #requests = 0;
  readonly #ending = new AbortController();

  constructor(
    readonly world: World,
    readonly faults: Faults<ExtraFault>,
    readonly options: DeliveryOptions,
    readonly behaviour: Behaviour,
  ) {}

  /** Queues an event for every webhook that wants it. */
  offer(workspace: Workspace, campaign: CampaignSpace, event: EventRecord, link: Link | undefined): void {
    const types = typesOf(event);
    if (types.length === 0) return;
    const { dropShare } = this.faults.deliveries;
    if (dropShare !== undefined && this.faults.random() < dropShare) {
      event.withheld = true;
      return;
    }
    let body: JsonObject | undefined;
    const category = workspace.category(event.category ?? null)?.name;
    for (const type of types) {
      for (const webhook of this.#listeners(workspace, type, campaign)) {
        const wanted = webhook.categories.length === 0 || category === undefined ||
          webhook.categories.includes(category);
        if (!wanted) continue;
        body ??= eventBody({ workspace, campaign, event, link, behaviour: this.behaviour });
        this.#enqueue(workspace, webhook, type, body, campaign.data.id);
      }
    }
  }

  /** For what belongs to no campaign. Once per address, however many campaigns have a webhook with it. */
  offerBody(workspace: Workspace, type: WebhookEventType, body: JsonObject): void {
    const seen = new Set<string>();
    for (const webhook of this.#listeners(workspace, type)) {
      if (seen.has(webhook.url)) continue;
      seen.add(webhook.url);
      this.#enqueue(workspace, webhook, type, body, webhook.campaign);
    }
  }

  offerTest(workspace: Workspace, webhook: Webhook): void {
    const type = (webhook.eventTypes[0] ?? 'EMAIL_SENT') as WebhookEventType;
    const body = testBody(webhook, type, this.behaviour, this.world.simulatedNow);
    this.#enqueue(workspace, webhook, type, body, webhook.campaign, true);
  }

  /** A webhook of the whole user silences those of clients and campaigns for the same event. */
  #listeners(workspace: Workspace, type: WebhookEventType, campaign?: CampaignSpace): Webhook[] {
    const wanting = workspace.record.webhooks.filter((webhook) => {
      if (!webhook.isActive || !webhook.eventTypes.includes(type)) return false;
      if (campaign === undefined || webhook.level === 'user') return true;
      return webhook.level === 'campaign'
        ? webhook.campaign === campaign.data.id
        : webhook.clientId !== null && webhook.clientId === campaign.data.clientId;
    });
    const ofUser = wanting.filter(({ level }) => level === 'user');
    return ofUser.length > 0 ? ofUser : wanting;
  }

  #enqueue(
    workspace: Workspace,
    webhook: Webhook,
    type: WebhookEventType,
    body: JsonObject,
    campaign: number | null,
    isTest = false,
  ): void {
    const { duplicateShare, shuffle, shuffleBufferMs } = this.faults.deliveries;
    const delivery: PendingDelivery = {
      workspace: workspace.id,
      webhook: webhook.id,
      campaign,
      eventType: type,
      body: JSON.stringify(isTest ? body : { ...envelope(webhook, type, this.behaviour), ...body }),
      requestId: uuidFrom(`request ${this.world.seed} ${webhook.id} ${this.#requests += 1}`),
      attempt: 0,
    };
    const copies = duplicateShare !== undefined && this.faults.random() < duplicateShare ? 2 : 1;
    const deliveries = Array.from({ length: copies }, () => ({ ...delivery }));
    if (shuffle !== true) {
      this.#queue.push(...deliveries);
      this.#pump();
      return;
    }
    this.#buffer.push(...deliveries);
    this.#bufferTimer ??= setTimeout(() => this.#releaseBuffer(), shuffleBufferMs ?? 50);
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
      this.#queue = this.#queue.slice(this.#head);
      this.#head = 0;
    }
    this.#checkIdle();
  }

  async #attempt(delivery: PendingDelivery): Promise<void> {
    const workspace = this.world.workspaces.get(delivery.workspace);
    const webhook = workspace?.record.webhooks.find(({ id }) => id === delivery.webhook);
    // Deleted or switched off meanwhile: nothing is sent.
    if (workspace !== undefined && webhook?.isActive === true) {
      const attempt = await this.#post(webhook, delivery);
      if (!this.#stopped) this.#settle(workspace, webhook, delivery, attempt);
    }
    if (this.#stopped) return;
    this.#inFlight.delete(delivery);
    this.#pump();
  }

  async #post(webhook: Webhook, delivery: PendingDelivery): Promise<Attempt> {
    const started = performance.now();
    const elapsed = () => Math.round(performance.now() - started);
    const signature = createHmac('sha256', this.options.signingSecret).update(delivery.body).digest('hex');
    try {
      const response = await fetch(webhook.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'user-agent': 'smartlead-simulator',
          ...(this.behaviour.signature === 'present' && {
            'x-smartlead-signature': `sha256=${signature}`,
            'x-request-id': delivery.requestId,
            'x-webhook-level': webhook.level,
          }),
        },
        body: delivery.body,
        redirect: 'manual',
        signal: AbortSignal.any([AbortSignal.timeout(this.options.timeoutMs), this.#ending.signal]),
      });
      await response.arrayBuffer();
      return { success: response.ok, statusCode: response.status, milliseconds: elapsed() };
    } catch {
      return { success: false, statusCode: null, milliseconds: elapsed() };
    }
  }

  #settle(workspace: Workspace, webhook: Webhook, delivery: PendingDelivery, attempt: Attempt): void {
    const { log, failed } = workspace.record;
    const { statusCode, success } = attempt;
    const isRefused = statusCode !== null && statusCode < 500 && !this.options.retryRefusals;
    const delay = isRefused ? undefined : this.options.retryDelaysMs[delivery.attempt];
    const willRetry = !success && delay !== undefined;
    log.push({
      at: this.world.simulatedNow,
      webhook: webhook.id,
      campaign: delivery.campaign,
      eventType: delivery.eventType,
      success,
      statusCode,
      attempt: delivery.attempt,
      willRetry,
    });
    if (log.length > this.options.logSize + 500) log.splice(0, log.length - this.options.logSize);
    this.world.dirty = true;
    if (success) webhook.failuresInARow = 0;
    else if (willRetry) this.#retryLater({ ...delivery, attempt: delivery.attempt + 1 }, delay);
    else {
      failed.push({ ...delivery, attempt: 0, failedAt: this.world.simulatedNow, statusCode });
      webhook.failuresInARow += 1;
      const limit = this.options.failuresBeforeSwitchOff;
      if (limit !== null && webhook.failuresInARow >= limit) webhook.isActive = false;
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

  /** Sends the failed deliveries of a campaign again; says how many there are. */
  retrigger(workspace: Workspace, campaign: number, from: number, to: number): number {
    const { record } = workspace;
    const matches = ({ campaign: owner, failedAt }: FailedDelivery) =>
      owner === campaign && failedAt >= from && failedAt <= to;
    const again = record.failed.filter(matches);
    record.failed = record.failed.filter((delivery) => !matches(delivery));
    for (const { failedAt: _, statusCode: __, ...delivery } of again) this.#queue.push(delivery);
    this.#pump();
    return again.length;
  }

  get pending(): PendingDelivery[] {
    return [...this.#inFlight, ...this.#queue.slice(this.#head), ...this.#buffer, ...this.#waiting.keys()];
  }

  #checkIdle(): void {
    const left = this.#inFlight.size + this.#queue.length - this.#head + this.#buffer.length +
      this.#waiting.size;
    if (left > 0) return;
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
    this.#queue = [];
    this.#head = 0;
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
