import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { plural } from '../shared/format.ts';
import { functionFailure, read } from './failure.ts';
import { anywhere, cut, longestAnswer, readWhole } from './paging.ts';
import { type Enums, type Filled, supabase, type Views } from './supabase.ts';

export type ExportRow = Filled<
  Views['client_exports']['Row'],
  | 'total'
  | 'error_code'
  | 'error_message'
  | 'started_at'
  | 'finished_at'
  | 'duration_seconds'
  | 'reasons'
  | 'requested_by'
  | 'requested_by_name'
>;

export const isOpen = (row: { status: ExportRow['status'] }): boolean =>
  ['queued', 'running', 'paused'].includes(row.status);

export const mostExports = 100;

export const exportsQuery = (campaignId: string) =>
  queryOptions({
    queryKey: ['exports', campaignId],
    queryFn: async () =>
      await read(
        supabase().from('client_exports').select('*').eq('campaign_id', campaignId)
          .order('created_at', { ascending: false }).limit(mostExports),
      ) as ExportRow[],
    // While one runs its progress is what people look at.
    refetchInterval: (query) => query.state.data?.some(isOpen) ? 700 : 15_000,
  });

/** Every export of a campaign, for a file. */
export const readAllExports = (campaignId: string) =>
  readWhole(async (wish) =>
    await read(
      cut(supabase().from('client_exports').select('*').eq('campaign_id', campaignId), wish, 'export_id'),
    ) as ExportRow[], { id: 'created_at', desc: true });

export const receiptPageSize = 100;

export type Outcome = Enums['export_outcome'];

export interface ReceiptFilter {
  exportId: string;
  /** A part of the address. */
  address: string | undefined;
  outcome: Outcome | undefined;
  reason: string | undefined;
}

/** Receipts in the order in which they were written, below the one named. */
export const receiptsQuery = (filter: ReceiptFilter, after: number | undefined) =>
  queryOptions({
    queryKey: ['receipts', filter, after],
    queryFn: async () => {
      // One more than is shown tells whether there is a next page.
      const rows = await readReceipts(filter, after, receiptPageSize + 1);
      return { rows: rows.slice(0, receiptPageSize), hasMore: rows.length > receiptPageSize };
    },
    placeholderData: keepPreviousData,
  });

async function readReceipts(
  { exportId, address, outcome, reason }: ReceiptFilter,
  after: number | undefined,
  size: number,
) {
  let request = supabase().from('export_receipts').select('id, email, recipient, outcome, reason, updated_at')
    .eq('export_id', exportId);
  if (address) request = request.ilike('email', anywhere(address));
  if (outcome) request = request.eq('outcome', outcome);
  if (reason) request = request.eq('reason', reason);
  if (after !== undefined) request = request.gt('id', after);
  return await read(request.order('id').limit(size));
}

export type ReceiptRow = Awaited<ReturnType<typeof readReceipts>>[number];

/** Every receipt that the filters leave, for a file. */
export async function* readAllReceipts(filter: ReceiptFilter): AsyncGenerator<ReceiptRow[]> {
  let after: number | undefined;
  for (;;) {
    const rows: ReceiptRow[] = await readReceipts(filter, after, longestAnswer);
    if (rows.length === 0) return;
    yield rows;
    after = rows.at(-1)?.id;
  }
}

const dryRunSchema = z.object({
  total: z.number(),
  to_send: z.number(),
  skipped: z.number(),
  reasons: z.record(z.string(), z.number()),
  /** Which variables have no value, for how many leads. */
  missing_variables: z.record(z.string(), z.number()),
});
const startedSchema = z.object({ job_id: z.string(), already_running: z.boolean() });

export type DryRun = z.infer<typeof dryRunSchema>;

/** Counts what an export would do, and does nothing. */
export async function checkExport(campaignId: string): Promise<DryRun> {
  return dryRunSchema.parse(await invoke({ campaign_id: campaignId, dry_run: true }));
}

/** Starts the export, or joins the one that runs. */
export async function startExport(campaignId: string, activate: boolean): Promise<string> {
  return startedSchema.parse(await invoke({ campaign_id: campaignId, activate })).job_id;
}

async function invoke(body: Record<string, unknown>): Promise<unknown> {
  const { data, error } = await supabase().functions.invoke<unknown>('export-campaign', { body });
  if (error) throw await functionFailure(error);
  return data;
}

/** What a reason says of one address, and of several. */
const reasonTexts: Record<string, { label: string; one: string; many: string }> = {
  no_email: { label: 'No address found', one: 'has no address', many: 'have no address' },
  not_deliverable: {
    label: 'Address is not deliverable',
    one: 'has an address that is not verified as deliverable',
    many: 'have addresses that are not verified as deliverable',
  },
  suppressed: {
    label: 'Unsubscribed, bounced or erased before',
    one: 'unsubscribed, bounced or was erased before',
    many: 'unsubscribed, bounced or were erased before',
  },
  repeated: {
    label: 'The same address twice in this campaign',
    one: 'shares its address with another lead of this campaign',
    many: 'share their addresses with other leads of this campaign',
  },
  already_exported: { label: 'Exported before', one: 'was exported before', many: 'were exported before' },
  invalid_email: { label: 'Not a valid address', one: 'has no valid address', many: 'have no valid address' },
  missing_variable: {
    label: 'No value for a variable of the sequence',
    one: 'has no value for a variable that the mails use',
    many: 'have no value for a variable that the mails use',
  },
  plan_limit: {
    label: 'Not sent: the provider’s plan takes no more',
    one: 'did not fit into the provider’s plan',
    many: 'did not fit into the provider’s plan',
  },
  answer_lost: {
    label: 'The provider’s answer was lost; the next export asks',
    one: 'was being sent when the provider’s answer was lost',
    many: 'were being sent when the provider’s answer was lost',
  },
  refused_by_provider: {
    label: 'Refused by the provider',
    one: 'was refused by the provider',
    many: 'were refused by the provider',
  },
  in_provider_campaign: {
    label: 'Was in the campaign at the provider before',
    one: 'was in the campaign at the provider before',
    many: 'were in the campaign at the provider before',
  },
  on_provider_block_list: {
    label: 'On the block list at the provider',
    one: 'is on the provider’s block list',
    many: 'are on the provider’s block list',
  },
  confirmed_after_interruption: {
    label: 'Confirmed after an interruption',
    one: 'was found at the provider after an interruption',
    many: 'were found at the provider after an interruption',
  },
};

/** What an address can be told to have, for a filter. */
export const reasons: readonly string[] = Object.keys(reasonTexts);

export const reasonLabel = (reason: string | null): string =>
  reason === null ? '' : reasonTexts[reason]?.label ?? reason.replaceAll('_', ' ');

/** "12 leads have no address." */
export function reasonSentence(reason: string, count: number): string {
  const leads = plural(count, 'lead');
  const texts = reasonTexts[reason];
  return texts
    ? `${leads} ${count === 1 ? texts.one : texts.many}.`
    : `${leads}: ${reason.replaceAll('_', ' ')}.`;
}

/** The reasons of an export, the most frequent first. */
export function reasonSentences(reasons: unknown): string[] {
  const parsed = z.record(z.string(), z.number()).safeParse(reasons);
  return Object.entries(parsed.success ? parsed.data : {})
    .sort((first, second) => second[1] - first[1])
    .map(([reason, count]) => reasonSentence(reason, count));
}
