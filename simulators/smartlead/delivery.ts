import { createHmac } from 'node:crypto';
import { type Attempt, DeliveryQueue, post } from '../shared/delivery-queue.ts';
import { uuidFrom } from './identifiers.ts';
import { envelope, eventBody, testBody, typesOf } from './payloads.ts';
import type { Faults } from '../shared/faults.ts';
import type { ExtraFault } from './faults.ts';
import type { Behaviour, DeliveryOptions } from './options.ts';
import type { WebhookEventType } from './payloads.ts';
import type { CampaignSpace, Workspace, World } from './state.ts';
import type { EventRecord, FailedDelivery, JsonObject, Link, PendingDelivery, Webhook } from './types.ts';

/** Sends events to the webhooks: queue, retries and the failed ones that can be triggered again. */
export class WebhookDelivery {
  readonly queue: DeliveryQueue<PendingDelivery>;
  #requests = 0;

  constructor(
    readonly world: World,
    readonly faults: Faults<ExtraFault>,
    readonly options: DeliveryOptions,
    readonly behaviour: Behaviour,
  ) {
    this.queue = new DeliveryQueue(
      faults,
      options.concurrency,
      (delivery, ending) => this.#send(delivery, ending),
    );
  }

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
    const { duplicateShare } = this.faults.deliveries;
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
    this.queue.add(...Array.from({ length: copies }, () => ({ ...delivery })));
  }

  async #send(delivery: PendingDelivery, ending: AbortSignal): Promise<(() => void) | undefined> {
    const workspace = this.world.workspaces.get(delivery.workspace);
    const webhook = workspace?.record.webhooks.find(({ id }) => id === delivery.webhook);
    // Deleted or switched off meanwhile: nothing is sent.
    if (workspace === undefined || webhook?.isActive !== true) return undefined;
    const signature = createHmac('sha256', this.options.signingSecret).update(delivery.body).digest('hex');
    const headers = {
      'user-agent': 'smartlead-simulator',
      ...(this.behaviour.signature === 'present' && {
        'x-smartlead-signature': `sha256=${signature}`,
        'x-request-id': delivery.requestId,
        'x-webhook-level': webhook.level,
      }),
    };
    const attempt = await post(webhook.url, headers, delivery.body, [
      AbortSignal.timeout(this.options.timeoutMs),
      ending,
    ]);
    return () => this.#settle(workspace, webhook, delivery, attempt);
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
    else if (willRetry) this.queue.addLater({ ...delivery, attempt: delivery.attempt + 1 }, delay);
    else {
      failed.push({ ...delivery, attempt: 0, failedAt: this.world.simulatedNow, statusCode });
      webhook.failuresInARow += 1;
      const limit = this.options.failuresBeforeSwitchOff;
      if (limit !== null && webhook.failuresInARow >= limit) webhook.isActive = false;
    }
  }

  /** Sends the failed deliveries of a campaign again; says how many there are. */
  retrigger(workspace: Workspace, campaign: number, from: number, to: number): number {
    const { record } = workspace;
    const matches = ({ campaign: owner, failedAt }: FailedDelivery) =>
      owner === campaign && failedAt >= from && failedAt <= to;
    const again = record.failed.filter(matches);
    record.failed = record.failed.filter((delivery) => !matches(delivery));
    this.queue.addAtEnd(again.map(({ failedAt: _, statusCode: __, ...delivery }) => delivery));
    return again.length;
  }
}
