// Four months of an agency's life, so that the pages show what they show in real use. Written as the sync and the
// webhooks would have left it, with sums that follow from a fixed formula: the same at every run.
import type { Client } from 'pg';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fillWithMessages } from './messages.ts';

export const lakeside = 'c0000000-0000-4000-8000-000000000001';
export const harbour = 'c0000000-0000-4000-8000-000000000002';
/** Has verified leads that were never exported. */
export const exportable = 'e0000000-0000-4000-8000-000000000001';
/** A campaign of the shared workspace that is not mapped, with 16 held events. */
export const heldCampaign = 'a5e43551-c857-dd24-95d0-5fe8348eef1f';
/** The campaign of the fixture that does best. */
export const bestCampaign = 'Dental clinics in Brabant';

/** What the provider's placement tests showed; a sync that another test starts replaces them. */
export const placements = readFileSync(join(import.meta.dirname, 'placements.sql'), 'utf8');

export async function fillWithMonths(client: Client): Promise<void> {
  await client.query(readFileSync(join(import.meta.dirname, 'months.sql'), 'utf8'));
  await client.query(readFileSync(join(import.meta.dirname, 'reports.sql'), 'utf8'));
  await fillWithMessages(client);
  await client.query(readFileSync(join(import.meta.dirname, 'operations.sql'), 'utf8'));
  await client.query(placements);
}
