// Mail from outside the campaigns: its sender was never contacted by one. No number counts it.
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { read } from './failure.ts';
import { type Page, toPage, where } from './paging.ts';
import { endOf, type Period, startOf } from './range.ts';
import { supabase, type Tables } from './supabase.ts';

export interface OutsideFilter {
  clientId: string | undefined;
  period: Period | null;
}

/** One literal, so that supabase-js knows from it what a row has. */
const columns =
  'id, occurred_at, email, sender_name, email_account, subject, snippet, body_removed_at, clients(name), provider_connections(name)' as const;

export type OutsideRow =
  & Pick<
    Tables['untracked_replies']['Row'],
    | 'id'
    | 'occurred_at'
    | 'email'
    | 'sender_name'
    | 'email_account'
    | 'subject'
    | 'snippet'
    | 'body_removed_at'
  >
  & {
    /** Null in a workspace that several clients share: the mail belongs to no single client. */
    clients: { name: string } | null;
    /** Null where the reader is not shown the workspace. */
    provider_connections: { name: string } | null;
  };

export type OutsidePage = Page<OutsideRow>;

/** Where a page ends: the next one starts below it. */
type Position = Pick<OutsideRow, 'id' | 'occurred_at'>;

export const outsidePageSize = 100;

/** Whether there is any: most workspaces never report such mail. */
export const hasOutsideMailQuery = (clientId: string | undefined) =>
  queryOptions({
    queryKey: ['outside-mail-exists', clientId ?? 'all'],
    queryFn: async (): Promise<boolean> => {
      const request = where(supabase().from('untracked_replies').select('id'), { client_id: clientId });
      return (await read(request.limit(1))).length > 0;
    },
  });

export const outsideMailListQuery = (filter: OutsideFilter) =>
  infiniteQueryOptions({
    queryKey: ['outside-mail-list', filter] as const,
    queryFn: ({ pageParam }) => readPage(filter, pageParam),
    initialPageParam: undefined as Position | undefined,
    getNextPageParam: (page: OutsidePage): Position | undefined => {
      const last = page.rows.at(-1);
      return page.hasMore && last ? { occurred_at: last.occurred_at, id: last.id } : undefined;
    },
    placeholderData: keepPreviousData,
  });

async function readPage(filter: OutsideFilter, below: Position | undefined): Promise<OutsidePage> {
  let request = where(supabase().from('untracked_replies').select(columns), { client_id: filter.clientId });
  if (filter.period) {
    request = request.gte('occurred_at', startOf(filter.period)).lt('occurred_at', endOf(filter.period));
  }
  if (below) {
    // The first half alone narrows the index down, so that the last page is as fast as the first.
    request = request.lte('occurred_at', below.occurred_at).or(
      `occurred_at.lt."${below.occurred_at}",id.lt.${below.id}`,
    );
  }
  const rows: OutsideRow[] = await read(
    request.order('occurred_at', { ascending: false }).order('id', { ascending: false })
      .limit(outsidePageSize + 1),
  );
  return toPage(rows, outsidePageSize);
}

export interface OutsideMail extends OutsideRow {
  body_text: string | null;
}

/** Null: it does not exist, or the reader has no access. */
export const outsideMailQuery = (id: number) =>
  queryOptions({
    queryKey: ['outside-mail', id],
    queryFn: async (): Promise<OutsideMail | null> =>
      await read(
        supabase().from('untracked_replies').select(`${columns}, body_text`).eq('id', id).maybeSingle(),
      ),
  });
