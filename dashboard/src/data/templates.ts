// Sequences to start from, for the whole agency.
import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { readSequence, type Sequence } from './campaign-setup.ts';
import { read } from './failure.ts';
import { supabase } from './supabase.ts';

export interface Template {
  id: string;
  name: string;
  description: string | null;
  sequence: Sequence;
  is_built_in: boolean;
}

export const templatesQuery = queryOptions({
  queryKey: ['sequence-templates'],
  queryFn: async (): Promise<Template[]> => {
    const rows = await read(
      supabase().from('sequence_templates').select('id, name, description, sequence, is_built_in').order(
        'name',
      ).limit(500),
    );
    return rows.map((row) => ({ ...row, sequence: readSequence(row.sequence) ?? [] }));
  },
  refetchInterval: false,
});

const saved = z.object({ template_id: z.string(), name: z.string(), unknown_variables: z.array(z.string()) });

export async function saveTemplate(input: {
  id?: string | undefined;
  name: string;
  description: string;
  sequence: Sequence;
}): Promise<z.infer<typeof saved>> {
  return saved.parse(
    await read(
      supabase().rpc('save_sequence_template', {
        name: input.name,
        description: input.description,
        sequence: JSON.parse(JSON.stringify(input.sequence)),
        ...(input.id === undefined ? {} : { template_id: input.id }),
      }),
    ),
  );
}

export async function removeTemplate(id: string): Promise<void> {
  await read(supabase().rpc('remove_sequence_template', { template_id: id }));
}

/** Adds what a file holds, all or none; returns how many. */
export async function importTemplates(text: string): Promise<number> {
  const added = await read(supabase().rpc('import_sequence_templates', { templates: JSON.parse(text) }));
  return z.array(saved).parse(added).length;
}
