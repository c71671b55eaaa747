import { type Attempt, DeliveryQueue, post } from '../shared/delivery-queue.ts';
import { eventName, webhookBody } from './payloads.ts';
import type { Faults } from '../shared/faults.ts';
import type { DeliveryOptions } from './options.ts';
import type { CampaignSpace, Workspace, World } from './state.ts';
import type { EventRecord, JsonObject, Lead, PendingDelivery, Webhook } from './types.ts';

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

export function postWebhook(
  webhook: Webhook,
  body: string,
  timeoutMs: number,
  stopped?: AbortSignal,
): Promise<Attempt> {
  return post(webhook.url, { 'user-agent': 'instantly-simulator', ...webhook.headers }, body, [
    AbortSignal.timeout(timeoutMs),
    ...(stopped === undefined ? [] : [stopped]),
  ]);
}

/** As the service words it. */
export function errorOf({ success, statusCode, timedOut }: Attempt): string | null {
  if (success) return null;
  if (statusCode !== null) return `Request failed with status code ${statusCode}`;
  return timedOut ? 'Connection timeout' : 'Connection failed';
}

/** Sends events to the webhooks: queue, retries, switch-off and the log behind `/webhook-events`. */
export class WebhookDelivery {
  readonly queue: DeliveryQueue<PendingDelivery>;

  constructor(readonly world: World, readonly faults: Faults, readonly options: DeliveryOptions) {
    this.queue = new DeliveryQueue(
      faults,
      options.concurrency,
      (delivery, ending) => this.#send(delivery, ending),
    );
  }

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
    this.queue.add({
      workspace: workspace.id,
      webhook: webhook.id,
      body,
      leadEmail,
      attempt: 0,
      group: null,
    });
  }

  async #send(delivery: PendingDelivery, ending: AbortSignal): Promise<(() => void) | undefined> {
    const workspace = this.world.workspaces.get(delivery.workspace);
    const webhook = workspace?.record.webhooks.find(({ id }) => id === delivery.webhook);
    // Deleted or switched off meanwhile: nothing is sent and nothing is replayed later.
    if (workspace === undefined || webhook?.status !== 1) return undefined;
    const attempt = await postWebhook(webhook, delivery.body, this.options.timeoutMs, ending);
    return () => this.#settle(workspace, webhook, delivery, attempt);
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
      error: errorOf(attempt),
      leadEmail: delivery.leadEmail,
      milliseconds: attempt.milliseconds,
    });
    if (log.length > this.options.logSize + 500) log.splice(0, log.length - this.options.logSize);
    this.world.dirty = true;
    if (attempt.success) webhook.failedGroups = 0;
    else if (willRetry) this.queue.addLater({ ...delivery, attempt: delivery.attempt + 1 }, delay);
    else this.#countFailedGroup(webhook);
  }

  #countFailedGroup(webhook: Webhook): void {
    webhook.failedGroups += 1;
    if (webhook.failedGroups < this.options.failedGroupsBeforeSwitchOff) return;
    webhook.status = -1;
    webhook.failedAt = this.world.simulatedNow;
    this.queue.remove((delivery) => delivery.webhook === webhook.id);
  }
}
