// The list of replies: what it asks for, page by page, and what each row shows. Bodies come with the one that is read.
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { read } from './failure.ts';
import type { sentiments, ShownReplies } from './inbox-choices.ts';
import { type Page, toPage, where } from './paging.ts';
import { dayIn, endOf, type Period, startOf } from './range.ts';
import { type Enums, type Filled, supabase, type Views } from './supabase.ts';

export type Verdict = Enums['reply_verdict'];

export interface ReplyFilter {
  clientId: string | undefined;
  show: ShownReplies;
  /** "none": neither the provider nor a person has given one. */
  sentiment: typeof sentiments[number] | undefined;
  campaign: string | undefined;
  withAutomatic: boolean;
  period: Period | null;
}

/** One literal, so that supabase-js knows from it what a row has. */
const columns =
  'message_id, client_id, campaign_id, campaign_name, lead_id, email, written_by, first_name, last_name, company_name, business_name, city, occurred_at, subject, snippet, is_auto_reply, reply_class, reply_class_source, reply_class_confidence, reply_date, interest_status, verdict, verdict_note, verdict_by, verdict_at' as const;

type ReplyView = Views['operator_replies']['Row'];
type Nullable =
  | 'written_by'
  | 'first_name'
  | 'last_name'
  | 'company_name'
  | 'job_title'
  | 'business_id'
  | 'business_name'
  | 'city'
  | 'subject'
  | 'snippet'
  | 'body_text'
  | 'body_html'
  | 'body_removed_at'
  | 'reply_class'
  | 'reply_class_source'
  | 'reply_class_confidence'
  | 'reply_date'
  | 'interest_status'
  | 'interest_label'
  | 'verdict'
  | 'verdict_note'
  | 'verdict_by'
  | 'verdict_at'
  | 'pushed_at'
  | 'push_error'
  | 'email_account'
  | 'step'
  | 'connection_name'
  | 'inbox_url';

/** A whole reply; client, workspace and the link to its inbox are there for operators only. */
export type Reply = Omit<Filled<ReplyView, Nullable>, 'client_name'> & { client_name: string | null };
type Listed<Columns> = Columns extends `${infer First}, ${infer Rest}` ? First | Listed<Rest> : Columns;
/** What the list shows of a reply. */
export type ReplyRow = Pick<Reply, Listed<typeof columns> & keyof Reply | 'client_name'>;

export const replyPageSize = 100;

export type ReplyPage = Page<ReplyRow>;

/** Where a page ends: the next one starts below it. */
interface Position {
  occurred_at: string;
  message_id: string;
}

export const repliesQuery = (filter: ReplyFilter, isOperator: boolean) =>
  infiniteQueryOptions({
    queryKey: ['replies', filter, isOperator] as const,
    queryFn: ({ pageParam }) => readPage(filter, isOperator, pageParam),
    initialPageParam: undefined as Position | undefined,
    getNextPageParam: (page: ReplyPage): Position | undefined => {
      const last = page.rows.at(-1);
      return page.hasMore && last
        ? { occurred_at: last.occurred_at, message_id: last.message_id }
        : undefined;
    },
    placeholderData: keepPreviousData,
  });

async function readPage(
  filter: ReplyFilter,
  isOperator: boolean,
  below: Position | undefined,
): Promise<ReplyPage> {
  const rows = isOperator
    ? await read(
      narrow(supabase().from('operator_replies').select(`${columns}, client_name`), filter, below),
    ) as ReplyRow[]
    : (await read(narrow(supabase().from('client_replies').select(columns), filter, below)) as Omit<
      ReplyRow,
      'client_name'
    >[]).map((row) => ({ ...row, client_name: null }));
  return toPage(rows, replyPageSize);
}

/** What a request for replies must understand, whichever view it asks. */
interface Narrowable {
  eq(column: string, value: string | boolean): this;
  is(column: string, value: null): this;
  gte(column: string, value: string): this;
  lte(column: string, value: string): this;
  lt(column: string, value: string): this;
  or(filters: string): this;
  order(column: string, options: { ascending: boolean }): this;
  limit(count: number): this;
}

