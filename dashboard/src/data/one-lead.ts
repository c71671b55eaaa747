// One lead by hand, through the import of lists: the same checks, the same record of who declared it verified.
import * as z from 'zod/mini';
import { functionFailure, read } from './failure.ts';
import type { ImportOutcome } from './imports.ts';
import { supabase } from './supabase.ts';

export interface OneLead {
  campaignId: string;
  email: string;
  firstName: string;
  lastName: string;
  company: string;
  isVerified: boolean;
  /** Where it is from, kept with the import. */
  source: string;
}

const started = z.object({ import_id: z.string() });

async function invoke(body: Record<string, unknown>): Promise<unknown> {
  const { data, error } = await supabase().functions.invoke<unknown>('import-leads', { body });
  if (error) throw await functionFailure(error);
  return data;
}

export async function importOneLead(
  lead: OneLead,
): Promise<{ outcome: ImportOutcome; reason: string | null }> {
  const { import_id } = started.parse(
    await invoke({
      action: 'start',
      campaign_id: lead.campaignId,
      file_name: 'A lead from the inbox',
      columns: [
        { header: 'Email', target: 'email' },
        { header: 'First name', target: 'first_name' },
        { header: 'Last name', target: 'last_name' },
        { header: 'Company', target: 'name' },
      ],
      list_is_verified: lead.isVerified,
      existing: 'skip',
      other_campaigns: 'skip',
      consent_source: lead.source.slice(0, 500),
      total_rows: 1,
    }),
  );
  try {
    const rows = [[lead.email, lead.firstName, lead.lastName, lead.company]];
    await invoke({ action: 'add', import_id, chunk: 0, first_row: 1, rows });
    await invoke({ action: 'finish', import_id, chunks: 1 });
  } catch (error) {
    await invoke({ action: 'cancel', import_id }).catch(() => undefined);
    throw error;
  }
  return await read(
    supabase().from('import_rows').select('outcome, reason').eq('import_id', import_id).limit(1).single(),
  );
}
