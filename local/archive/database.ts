// The database's side of the archive: calls of schema worker, with the secret key.
import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import { z } from 'zod';
import type { Database } from '../../supabase/functions/_shared/platform/database.types.ts';
import { Failure } from '../shared/failure.ts';

export const kinds = ['deliveries', 'messages', 'events'] as const;
export type Kind = typeof kinds[number];

const partShape = z.object({
  id: z.number(),
  kind: z.enum(kinds),
  client_id: z.string().nullable(),
  month: z.string(),
  number: z.number(),
  file: z.string(),
  old_file: z.string().nullable(),
  rows: z.number(),
  bytes: z.number(),
  digest: z.string(),
  removed: z.number().nullable(),
});
/** One file of the archive. */
export type Part = z.infer<typeof partShape>;

const rowShape = z.object({
  client_id: z.string().nullable(),
  values: z.array(z.string().nullable()),
  digest: z.string(),
});
/** A row as the database renders it, with the digest that the file must give again. */
export type ArchivableRow = z.infer<typeof rowShape>;

const shapes = {
  plan: z.array(z.object({ kind: z.enum(kinds), month: z.string(), rows: z.number() })),
  page: z.object({ rows: z.array(rowShape), next: z.record(z.string(), z.unknown()).nullable() }),
  parts: z.array(partShape),
  unerased: z.object({ until: z.string().nullable(), parts: z.array(partShape) }),
  numbers: z.record(z.string(), z.number()),
  erased: z.object({
    addresses: z.array(z.object({ written: z.string(), erasure_id: z.string(), pseudonym: z.string() })),
    leads: z.array(z.object({ id: z.string(), pseudonym: z.string() })),
  }),
  closed: z.array(z.object({
    campaign_id: z.string(),
    client_id: z.string(),
    zone: z.string(),
  })),
  corrected: z.record(z.string(), z.number()),
};

type Worker = Database['worker']['Functions'];

export type ArchiveDatabase = ReturnType<typeof openDatabase>;

export function openDatabase(target: { url: string; key: string }) {
  const client: SupabaseClient<Database> = createClient<Database>(target.url, target.key, {
    auth: { persistSession: false, autoRefreshToken: false },
  });

  async function call<Name extends keyof Worker & string, T>(
    name: Name,
    parameters: Worker[Name]['Args'],
    shape: z.ZodType<T>,
  ): Promise<T> {
    const { data, error } = await client.schema('worker').rpc(name, parameters);
    if (error) {
      throw new Failure(
        `${target.url} refused "${name}" (${
          error.code || 'no answer'
        }: ${error.message}); what was done stays, run it again`,
      );
    }
    return shape.parse(data);
  }

  /** All of a list that comes by pages of a thousand. */
  async function allParts(which: 'unfinished' | 'replaced' | 'orphaned' | 'events' | 'all'): Promise<Part[]> {
    const parts: Part[] = [];
    for (;;) {
      const page = await call('list_archive_parts', { which, after: parts.at(-1)?.id ?? 0 }, shapes.parts);
      parts.push(...page);
      if (page.length < 1_000) return parts;
    }
  }

  return {
    call,
    allParts,
    hold: (holder: string) => call('hold_archive', { holder }, z.string().nullable()),
    letGo: (holder: string) => call('let_archive_go', { holder }, z.unknown()),
    close: (before: string, onlyCount: boolean) =>
      call('close_campaigns', { before, only_count: onlyCount }, z.number()),
    plan: (before: string) => call('plan_archive', { before }, shapes.plan),
    page: (of_kind: Kind, of_month: string, after: Record<string, unknown> | null, most: number) =>
      call('read_archivable', { of_kind, of_month, after: after as never, most }, shapes.page),
    nextNumbers: (of_kind: Kind, of_month: string) =>
      call('next_archive_numbers', { of_kind, of_month }, shapes.numbers),
    record: (part: Omit<Part, 'id' | 'old_file' | 'removed'>) =>
      call('record_archive_part', { part: part as never }, z.number()),
    remove: (of_kind: Kind, written: { id: string; at: string; digest: string }[]) =>
      call('remove_archived', { of_kind, written: written as never }, z.number()),
    finish: (part_id: number, removed: number) =>
      call('finish_archive_part', { part_id, removed }, z.unknown()),
    settleClosed: (closed_before: string) => call('settle_closed_campaigns', { closed_before }, z.number()),
    unerased: (after: number) => call('list_unerased_parts', { after }, shapes.unerased),
    findErased: (of_client_id: string | null, written: string[], lead_ids: string[]) =>
      call('find_erased', { of_client_id: of_client_id as never, written, lead_ids }, shapes.erased),
    recordErased: (
      part_id: number,
      until: string,
      written: { file: string; bytes: number; digest: string } | null,
    ) => call('record_erased_part', { part_id, until, written: written as never }, z.unknown()),
    forgetFile: (part_id: number, is_whole: boolean) =>
      call('forget_archive_file', { part_id, is_whole }, z.unknown()),
    reportErasures: () => call('report_archive_erasures', {} as never, z.number()),
    restore: (events: Record<string, unknown>[]) =>
      call('restore_archived_events', { events: events as never }, z.number()),
    reopen: (target_campaign_id: string) => call('reopen_campaign', { target_campaign_id }, z.number()),
    closed: () => call('list_closed_campaigns', {} as never, shapes.closed),
    rebuildClosed: (campaign_ids: string[], archived: unknown, only_compare: boolean) =>
      call(
        'rebuild_closed_campaigns',
        { campaign_ids, archived: archived as never, only_compare },
        shapes.corrected,
      ),
    rebuildMonth: (from_day: string, archived: unknown, only_compare: boolean) =>
      call(
        'rebuild_archived_month',
        { from_day, archived: archived as never, only_compare },
        shapes.corrected,
      ),
  };
}
