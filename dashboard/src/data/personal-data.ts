// What is held of a person, and erasing it. Operators only; the function personal-data checks.
import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { functionFailure, read } from './failure.ts';
import { cut, readList } from './paging.ts';
import { type Filled, supabase, type Views } from './supabase.ts';

export interface Person {
  email: string;
  /** null = of all clients. */
  clientId: string | null;
}

async function call<Answer>(body: Record<string, unknown>, answer: z.ZodMiniType<Answer>): Promise<Answer> {
  const { data, error } = await supabase().functions.invoke<unknown>('personal-data', { body });
  if (error) throw await functionFailure(error);
  return answer.parse(data);
}

const request = ({ email, clientId }: Person) => ({ email, client_id: clientId });

const exported = z.looseObject({ email: z.string(), tables: z.record(z.string(), z.array(z.unknown())) });

export const exportPerson = (person: Person) => call({ action: 'export', ...request(person) }, exported);

const preview = z.object({
  email: z.string(),
  is_own: z.boolean(),
  was_erased: z.boolean(),
  crm_contacts: z.number(),
  tables: z.record(z.string(), z.number()),
});

export type ErasurePreview = z.infer<typeof preview>;

/** What an erasure would find; nothing is changed. */
export const previewQuery = (person: Person) =>
  queryOptions({
    queryKey: ['erasure', 'preview', person.email, person.clientId],
    queryFn: () => call({ action: 'preview', ...request(person) }, preview),
    // Looking through everything costs: never by itself.
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
  });

/** Returns the erasure that does it, or is under way already. */
export async function erasePerson(person: Person, block: boolean): Promise<string> {
  const answer = await call(
    { action: 'erase', ...request(person), block },
    z.object({ job_id: z.string() }),
  );
  return answer.job_id;
}

const report = z.object({
  tables: z._default(
    z.record(z.string(), z.object({ removed: z.optional(z.number()), anonymised: z.optional(z.number()) })),
    {},
  ),
  providers: z._default(
    z.array(z.object({
      name: z.string(),
      removed: z.number(),
      blocked: z.nullable(z.boolean()),
      error: z.nullable(z.string()),
    })),
    [],
  ),
  crm_contacts: z._default(z.number(), 0),
});

type Row = Filled<
  Views['operator_erasures']['Row'],
  | 'client_id'
  | 'client_name'
  | 'requested_by'
  | 'requested_by_name'
  | 'finished_at'
  | 'total'
  | 'error_message'
>;
export type Erasure = Omit<Row, 'report'> & { report: z.infer<typeof report> };

const toErasure = (row: Views['operator_erasures']['Row']): Erasure => ({
  ...(row as Row),
  report: report.parse(row.report),
});

export const hasEnded = ({ status }: Erasure): boolean => ['completed', 'partial', 'failed'].includes(status);

/** How many rows were removed or anonymised. */
export const erasedRows = ({ report: { tables } }: Erasure): number =>
  Object.values(tables).reduce((sum, { removed = 0, anonymised = 0 }) => sum + removed + anonymised, 0);

/** How far one erasure is, every second until it has ended. */
export const erasureQuery = (erasureId: string) =>
  queryOptions({
    queryKey: ['erasure', erasureId],
    queryFn: async () =>
      toErasure(
        await read(supabase().from('operator_erasures').select('*').eq('erasure_id', erasureId).single()),
      ),
    refetchInterval: ({ state }) => state.data && hasEnded(state.data) ? false : 1_000,
  });

export const erasuresQuery = queryOptions({
  queryKey: ['erasures'],
  queryFn: async () => {
    const rows = await readList(
      async (page) => await read(cut(supabase().from('operator_erasures').select('*'), page, 'erasure_id')),
      { id: 'requested_at', desc: true },
    );
    return rows.map(toErasure);
  },
});
