/** The campaigns of a sync, several at the same time: a list is read page by page, so one alone waits for each answer. */
import type { At, CampaignPosition } from '../position.ts';
import type { SyncCampaign, SyncRun } from '../context.ts';
import { syncCampaign } from './sync-campaign.ts';
import { TotalsReader } from './totals-reader.ts';

/** Which campaigns are completed and how far the others are, as the cursor of the job. */
class Reading {
  /** Those that were not completed when this run began, in their order. */
  readonly open: SyncCampaign[];
  readonly #total: number;
  readonly #walks: Map<string, CampaignPosition>;
  readonly #done: Set<string>;
  #after: string | undefined;
  /** Of `open`: all before are completed. */
  #first = 0;

  constructor(campaigns: SyncCampaign[], at: At<'reading'>) {
    const { after } = at;
    const remaining = after === undefined
      ? campaigns
      : campaigns.filter((campaign) => campaign.campaign_id > after);
    this.#after = after;
    this.#total = campaigns.length;
    this.#done = new Set(at.done);
    this.#walks = new Map(Object.entries(at.walks ?? {}));
    this.open = remaining.filter((campaign) => !this.#done.has(campaign.campaign_id));
  }

  positionOf(campaign: SyncCampaign): Partial<CampaignPosition> {
    return this.#walks.get(campaign.campaign_id) ?? {};
  }

  moved(campaign: SyncCampaign, position: CampaignPosition): void {
    this.#walks.set(campaign.campaign_id, position);
  }

  completed(campaign: SyncCampaign): void {
    this.#walks.delete(campaign.campaign_id);
    this.#done.add(campaign.campaign_id);
    for (let first; (first = this.open[this.#first]) && this.#done.has(first.campaign_id); this.#first++) {
      this.#after = first.campaign_id;
    }
    for (const id of this.#done) if (this.#after !== undefined && id <= this.#after) this.#done.delete(id);
  }

  get cursor(): At<'reading'> {
    return {
      phase: 'reading',
      ...(this.#after === undefined ? {} : { after: this.#after }),
      ...(this.#done.size === 0 ? {} : { done: [...this.#done] }),
      ...(this.#walks.size === 0 ? {} : { walks: Object.fromEntries(this.#walks) }),
    };
  }

  get progress(): { done: number; total: number } {
    const left = this.open.length - this.#first -
      this.open.slice(this.#first).filter((campaign) => this.#done.has(campaign.campaign_id)).length;
    return { done: this.#total - left, total: this.#total };
  }
}

/** Reads the campaigns after the position; false when the time is up. */
export async function readEach(
  run: SyncRun,
  campaigns: SyncCampaign[],
  at: At<'reading'>,
): Promise<boolean> {
  const reading = new Reading(campaigns, at);
  const { open } = reading;
  const totals = new TotalsReader(open.map((campaign) => campaign.provider_campaign_id));
  const save = oneAtATime(() => run.save(reading.cursor, reading.progress));
  let next = 0;
  let failuresInARow = 0;
  let isStopped = false;
  const shouldStop = () => isStopped || run.job.isOutOfTime();

  /** Takes one campaign after the other; each with a session of its own, which knows whose rows it skipped. */
  const readSome = async () => {
    const own: SyncRun = {
      ...run,
      job: { ...run.job, isOutOfTime: shouldStop },
      context: { ...run.context, session: run.context.openSession() },
    };
    for (let current; !shouldStop() && (current = open[next++]) !== undefined;) {
      const campaign = current;
      const outcome = await syncCampaign(own, campaign, totals, {
        ...reading.positionOf(campaign),
        failuresInARow: () => failuresInARow,
        save: (position) => {
          reading.moved(campaign, position);
          return save();
        },
      });
      if (outcome === 'out of time') {
        isStopped = true;
        return;
      }
      failuresInARow = outcome === 'failed' ? failuresInARow + 1 : 0;
      reading.completed(campaign);
      await save();
    }
  };

  const readers = Array.from(
    { length: Math.min(run.context.session.campaignsAtOnce, open.length) },
    async () => {
      try {
        await readSome();
      } catch (error) {
        // The others save what they have read: nothing may be written once another worker may claim the job.
        isStopped = true;
        throw error;
      }
    },
  );
  const failed = (await Promise.allSettled(readers)).find((reader) => reader.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return !isStopped && next >= open.length;
}

/** Saves that are asked for while one is under way are one save, which begins after it and has what all of them moved. */
function oneAtATime(save: () => Promise<void>): () => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  let waiting: Promise<void> | undefined;
  return () => {
    if (waiting !== undefined) return waiting;
    waiting = last.then(() => {
      waiting = undefined;
      return save();
    });
    last = waiting;
    return waiting;
  };
}
