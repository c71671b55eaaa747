/** Reading back: what changed in our deals since the cursor, page by page; the run after one that died resumes where it was. */
import { z } from 'zod';
import { callFunction, type ServiceClient } from '../platform/database.ts';
import { AppError, describeError } from '../platform/errors.ts';
import { type Crm, type CrmDeal, CrmError, sealedConnection } from './crm.ts';
import { openCrm, type OpenOptions } from './open-crm.ts';

const leaseSeconds = 120;
/** A change that a search did not find yet is found by the next run, which begins this much earlier. */
const overlap = 5 * 60_000;
/** Of one run: 8,000 changes, or fewer when its time is up; the next one begins at once. */
const maxPages = 40;

const takenReader = z.object({
  token: z.uuid(),
  read_until: z.coerce.date(),
  connection: sealedConnection.extend({ currency: z.string().nullable() }),
  unseen: z.array(z.object({ lead_id: z.uuid(), deal_id: z.string() })),
});
type TakenReader = z.infer<typeof takenReader>;

/** Reads the deals of one connection that is due; false = none is. */
export async function readNext(
  database: ServiceClient,
  options: OpenOptions,
  isOutOfTime: () => boolean,
): Promise<boolean> {
  const reader = await callFunction(
    database,
    'take_crm_reader',
    { lease_seconds: leaseSeconds },
    takenReader.nullable(),
  );
  if (reader === null) return false;
  const finish = (ended: {
    failure: string | null;
    retry_after: number | null;
    refusal: string | null;
    is_complete: boolean;
  }) =>
    callFunction(database, 'finish_crm_read', {
      target_connection_id: reader.connection.id,
      token: reader.token,
      ...ended,
    }, z.unknown());
  try {
    const crm = await openCrm(reader.connection, options);
    const isComplete = await readChanges(database, crm, reader, isOutOfTime);
    await lookForUnseen(database, crm, reader);
    await finish({ failure: null, retry_after: null, refusal: null, is_complete: isComplete });
  } catch (error) {
    const isKnown = error instanceof CrmError || error instanceof AppError;
    await finish({
      failure: isKnown ? error.message : `Reading failed: ${describeError(error)}`,
      retry_after: error instanceof CrmError ? error.retryAfter : null,
      refusal: error instanceof CrmError && error.kind === 'refused' ? error.message : null,
      is_complete: false,
    });
    if (!isKnown) throw error;
  }
  return true;
}

/** Returns whether everything was read. */
async function readChanges(
  database: ServiceClient,
  crm: Crm,
  reader: TakenReader,
  isOutOfTime: () => boolean,
): Promise<boolean> {
  let since = new Date(reader.read_until.getTime() - overlap);
  let after: string | null = null;
  for (let page = 0; page < maxPages; page += 1) {
    const { deals, next, isComplete } = await crm.listChangedDeals(since, after);
    const last = deals.at(-1)?.changedAt ?? null;
    await recordDeals(database, reader, await describe(database, crm, reader, deals), last);
    if (next === null && isComplete) return true;
    if (isOutOfTime()) return false;
    after = next;
    // A new search begins at the last change; many at the same moment must not hold it there.
    if (next === null) {
      if (last === null || last.getTime() <= since.getTime()) since = new Date(since.getTime() + 1);
      else since = last;
    }
  }
  return false;
}

/** The time of a stage is asked for only where it is another than the one that we know. */
async function describe(database: ServiceClient, crm: Crm, { connection }: TakenReader, all: CrmDeal[]) {
  const deals = all.filter(({ stageId }) => stageId !== null);
  const moved = deals.length === 0 ? [] : await callFunction(database, 'list_moved_crm_deals', {
    target_connection_id: connection.id,
    deals: deals.map(({ id, stageId }) => ({ deal_id: id, stage_id: stageId })),
  }, z.array(z.string()));
  const times = await crm.readStageTimes(moved);
  return deals.map((deal) => ({
    lead_id: z.uuid().safeParse(deal.reference).data ?? null,
    deal_id: deal.id,
    known_as: deal.mergedIds,
    stage_id: deal.stageId,
    stage_at: moved.includes(deal.id) ? times.get(deal.id) ?? deal.changedAt : null,
    changed_at: deal.changedAt,
    amount: deal.amount,
    currency: deal.currency ?? connection.currency,
  }));
}

/** A search never says that a deal was deleted or merged into one that is not ours; so each is looked for now and then. */
async function lookForUnseen(database: ServiceClient, crm: Crm, reader: TakenReader): Promise<void> {
  const { unseen } = reader;
  if (unseen.length === 0) return;
  const present = await crm.listPresentDeals(unseen.map(({ deal_id }) => deal_id));
  const found = new Map(present.map((deal) => [deal.id, deal]));
  const deals: CrmDeal[] = [];
  const gone: { lead_id: string; deal_id: string; is_gone: true }[] = [];
  for (const { lead_id, deal_id } of unseen) {
    const deal = found.get(deal_id) ?? await crm.readDeal(deal_id);
    if (deal === null) gone.push({ lead_id, deal_id, is_gone: true });
    else deals.push({ ...deal, reference: lead_id });
  }
  await recordDeals(database, reader, [...await describe(database, crm, reader, deals), ...gone], null);
}

async function recordDeals(
  database: ServiceClient,
  { connection, token }: TakenReader,
  deals: unknown[],
  until: Date | null,
): Promise<void> {
  const recorded = await callFunction(database, 'record_crm_deals', {
    target_connection_id: connection.id,
    token,
    deals,
    until: until?.toISOString() ?? null,
  }, z.number().nullable());
  if (recorded === null) throw new AppError('SYNC_FAILED', 'Another run reads this account by now');
}
