// Lists of leads that were brought in, and how one is brought in.
import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { functionFailure, read } from './failure.ts';
import { maxRows, readBelow, where } from './paging.ts';
import { type Enums, type Filled, supabase, type Tables, type Views } from './supabase.ts';

export type ImportOutcome = Enums['import_outcome'];

type Row = Filled<
  Views['client_imports']['Row'],
  | 'file_checksum'
  | 'total_rows'
  | 'verification_by_name'
  | 'verification_at'
  | 'consent_source'
  | 'consent_note'
  | 'requested_by'
  | 'requested_by_name'
  | 'finished_at'
  | 'undone_at'
  | 'undo_result'
>;

export type ImportRow = Omit<Row, 'counts' | 'flags' | 'undo_result'> & {
  counts: Record<string, number>;
  flags: Record<string, number>;
  undo_result: { removed: number; restored: number; kept: number } | null;
};

export const maxImports = 100;

const isOpen = (row: ImportRow | null | undefined): boolean =>
  (row?.status === 'running' && !row.is_interrupted) || row?.status === 'undoing';

export const importsQuery = (clientId: string | undefined) =>
  queryOptions({
    queryKey: ['imports', clientId],
    queryFn: async () =>
      await read(
        where(supabase().from('client_imports').select('*'), { client_id: clientId })
          .order('created_at', { ascending: false }).limit(maxImports),
      ) as ImportRow[],
    refetchInterval: (query) => query.state.data?.some(isOpen) ? 3_000 : 30_000,
  });

/** Null: it does not exist, or the reader has no access. */
export const importQuery = (importId: string) =>
  queryOptions({
    queryKey: ['import', importId],
    queryFn: async () =>
      await supabase().from('client_imports').select('*').eq('import_id', importId).maybeSingle()
        .then(({ data, error, ...rest }) => error ? read(Promise.resolve({ data, error, ...rest })) : data) as
          | ImportRow
          | null,
    refetchInterval: ({ state: { data } }) => isOpen(data) ? 1_000 : data?.is_interrupted ? 10_000 : false,
  });

export type RejectedRow =
  & Pick<Tables['import_rows']['Row'], 'row_number' | 'outcome' | 'reason' | 'email'>
  & {
    cells: string[];
  };

/** Every row that did not come in, with its cells, in the order of the file. */
export const readRejectedRows = (importId: string): AsyncGenerator<RejectedRow[]> =>
  readBelow<RejectedRow>(async (last) =>
    await read(
      supabase().from('import_rows').select('row_number, outcome, reason, email, cells')
        .eq('import_id', importId).not('cells', 'is', null)
        .gt('row_number', last?.row_number ?? 0).order('row_number').limit(maxRows),
    ) as RejectedRow[]
  );

/** What was decided about the columns of the client's lists before, by heading in lower case. */
export const mappingsQuery = (clientId: string) =>
  queryOptions({
    queryKey: ['import-mappings', clientId],
    queryFn: async () => {
      const rows = await read(
        supabase().from('import_mappings').select('heading, target, variable').eq('client_id', clientId),
      );
      return new Map(rows.map(({ heading, target, variable }) => [heading, { target, variable }]));
    },
    refetchInterval: false,
  });

const formatSchema = z.object({
  delimiter: z.enum([',', ';', '\t', '|']),
  header_row: z.nullable(z.int().check(z.nonnegative())),
});

/** How the file of an import was read, so that it is read in the same way again. */
export const formatOf = (row: ImportRow): z.infer<typeof formatSchema> => formatSchema.parse(row.format);

const stateSchema = z.object({
  import_id: z.string(),
  status: z.enum(['running', 'completed', 'cancelled', 'undoing', 'undone']),
  done_rows: z.number(),
  next_chunk: z.number(),
});
export type ImportState = z.infer<typeof stateSchema>;

async function invoke(
  body: Record<string, unknown> | ArrayBuffer,
  signal?: AbortSignal,
): Promise<ImportState> {
  const { data, error } = await supabase().functions.invoke<unknown>('import-leads', {
    body,
    headers: { 'content-type': 'application/json' },
    ...(signal ? { signal } : {}),
  });
  if (error) throw await functionFailure(error);
  return stateSchema.parse(data);
}

export interface NewImport {
  campaign_id: string;
  file_name: string;
  file_checksum: string;
  format: Record<string, unknown>;
  columns: { header: string; target: string; variable?: string | undefined }[];
  total_rows: number;
  list_is_verified?: boolean | undefined;
  existing: 'update' | 'skip';
  other_campaigns: 'skip' | 'allow';
  consent_source?: string | undefined;
  consent_note?: string | undefined;
}

export const startImport = (settings: NewImport) => invoke({ action: 'start', ...settings });

/** The body of a call that adds a part; made by the worker that reads the list. */
export const addPart = (body: ArrayBuffer, signal: AbortSignal) => invoke(body, signal);

export const readImportState = (importId: string) => invoke({ action: 'status', import_id: importId });

export const finishImport = (importId: string, chunks: number) =>
  invoke({ action: 'finish', import_id: importId, chunks });

export const cancelImport = (importId: string) => invoke({ action: 'cancel', import_id: importId });

/** Until it is undone: a long list takes several calls. */
export async function undoImport(importId: string): Promise<ImportState> {
  for (;;) {
    const state = await invoke({ action: 'undo', import_id: importId });
    if (state.status !== 'undoing') return state;
  }
}
