import { z } from 'zod';
import { maxImportRows } from './limits.ts';
import { targets } from './targets.ts';

const text = (longest: number) => z.string().max(longest);
const name = z.string().trim().min(1).max(300);

const column = z.strictObject({
  header: text(1_000),
  target: z.enum(targets),
  variable: text(200).nullish().transform((value) => value ?? undefined),
});

const format = z.strictObject({
  encoding: text(20).optional(),
  delimiter: z.enum([',', ';', '\t', '|']).optional(),
  header_row: z.number().int().min(0).nullable().optional(),
  chunk_rows: z.number().int().min(1).max(10_000).optional(),
});

const importId = z.uuid();

/** The body of a call: what to do, and what it needs. */
export const importRequest = z.discriminatedUnion('action', [
  z.strictObject({
    action: z.literal('preview'),
    client_id: z.uuid().optional(),
    text: z.string().optional(),
    /** The first bytes of the file, where its encoding is to be found too. */
    base64: z.string().optional(),
    headings: z.boolean().optional(),
  }),
  z.strictObject({
    action: z.literal('start'),
    campaign_id: z.uuid(),
    file_name: name,
    file_checksum: z.string().regex(/^[0-9a-f]{64}$/).optional(),
    format: format.optional(),
    columns: z.array(column).min(1).max(1_000),
    total_rows: z.number().int().min(0).max(maxImportRows).optional(),
    /** What a person says of the whole list; needed where no column has a verifier's word. */
    list_is_verified: z.boolean().optional(),
    existing: z.enum(['update', 'skip']).default('update'),
    other_campaigns: z.enum(['skip', 'allow']).default('skip'),
    consent_source: text(500).optional(),
    consent_note: text(2_000).optional(),
  }),
  z.strictObject({
    action: z.literal('add'),
    import_id: importId,
    chunk: z.number().int().min(0).max(100_000),
    /** The number of the part's first row in the file, from 1 on. */
    first_row: z.number().int().min(1).max(10_000_000),
    rows: z.array(z.unknown()).optional(),
    text: z.string().optional(),
  }),
  z.strictObject({ action: z.literal('status'), import_id: importId }),
  z.strictObject({
    action: z.literal('finish'),
    import_id: importId,
    chunks: z.number().int().min(0).max(100_000),
  }),
  z.strictObject({ action: z.literal('cancel'), import_id: importId }),
  z.strictObject({ action: z.literal('undo'), import_id: importId }),
]);

export type ImportRequest = z.infer<typeof importRequest>;
export type RequestOf<Action extends ImportRequest['action']> = Extract<ImportRequest, { action: Action }>;

/** An import as the database reports it; callers get it as it is. */
export const importState = z.looseObject({
  import_id: z.uuid(),
  client_id: z.uuid(),
  campaign_id: z.uuid(),
  status: z.enum(['running', 'completed', 'cancelled', 'undoing', 'undone']),
  format,
  mapping: z.array(column),
  verification: z.enum(['column', 'declared_verified', 'declared_unverified']),
  done_rows: z.number(),
  next_chunk: z.number(),
});

export type ImportState = z.infer<typeof importState>;
