import { type Attempt, DeliveryQueue, post } from './delivery-queue.ts';
import type { Faults } from './faults.ts';
import type { DeliveryOptions } from './options.ts';
import type { PendingDelivery } from './records.ts';
import type { Scene, Workspace, WorkspaceRecord, World } from './state.ts';

/** How one attempt ended, and the gap after which it is tried again. */
export interface Outcome<Record extends WorkspaceRecord, Delivery> extends Attempt {
  record: Record;
  /** Unless it is deleted by now. */
  webhook: Webhook<Record> | undefined;
  delivery: Delivery;
  retryMs: number | undefined;
}

type Webhook<Record extends WorkspaceRecord> = Record['webhooks'][number];

/** Sends events to the webhooks that want them: faults, queue and retries. What a provider keeps of it is its own. */
export abstract class WebhookDelivery<Record extends WorkspaceRecord, Delivery extends PendingDelivery> {
  readonly queue: DeliveryQueue<Delivery>;

  constructor(
    readonly world: World<Workspace<Record>>,
    readonly faults: Faults,
    readonly options: DeliveryOptions,
  ) {
    this.queue = new DeliveryQueue(faults, options.concurrency, this.#send.bind(this));
  }

  /** One delivery for each webhook that wants the event; undefined when the provider has no event for it. */
  protected abstract deliveriesOf(scene: Scene): Delivery[] | undefined;
  /** Where to send it; undefined when the webhook was switched off meanwhile. */
  protected abstract addressOf(webhook: Webhook<Record>, delivery: Delivery):
    | { url: string; headers: globalThis.Record<string, string> }
    | undefined;
  /** Keeps the log and the state of the webhook. */
  protected abstract settle(outcome: Outcome<Record, Delivery>): void;

  protected isRetried(_: Attempt): boolean {
    return true;
  }

  readonly offer = (scene: Scene): void => {
    const deliveries = this.deliveriesOf(scene);
    if (deliveries === undefined) return;
    if (this.faults.hits(this.faults.deliveries.dropShare)) scene.event.withheld = true;
    else this.enqueue(deliveries);
  };

  protected enqueue(deliveries: readonly Delivery[]): void {
    for (const delivery of deliveries) {
      this.queue.add(delivery);
      if (this.faults.hits(this.faults.deliveries.duplicateShare)) this.queue.add({ ...delivery });
    }
  }

  async #send(delivery: Delivery, ending: AbortSignal): Promise<(() => void) | undefined> {
    const record = this.world.workspaces.get(delivery.workspace)?.record;
    const find = () => record?.webhooks.find(({ id }) => id === delivery.webhook);
    const webhook = find();
    const address = webhook && this.addressOf(webhook, delivery);
    if (record === undefined || address === undefined) return undefined;
    const signals = [AbortSignal.timeout(this.options.timeoutMs), ending];
    const attempt = await post(address.url, address.headers, delivery.body, signals);
    return () => {
      const isFinal = attempt.success || !this.isRetried(attempt);
      const retryMs = isFinal ? undefined : this.options.retryDelaysMs[delivery.attempt];
      this.settle({ ...attempt, record, webhook: find(), delivery, retryMs });
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
