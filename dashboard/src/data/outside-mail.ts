// Mail from outside the campaigns: somebody whom no campaign wrote to wrote to a mailbox of ours. No number counts it.
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { read } from './failure.ts';
import type { Period } from './range.ts';
import { supabase, type Tables } from './supabase.ts';

export interface OutsideFilter {
  clientId: string | undefined;
  period: Period | null;
}

/** One literal, so that supabase-js knows from it what a row has. */
const columns =
  'id, occurred_at, email, sender_name, email_account, subject, snippet, clients(name), provider_connections(name)' as const;

export type OutsideRow =
  & Pick<
    Tables['untracked_replies']['Row'],
    'id' | 'occurred_at' | 'email' | 'sender_name' | 'email_account' | 'subject' | 'snippet'
  >
  & {
    /** Null in a workspace that several clients share: the mail is nobody's alone. */
    clients: { name: string } | null;
    /** Null where the reader is not shown the workspace. */
    provider_connections: { name: string } | null;
  };

export interface OutsidePage {
  rows: OutsideRow[];
  hasMore: boolean;
}

/** Where a page ends: the next one starts below it. */
type Position = Pick<OutsideRow, 'id' | 'occurred_at'>;

export const outsidePageSize = 100;

/** Such a mail beside the messages of campaigns, whose ids are uuids: in the address, and in the list. */
export const outsideKey = (id: number): string => `outside-${id}`;

export const outsideKeyForm = /^outside-[1-9]\d{0,14}$/;

/** Undefined: the key is that of a message of a campaign. */
export function outsideIdOf(key: string | undefined): number | undefined {
  return key !== undefined && outsideKeyForm.test(key) ? Number(key.slice('outside-'.length)) : undefined;
}

/** Whether there is any: most workspaces never tell of such mail. */
export const hasOutsideMailQuery = (clientId: string | undefined) =>
  queryOptions({
    queryKey: ['outside-mail-exists', clientId ?? 'all'],
    queryFn: async (): Promise<boolean> => {
      let request = supabase().from('untracked_replies').select('id');
      if (clientId) request = request.eq('client_id', clientId);
      return (await read(request.limit(1))).length > 0;
    },
  });

export const outsideMailsQuery = (filter: OutsideFilter) =>
  infiniteQueryOptions({
    queryKey: ['outside-mails', filter] as const,
    queryFn: ({ pageParam }) => readPage(filter, pageParam),
    initialPageParam: undefined as Position | undefined,
    getNextPageParam: (page: OutsidePage): Position | undefined => {
      const last = page.rows.at(-1);
      return page.hasMore && last ? { occurred_at: last.occurred_at, id: last.id } : undefined;
    },
    placeholderData: keepPreviousData,
  });

async function readPage(filter: OutsideFilter, below: Position | undefined): Promise<OutsidePage> {
  let request = supabase().from('untracked_replies').select(columns);
  if (filter.clientId) request = request.eq('client_id', filter.clientId);
  if (filter.period) {
    request = request.gte('occurred_at', `${filter.period.from}T00:00:00Z`)
      .lte('occurred_at', `${filter.period.to}T23:59:59.999999Z`);
  }
  if (below) {
    // The first half alone narrows the index down, so that the last page is as fast as the first.
    request = request.lte('occurred_at', below.occurred_at).or(
      `occurred_at.lt."${below.occurred_at}",id.lt.${below.id}`,
    );
  }
  // One more than is shown tells whether there is a next page.
  const rows: OutsideRow[] = await read(
    request.order('occurred_at', { ascending: false }).order('id', { ascending: false })
      .limit(outsidePageSize + 1),
  );
  return { rows: rows.slice(0, outsidePageSize), hasMore: rows.length > outsidePageSize };
}

export interface OutsideMail extends OutsideRow {
  body_text: string | null;
}

/** Null: there is no such mail, or it is not the reader's. */
export const outsideMailQuery = (id: number) =>
  queryOptions({
    queryKey: ['outside-mail', id],
    queryFn: async (): Promise<OutsideMail | null> =>
      await read(
        supabase().from('untracked_replies').select(`${columns}, body_text`).eq('id', id).maybeSingle(),
      ),
  });
