// Conversations as operators work through them: in the order in which they deserve an answer.
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { read } from './failure.ts';
import { type Page, toPage, where } from './paging.ts';
import type { Sentiment, ThreadShow } from './inbox-choices.ts';
import type { ReplyClass } from './reply-classes.ts';
import { type Filled, supabase, type Views } from './supabase.ts';

export type Thread = Filled<
  Views['operator_threads']['Row'],
  | 'written_by'
  | 'first_name'
  | 'last_name'
  | 'company_name'
  | 'business_name'
  | 'city'
  | 'subject'
  | 'snippet'
  | 'reply_class'
  | 'reply_class_source'
  | 'reply_class_confidence'
  | 'reply_date'
  | 'interest_status'
  | 'verdict'
  | 'verdict_note'
  | 'verdict_by'
  | 'verdict_at'
  | 'answered_at'
  | 'waiting_since'
  | 'assigned_to'
  | 'assigned_to_name'
  | 'snoozed_until'
  | 'done_at'
>;

export interface ThreadFilter {
  clientId: string | undefined;
  show: ThreadShow;
  sentiment: Sentiment | 'none' | undefined;
  campaign: string | undefined;
  class: ReplyClass | undefined;
  /** The reader, for what is assigned to them. */
  userId: string;
}

export const threadPageSize = 100;

export const threadsQuery = (filter: ThreadFilter) =>
  infiniteQueryOptions({
    queryKey: ['threads', filter] as const,
    queryFn: async ({ pageParam }): Promise<Page<Thread>> => {
      const request = ordered(narrowed(filter), filter.show);
      const first = pageParam * threadPageSize;
      return toPage(
        await read(request.range(first, first + threadPageSize)) as Thread[],
        threadPageSize,
      );
    },
    initialPageParam: 0,
    getNextPageParam: (page: Page<Thread>, pages) => page.hasMore ? pages.length : undefined,
    placeholderData: keepPreviousData,
  });

function narrowed({ clientId, campaign, class: replyClass, sentiment, show, userId }: ThreadFilter) {
  let request = where(supabase().from('operator_threads').select('*'), {
    client_id: clientId,
    campaign_id: campaign,
    reply_class: replyClass,
    assigned_to: show === 'mine' ? userId : undefined,
  });
  if (sentiment === 'none') request = request.is('interest_status', null);
  else if (sentiment) request = request.eq('interest_status', sentiment);
  switch (show) {
    case 'waiting':
    case 'mine':
      // What is put off comes back, with or without a wait.
      return request.eq('is_snoozed', false).lt('place', 4);
    case 'snoozed':
      return request.eq('is_snoozed', true);
    case 'answered':
      return request.in('state', ['answered', 'done']);
    case 'conversations':
      return request;
  }
}

function ordered(request: ReturnType<typeof narrowed>, show: ThreadShow) {
  if (show === 'waiting' || show === 'mine') {
    return request.order('place').order('ordered_at').order('lead_id');
  }
  return show === 'snoozed'
    ? request.order('snoozed_until').order('lead_id')
    : request.order('last_reply_at', { ascending: false }).order('lead_id');
}

/** Null: the lead has not replied. */
export const threadQuery = (leadId: string) =>
  queryOptions({
    queryKey: ['threads', 'one', leadId] as const,
    queryFn: async () =>
      await read(supabase().from('operator_threads').select('*').eq('lead_id', leadId).maybeSingle()) as
        | Thread
        | null,
  });

export interface InboxCounts {
  waiting: number;
  mine: number;
  snoozed: number;
}

export const inboxCountsQuery = (clientId: string | undefined, isOperator: boolean) =>
  queryOptions({
    queryKey: ['threads', 'counts', clientId ?? 'all'] as const,
    queryFn: async (): Promise<InboxCounts> => {
      const rows = await read(
        where(supabase().from('operator_inbox_counts').select('waiting, mine, snoozed'), {
          client_id: clientId,
        }).limit(1_000),
      );
      const sum = (name: keyof InboxCounts) => rows.reduce((total, row) => total + (row[name] ?? 0), 0);
      return { waiting: sum('waiting'), mine: sum('mine'), snoozed: sum('snoozed') };
    },
    enabled: isOperator,
  });

export interface ThreadChanges {
  assigned_to?: string | null;
  snoozed_until?: string | null;
  done?: boolean;
}

export async function changeThread(leadId: string, changes: ThreadChanges): Promise<void> {
  await read(supabase().rpc('change_thread', { target_lead_id: leadId, changes: { ...changes } }));
}

export type ThreadNote = Filled<Views['operator_thread_notes']['Row'], 'author_id' | 'author_name'>;

export const notesQuery = (leadId: string) =>
  queryOptions({
    queryKey: ['threads', 'notes', leadId] as const,
    queryFn: async () =>
      await read(
        supabase().from('operator_thread_notes').select('*').eq('lead_id', leadId).order('created_at')
          .limit(200),
      ) as ThreadNote[],
  });

export async function addNote(leadId: string, note: string): Promise<void> {
  await read(supabase().rpc('add_thread_note', { target_lead_id: leadId, note }));
}

export async function removeNote(leadId: string, noteId: string): Promise<void> {
  await read(supabase().rpc('remove_thread_note', { target_lead_id: leadId, target_note_id: noteId }));
}

const savedFilters = z.array(z.object({ name: z.string(), filter: z.record(z.string(), z.unknown()) }));
export type SavedFilter = z.infer<typeof savedFilters>[number];

export const savedFiltersQuery = queryOptions({
  queryKey: ['saved-filters', 'inbox'] as const,
  queryFn: async () => savedFilters.parse(await read(supabase().rpc('saved_filters', { of_page: 'inbox' }))),
  staleTime: Infinity,
  refetchInterval: false,
});

/** Returns all of them; without a filter the name is removed. */
export async function saveFilter(
  name: string,
  filter: Record<string, unknown> | null,
): Promise<SavedFilter[]> {
  const saved = await read(
    supabase().rpc('save_filter', {
      of_page: 'inbox',
      filter_name: name,
      new_filter: filter as Record<string, never>,
    }),
  );
  return savedFilters.parse(saved);
}
