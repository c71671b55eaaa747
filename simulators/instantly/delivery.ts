import { type Attempt, post } from '../shared/delivery-queue.ts';
import { type Outcome, WebhookDelivery } from '../shared/delivery.ts';
import { eventName, webhookBody } from './payloads.ts';
import { type Delivery, newLogRow, type Webhook, type WorkspaceRecord } from './records.ts';
import type { EventRecord, JsonObject } from '../shared/records.ts';
import type { Scene } from '../shared/state.ts';
import type { InstantlyWorkspace, InstantlyWorld } from './state.ts';

/** Whether the webhook hears of an event, which may belong to no campaign. */
function wants(webhook: Webhook, name: string, event?: EventRecord): boolean {
  if (webhook.status !== 1) return false;
  if (webhook.campaign !== null && webhook.campaign !== event?.campaign) return false;
  if (webhook.event_type === 'all_events') return true;
  if (webhook.event_type === null) {
    return webhook.custom_interest_value !== null && webhook.custom_interest_value === event?.label;
  }
  // Subscribed under one name and delivered under another; automatic replies have no name to subscribe to.
  return webhook.event_type === (name === 'link_clicked' ? 'email_link_clicked' : name);
}

const addressOf = ({ target_hook_url: url, headers }: Webhook) => ({
  url,
  headers: { 'user-agent': 'instantly-simulator', ...headers },
});

export function postTest(webhook: Webhook, body: string, timeoutMs: number): Promise<Attempt> {
  const { url, headers } = addressOf(webhook);
  return post(url, headers, body, [AbortSignal.timeout(timeoutMs)]);
}

export function errorOf({ success, statusCode, timedOut }: Attempt): string | null {
  if (success) return null;
  if (statusCode !== null) return `Request failed with status code ${statusCode}`;
  return timedOut ? 'Connection timeout' : 'Connection failed';
}

/** Instantly's webhooks: who wants what, switch-off, and the log behind `/webhook-events`. */
export class InstantlyDelivery extends WebhookDelivery<WorkspaceRecord, Delivery> {
  declare readonly world: InstantlyWorld;

  protected override deliveriesOf(scene: Scene<InstantlyWorkspace>): Delivery[] | undefined {
    const { workspace, event } = scene;
    const name = eventName(scene);
    if (name === undefined) return undefined;
    const wanting = workspace.record.webhooks.filter((webhook) => wants(webhook, name, event));
    if (wanting.length === 0) return [];
    const body = JSON.stringify(webhookBody(scene));
    return wanting.map((webhook) => this.#make(workspace, webhook, body, event.email));
  }

  /** For events that belong to no campaign, such as `account_error`. */
  offerBody(workspace: InstantlyWorkspace, name: string, body: JsonObject): void {
    const wanting = workspace.record.webhooks.filter((webhook) => wants(webhook, name));
    this.enqueue(wanting.map((webhook) => this.#make(workspace, webhook, JSON.stringify(body), null)));
  }

  #make({ id }: InstantlyWorkspace, webhook: Webhook, body: string, leadEmail: string | null): Delivery {
    return { workspace: id, webhook: webhook.id, body, leadEmail, attempt: 0, group: null };
  }

  protected override addressOf(webhook: Webhook) {
    return webhook.status === 1 ? addressOf(webhook) : undefined;
  }

  protected override settle(outcome: Outcome<WorkspaceRecord, Delivery>): void {
    const { record, webhook, delivery, success, retryMs } = outcome;
    const willRetry = retryMs !== undefined;
    if (!success) delivery.group ??= this.world.nextId();
    const { group } = delivery;
    // A first try that is not repeated has no earlier rows.
    if (group !== null && !willRetry && delivery.attempt > 0) {
      for (const row of record.log) if (row.retry_group_id === group) row.retry_successful = success;
    }
    const row = newLogRow(this.world.nextId(), this.world.isoNow(), outcome, errorOf(outcome));
    this.addToLog(record.log, row);
    if (success) record.failedGroups[delivery.webhook] = 0;
    if (success || willRetry) return;
    const failed = record.failedGroups[delivery.webhook] = (record.failedGroups[delivery.webhook] ?? 0) + 1;
    if (webhook === undefined || failed < this.options.failuresBeforeSwitchOff) return;
    Object.assign(webhook, { status: -1, timestamp_error: this.world.isoNow() });
    this.queue.remove((other) => other.webhook === webhook.id);
  }
}
