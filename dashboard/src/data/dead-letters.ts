// Deliveries that could not be processed, for operators.
import * as z from 'zod/mini';
import { read } from './failure.ts';
import { anywhere, cut, type PageRequest, where } from './paging.ts';
import { endOf, type Period, startOf } from './range.ts';
import { type Filled, supabase, type Views } from './supabase.ts';

export type DeadLetter = Filled<
  Views['dead_letters']['Row'],
  'client_id' | 'campaign_id' | 'type' | 'reason' | 'dismissed_at' | 'dismissed_by_name' | 'dismissed_reason'
>;

export interface DeadLetterFilter {
  clientId: string | undefined;
  connectionId: string | undefined;
  reason: string | undefined;
  period: Period | null;
  /** Those that an operator does not want to see again, and no others. */
  dismissed: boolean;
}

export async function readDeadLetters(filter: DeadLetterFilter, page: PageRequest): Promise<DeadLetter[]> {
  let request = where(supabase().from('dead_letters').select('*'), {
    client_id: filter.clientId,
    connection_id: filter.connectionId,
  });
  request = filter.dismissed ? request.not('dismissed_at', 'is', null) : request.is('dismissed_at', null);
  if (filter.reason) request = request.ilike('reason', anywhere(filter.reason));
  if (filter.period) {
    request = request.gte('received_at', startOf(filter.period)).lt('received_at', endOf(filter.period));
  }
  return await read(cut(request, page, 'id')) as DeadLetter[];
}

/** Which dead letters: to be replayed or dismissed. */
export interface DeadLetterCriteria {
  ids?: number[];
  target_connection_id?: string;
  reason_like?: string;
  received_from?: string;
  received_to?: string;
}

/** The same criteria as those of the list. Without any it names everything that has arrived until now. */
export function criteriaOf(
  filter: Omit<DeadLetterFilter, 'clientId' | 'dismissed'>,
  now: Date,
): DeadLetterCriteria {
  return {
    ...(filter.connectionId ? { target_connection_id: filter.connectionId } : {}),
    ...(filter.reason ? { reason_like: anywhere(filter.reason) } : {}),
    ...(filter.period
      ? { received_from: startOf(filter.period), received_to: endOf(filter.period) }
      : { received_to: now.toISOString() }),
  };
}

const replayed = z.object({ matched: z.number(), replayable: z.number(), replayed: z.number() });
export type ReplayAnswer = z.infer<typeof replayed>;

/** Counts, or puts back to pending; the next sweep projects them within ten seconds. */
export async function replayDeadLetters(
  criteria: DeadLetterCriteria,
  isDryRun: boolean,
): Promise<ReplayAnswer> {
  return replayed.parse(
    await read(supabase().rpc('replay_dead_letters', { ...criteria, dry_run: isDryRun })),
  );
}

const dismissedAnswer = z.object({ matched: z.number(), dismissed: z.number() });

/** They stay stored, and dead in the ledger, but need no attention. */
export async function dismissDeadLetters(
  criteria: DeadLetterCriteria,
  why: string,
): Promise<z.infer<typeof dismissedAnswer>> {
  return dismissedAnswer.parse(
    await read(supabase().rpc('dismiss_dead_letters', { ...criteria, why, dry_run: false })),
  );
}

export const restoreDeadLetter = (id: number): Promise<number> =>
  read(supabase().rpc('restore_dead_letters', { ids: [id] }));
