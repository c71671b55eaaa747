import { z } from 'zod';
import { AppError } from '../platform/errors.ts';
import { readRows } from './reading.ts';
import type { Asked } from './tool.ts';
import { oneLine } from './words.ts';

export const campaignInput = z.string().trim().min(1).max(200);
export const clientInput = z.uuid().describe(
  'Only this client (an id from "overview"); an operator\'s question, clients see their own anyway',
);

const campaign = z.object({ id: z.string(), client_id: z.string(), name: z.string() });
export type Campaign = z.infer<typeof campaign>;

/** Names shown where a word fits several campaigns. */
const maxCandidates = 10;

/**
 * The campaign of an id, a name or a part of one. Throws NOT_FOUND where the person can see none, which another client's looks
 * like, and VALIDATION_FAILED with the names where it could be several.
 */
export async function chooseCampaign(
  text: string,
  clientId: string | undefined,
  { database }: Asked,
): Promise<Campaign> {
  const isId = z.uuid().safeParse(text).success;
  let query = database.from('campaigns').select('id, client_id, name');
  if (clientId !== undefined) query = query.eq('client_id', clientId);
  query = isId ? query.eq('id', text) : query.ilike('name', `%${text.replace(/[\\%_*]/g, '\\$&')}%`);
  const found = await readRows(query.order('name').order('id').limit(200), campaign);
  const exact = found.filter(({ name }) => name.trim().toLowerCase() === text.toLowerCase());
  const candidates = exact.length > 0 ? exact : found;
  const [only] = candidates;
  if (only === undefined) {
    throw new AppError('NOT_FOUND', `There is no campaign "${oneLine(text)}"; ask "campaigns" for the names`);
  }
  if (candidates.length > 1) {
    const names = candidates.slice(0, maxCandidates).map(({ id, name }) => `"${oneLine(name)}" (${id})`);
    throw new AppError(
      'VALIDATION_FAILED',
      `"${oneLine(text)}" could be ${
        candidates.length > maxCandidates ? 'one of many campaigns, such as' : 'one of these campaigns:'
      } ${names.join(', ')}; ask again with an id`,
    );
  }
  return only;
}
