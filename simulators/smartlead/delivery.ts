import { createHmac } from 'node:crypto';
import { type Outcome, WebhookDelivery } from '../shared/delivery.ts';
import { uuidFrom } from '../shared/random.ts';
import { envelope, eventBody, testBody, typesOf, type WebhookEventType } from './payloads.ts';
import type { Attempt } from '../shared/delivery-queue.ts';
import type { JsonObject } from '../shared/records.ts';
import type { Scene } from '../shared/state.ts';
import type { Delivery, Webhook, WorkspaceRecord } from './records.ts';
import type { SmartleadCampaign, SmartleadWorkspace, SmartleadWorld } from './state.ts';

/** Key of `X-Smartlead-Signature`. */
const signingSecret = 'webhook-signing-secret';

/** Smartlead's webhooks: who wants what, switch-off, and the failed ones that can be triggered again. */
export class SmartleadDelivery extends WebhookDelivery<WorkspaceRecord, Delivery> {
  declare readonly world: SmartleadWorld;
  #requests = 0;

  protected override deliveriesOf(scene: Scene<SmartleadWorkspace>): Delivery[] | undefined {
    const { workspace, campaign, event } = scene;
    const types = typesOf(event);
    if (types.length === 0) return undefined;
    const category = workspace.category(event.label)?.name;
    const wanting = types.flatMap((type) =>
      this.#listeners(workspace, type, campaign)
        .filter(({ shown: { categories } }) =>
          categories.length === 0 || category === undefined || categories.includes(category)
        )
        .map((webhook) => ({ type, webhook }))
    );
    if (wanting.length === 0) return [];
    const body = eventBody(scene, this.world.behaviour);
    return wanting.map(({ type, webhook }) => this.#make(workspace, webhook, type, body, campaign.data.id));
  }

  /** For what belongs to no campaign. Once per address, however many campaigns have a webhook with it. */
  offerBody(workspace: SmartleadWorkspace, type: WebhookEventType, body: JsonObject): void {
    const seen = new Set<string>();
    const webhooks = this.#listeners(workspace, type).filter(({ shown: { webhook_url: url } }) =>
      !seen.has(url) && seen.add(url)
    );
    this.enqueue(webhooks.map((webhook) => this.#make(workspace, webhook, type, body)));
  }

  offerTest(workspace: SmartleadWorkspace, webhook: Webhook): void {
    const type = (webhook.shown.event_types[0] ?? 'EMAIL_SENT') as WebhookEventType;
    this.enqueue([this.#make(workspace, webhook, type, testBody(this.world.simulatedNow))]);
  }

  /** A webhook of the whole user silences those of clients and campaigns for the same event. */
  #listeners({ record }: SmartleadWorkspace, type: WebhookEventType, campaign?: SmartleadCampaign) {
    const wanting = record.webhooks.filter(({ isActive, level, clientId, shown }) => {
      if (!isActive || !shown.event_types.includes(type)) return false;
      if (campaign === undefined || level === 'user') return true;
      return level === 'campaign'
        ? shown.email_campaign_id === campaign.data.id
        : clientId !== null && clientId === campaign.data.client_id;
    });
    const ofUser = wanting.filter(({ level }) => level === 'user');
    return ofUser.length > 0 ? ofUser : wanting;
  }

  #make(
    { id }: SmartleadWorkspace,
    webhook: Webhook,
    type: WebhookEventType,
    body: JsonObject,
    campaign = webhook.shown.email_campaign_id,
  ): Delivery {
    return {
      workspace: id,
      webhook: webhook.id,
      campaign,
      eventType: type,
      body: JSON.stringify({ ...envelope(webhook, type, this.world.behaviour), ...body }),
      requestId: uuidFrom(`request ${this.world.seed} ${webhook.id} ${this.#requests += 1}`),
      attempt: 0,
    };
  }

  protected override addressOf({ isActive, level, shown }: Webhook, delivery: Delivery) {
    if (!isActive) return undefined;
    const url = shown.webhook_url;
    const headers = { 'user-agent': 'smartlead-simulator' };
    if (this.world.behaviour.signature === 'absent') return { url, headers };
    const signature = createHmac('sha256', signingSecret).update(delivery.body).digest('hex');
    const signed = {
      'x-smartlead-signature': `sha256=${signature}`,
      'x-request-id': delivery.requestId,
      'x-webhook-level': level,
    };
    return { url, headers: { ...headers, ...signed } };
  }

  protected override isRetried({ statusCode }: Attempt): boolean {
    return statusCode === null || statusCode >= 500;
  }

  protected override settle(outcome: Outcome<WorkspaceRecord, Delivery>): void {
    const { record, webhook, delivery, success, retryMs } = outcome;
    if (retryMs !== undefined) return;
    const at = this.world.simulatedNow;
    const { campaign, eventType } = delivery;
    this.addToLog(record.log, { at, campaign, eventType, success });
    if (!success) record.failed.push({ delivery: { ...delivery, attempt: 0 }, failedAt: at });
    if (webhook === undefined) return;
    webhook.failuresInARow = success ? 0 : webhook.failuresInARow + 1;
    if (webhook.failuresInARow >= this.options.failuresBeforeSwitchOff) webhook.isActive = false;
  }

  /** Moves into the past what failed so far, as if that much time had gone by since. */
  ageFailures(milliseconds: number): void {
    for (const { record } of this.world.workspaces.values()) {
      for (const row of record.log) row.at -= milliseconds;
      for (const row of record.failed) row.failedAt -= milliseconds;
    }
  }

  /** Sends the failed deliveries of a campaign again; says how many there are. */
  retrigger({ record }: SmartleadWorkspace, campaign: number, from: number, to: number): number {
    const matches = ({ delivery, failedAt }: WorkspaceRecord['failed'][0]) =>
      delivery.campaign === campaign && failedAt >= from && failedAt <= to;
    const again = record.failed.filter(matches);
    record.failed = record.failed.filter((failed) => !matches(failed));
    this.queue.addAtEnd(again.map(({ delivery }) => delivery));
    return again.length;
  }
}
