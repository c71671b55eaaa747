// Addresses and domains that are not emailed.
import * as z from 'zod/mini';
import { read } from './failure.ts';
import { anywhere, cut, type PageRequest } from './paging.ts';
import { type Enums, type Filled, supabase, type Views } from './supabase.ts';

export type SuppressionReason = Enums['suppression_reason'];

export const suppressionReasons: Record<SuppressionReason, string> = {
  unsubscribed: 'Unsubscribed',
  bounced: 'Address does not exist',
  spam_report: 'Reported as spam',
  erased: 'Erased',
  do_not_contact: 'Do not contact',
};

export type SuppressionRow = Filled<
  Views['suppression_list']['Row'],
  'client_id' | 'client_name' | 'bounce_class' | 'note'
>;

export interface SuppressionFilter {
  clientId: string | undefined;
  text: string | undefined;
  reason: SuppressionReason | undefined;
  kind: 'domains' | 'addresses' | undefined;
}

/** With a client, those of all clients belong to the list too: they hold for it. */
export async function readSuppressions(
  filter: SuppressionFilter,
  page: PageRequest,
): Promise<SuppressionRow[]> {
  let request = supabase().from('suppression_list').select('*');
  if (filter.clientId) request = request.or(`client_id.eq.${filter.clientId},client_id.is.null`);
  if (filter.text) request = request.ilike('entry', anywhere(filter.text));
  if (filter.reason) request = request.eq('reason', filter.reason);
  if (filter.kind) request = request.is('is_domain', filter.kind === 'domains');
  return await read(cut(request, page, 'entry', 'client_id')) as SuppressionRow[];
}

const added = z.object({
  addresses: z.number(),
  domains: z.number(),
  already: z.number(),
  refused: z.number(),
  refused_entries: z.array(z.string()),
});
export type AddedSuppressions = z.infer<typeof added>;

/** As many as the function takes at once. */
const mostAtOnce = 10_000;

/**
 * The entries of a list that somebody pastes or opens: one per line, or the addresses of a sheet. A word in a sheet is no
 * domain, so a line with several cells gives its addresses only.
 */
export function entriesIn(text: string): string[] {
  return text.split(/[\n\r]+/).flatMap((line) => {
    const cells = line.split(/[;,\t]+/).map((cell) => cell.trim().replaceAll(/^"|"$/g, '')).filter(Boolean);
    return cells.length > 1 ? cells.filter((cell) => cell.includes('@')) : cells;
  });
}

export async function addSuppressions(
  entries: readonly string[],
  to: { clientId: string | undefined; reason: SuppressionReason; note: string },
): Promise<AddedSuppressions> {
  const sum: AddedSuppressions = { addresses: 0, domains: 0, already: 0, refused: 0, refused_entries: [] };
  for (let first = 0; first < entries.length; first += mostAtOnce) {
    const some = added.parse(
      await read(
        supabase().rpc('add_suppressions', {
          entries: entries.slice(first, first + mostAtOnce),
          ...(to.clientId ? { target_client_id: to.clientId } : {}),
          reason: to.reason,
          note: to.note,
        }),
      ),
    );
    sum.addresses += some.addresses;
    sum.domains += some.domains;
    sum.already += some.already;
    sum.refused += some.refused;
    sum.refused_entries = [...sum.refused_entries, ...some.refused_entries].slice(0, 100);
  }
  return sum;
}

export async function removeSuppression(
  row: Pick<SuppressionRow, 'entry' | 'client_id'>,
  why: string,
): Promise<void> {
  await read(
    supabase().rpc('remove_suppression', {
      entry: row.entry,
      // Null is a value here: the list of all clients.
      target_client_id: row.client_id as string,
      why,
    }),
  );
}
