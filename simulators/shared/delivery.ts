import { type Attempt, DeliveryQueue, post } from './delivery-queue.ts';
import type { Faults } from './faults.ts';
import type { EventRecord, LeadState, PendingDelivery } from './records.ts';
import type { Campaign, Workspace, World } from './state.ts';

export interface CommonDeliveryOptions {
  timeoutMs: number;
  /** Gaps before the retries. */
  retryDelaysMs: readonly number[];
  concurrency: number;
  /** Oldest rows of the log are forgotten above this number, per workspace. */
  logSize: number;
}

interface Address {
  url: string;
  headers: Record<string, string>;
}

/** How one attempt ended, and the gap after which it is tried again. */
export interface Outcome extends Attempt {
  retryMs: number | undefined;
}

/** Sends events to the webhooks that want them: faults, queue and retries. What a provider keeps of it is its own. */
export abstract class WebhookDelivery<
  Delivery extends PendingDelivery,
  Options extends CommonDeliveryOptions,
> {
  readonly queue: DeliveryQueue<Delivery>;

  constructor(
    readonly world: World,
    readonly faults: Pick<Faults, 'deliveries' | 'random' | 'hits'>,
    readonly options: Options,
  ) {
    this.queue = new DeliveryQueue(
      faults,
      options.concurrency,
      (delivery, ending) => this.#send(delivery, ending),
    );
  }

  /** Names under which the event is delivered; none when the provider has no event for it. */
  protected abstract namesOf(workspace: Workspace, event: EventRecord): string[];
  /** One delivery for each webhook that wants the event. */
  protected abstract deliveriesOf(
    workspace: Workspace,
    campaign: Campaign,
    event: EventRecord,
    lead: LeadState | undefined,
    names: string[],
  ): Delivery[];
  /** Where to send it; undefined when the webhook was deleted or switched off meanwhile. */
  protected abstract addressOf(delivery: Delivery): Address | undefined;
  /** Whether a failed attempt is tried again at all. */
  protected abstract isRetried(attempt: Attempt): boolean;
  /** Keeps the log and the state of the webhook. */
  protected abstract settle(delivery: Delivery, outcome: Outcome): void;

  /** Queues an event for every webhook that wants it. */
  offer(workspace: Workspace, campaign: Campaign, event: EventRecord, lead: LeadState | undefined): void {
    const names = this.namesOf(workspace, event);
    if (names.length === 0) return;
    if (this.faults.hits(this.faults.deliveries.dropShare)) event.withheld = true;
    else this.enqueue(this.deliveriesOf(workspace, campaign, event, lead, names));
  }

  protected enqueue(deliveries: readonly Delivery[]): void {
    for (const delivery of deliveries) {
      this.queue.add(delivery);
      if (this.faults.hits(this.faults.deliveries.duplicateShare)) this.queue.add({ ...delivery });
    }
  }

  async #send(delivery: Delivery, ending: AbortSignal): Promise<(() => void) | undefined> {
    const address = this.addressOf(delivery);
    if (address === undefined) return undefined;
    const signals = [AbortSignal.timeout(this.options.timeoutMs), ending];
    const attempt = await post(address.url, address.headers, delivery.body, signals);
    return () => {
      const isFinal = attempt.success || !this.isRetried(attempt);
      const retryMs = isFinal ? undefined : this.options.retryDelaysMs[delivery.attempt];
      this.settle(delivery, { ...attempt, retryMs });
      this.world.dirty = true;
      if (retryMs !== undefined) this.queue.addLater({ ...delivery, attempt: delivery.attempt + 1 }, retryMs);
    };
  }

  /** Adds a row and forgets the oldest ones now and then. */
  protected addToLog<Row>(log: Row[], row: Row): void {
    log.push(row);
    const { logSize } = this.options;
    if (log.length > logSize + 500) log.splice(0, log.length - logSize);
  }
}