function narrow<Request extends Narrowable>(
  whole: Request,
  filter: ReplyFilter,
  below: Position | undefined,
): Request {
  let request = where(whole, { client_id: filter.clientId, campaign_id: filter.campaign });
  if (filter.show === 'unanswered') request = request.is('verdict', null);
  else if (filter.show !== 'all') request = request.eq('verdict', filter.show);
  if (filter.sentiment === 'none') request = request.is('interest_status', null);
  else if (filter.sentiment) request = request.eq('interest_status', filter.sentiment);
  if (!filter.withAutomatic) request = request.eq('is_auto_reply', false);
  if (filter.period) {
    request = request.gte('occurred_at', startOf(filter.period)).lt('occurred_at', endOf(filter.period));
  }
  if (below) {
    // The first half alone narrows the index down, so that the last page is as fast as the first.
    request = request.lte('occurred_at', below.occurred_at).or(
      `occurred_at.lt."${below.occurred_at}",message_id.lt.${below.message_id}`,
    );
  }
  return request.order('occurred_at', { ascending: false }).order('message_id', { ascending: false })
    .limit(replyPageSize + 1);
}

export interface ReplyCounts {
  received: number;
  unanswered: number;
}

/** How many replies of people there are, and how many wait for a verdict. */
export const replyCountsQuery = (clientId: string | undefined) =>
  queryOptions({
    queryKey: ['reply-counts', clientId ?? 'all'],
    queryFn: async (): Promise<ReplyCounts> => {
      const request = where(supabase().from('message_stats').select('received, unanswered'), {
        client_id: clientId,
      });
      const rows = await read(request.limit(1_000));
      return {
        received: rows.reduce((sum, row) => sum + (row.received ?? 0), 0),
        unanswered: rows.reduce((sum, row) => sum + (row.unanswered ?? 0), 0),
      };
    },
  });

/** Whether a row belongs into the list of this filter; the period never changes for a row that was in it. */
export function fits(row: ReplyRow, filter: ReplyFilter): boolean {
  if (filter.show === 'unanswered') { if (row.verdict !== null) return false; }
  else if (filter.show !== 'all' && row.verdict !== filter.show) return false;
  if (filter.sentiment && (row.interest_status ?? 'none') !== filter.sentiment) return false;
  if (filter.campaign && row.campaign_id !== filter.campaign) return false;
  if (filter.clientId && row.client_id !== filter.clientId) return false;
  if (filter.period) {
    const day = dayIn(filter.period.timeZone, new Date(row.occurred_at));
    if (day < filter.period.from || day > filter.period.to) return false;
  }
  return filter.withAutomatic || !row.is_auto_reply;
}

const isAbove = (first: Position, second: Position): boolean => {
  const difference = Date.parse(first.occurred_at) - Date.parse(second.occurred_at);
  return difference === 0 ? first.message_id > second.message_id : difference > 0;
};

/** The pages with this row as it is now: changed, gone if the filter excludes it, or back in its place. */
export function putReply(pages: readonly ReplyPage[], row: ReplyRow, filter: ReplyFilter): ReplyPage[] {
  const isThere = pages.some((page) => page.rows.some((other) => other.message_id === row.message_id));
  if (!fits(row, filter)) {
    return pages.map((page) => ({
      ...page,
      rows: page.rows.filter((other) => other.message_id !== row.message_id),
    }));
  }
  if (isThere) {
    return pages.map((page) => ({
      ...page,
      rows: page.rows.map((other) => other.message_id === row.message_id ? { ...other, ...row } : other),
    }));
  }
  let isPlaced = false;
  return pages.map((page, index) => {
    if (isPlaced) return page;
    const at = page.rows.findIndex((other) => isAbove(row, other));
    const isLast = index === pages.length - 1;
    // Below everything that is loaded it belongs only where nothing more is to come.
    if (at === -1 && !(isLast && !page.hasMore)) return page;
    isPlaced = true;
    const place = at === -1 ? page.rows.length : at;
    return { ...page, rows: [...page.rows.slice(0, place), row, ...page.rows.slice(place)] };
  });
}
