// The messages of the months, prepared by the same code that prepares real ones.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from 'pg';
import { sanitiseHtml } from '../../supabase/functions/_shared/messages/sanitise.ts';

export async function fillWithMessages(client: Client): Promise<void> {
  // In one transaction: the scheduler of the project must not take half of it.
  await client.query('begin');
  await client.query(readFileSync(join(import.meta.dirname, 'messages.sql'), 'utf8'));
  const { rows } = await client.query<{ message_id: string; raw_html: string | null }>(
    'select message_id, raw_html from private.message_contents where prepare_at is not null',
  );
  const contents = rows.map(({ message_id, raw_html }) => ({
    message_id,
    html: raw_html === null ? null : sanitiseHtml(raw_html),
    text: null,
  }));
  await client.query('select worker.record_message_contents($1::jsonb)', [JSON.stringify(contents)]);
  await client.query('commit');
}
