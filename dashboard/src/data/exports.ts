import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { read } from './failure.ts';
import { anywhere, cut, maxRows, readBelow, readWhole, toPage, where } from './paging.ts';
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

export const maxExports = 100;

export const exportsQuery = (campaignId: string) =>
  queryOptions({
    queryKey: ['exports', campaignId],
    queryFn: async () =>
      await read(
        supabase().from('client_exports').select('*').eq('campaign_id', campaignId)
          .order('created_at', { ascending: false }).limit(maxExports),
      ) as ExportRow[],
    // While one runs its progress is what people look at.
    refetchInterval: (query) => query.state.data?.some(isOpen) ? 700 : 15_000,
  });

/** Every export of a campaign, for a file. */
export const readAllExports = (campaignId: string) =>
  readWhole(async (page) =>
    await read(
      cut(supabase().from('client_exports').select('*').eq('campaign_id', campaignId), page, 'export_id'),
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
    queryFn: async () => toPage(await readReceipts(filter, after, receiptPageSize + 1), receiptPageSize),
    placeholderData: keepPreviousData,
  });

async function readReceipts(
  { exportId, address, outcome, reason }: ReceiptFilter,
  after: number | undefined,
  size: number,
) {
  let request = where(
    supabase().from('export_receipts').select('id, email, recipient, outcome, reason, updated_at'),
    { export_id: exportId, outcome, reason },
  );
  if (address) request = request.ilike('email', anywhere(address));
  if (after !== undefined) request = request.gt('id', after);
  return await read(request.order('id').limit(size));
}

export type ReceiptRow = Awaited<ReturnType<typeof readReceipts>>[number];

/** Every receipt that the filters leave, for a file. */
export const readAllReceipts = (filter: ReceiptFilter): AsyncGenerator<ReceiptRow[]> =>
  readBelow<ReceiptRow>((last) => readReceipts(filter, last?.id, maxRows));
