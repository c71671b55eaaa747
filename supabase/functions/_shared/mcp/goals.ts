/** What clients are to reach in the present month, and how far they are. */
import { z } from 'zod';
import { readRows } from './reading.ts';
import type { Asked } from './tool.ts';

export const goal = z.object({
  metric: z.enum(['contacted', 'positive_replies', 'meetings']),
  goal: z.number(),
  reached: z.number(),
  pace: z.number().nullable().describe(
    'where the month ends at this rate; null while it is too early',
  ),
  state: z.enum(['reached', 'on_track', 'behind', 'too_early', 'missed']),
});
export type Goal = z.infer<typeof goal>;

const row = goal.extend({ client_id: z.string() });

/** By client; one without a goal is not in it. */
export async function readGoals(
  clientId: string | undefined,
  { database }: Asked,
): Promise<Map<string, Goal[]>> {
  const rows = await readRows(
    database.rpc('goals_between', clientId === undefined ? {} : { only_client: clientId }, { get: true })
      .order('client_id').order('metric'),
    row,
  );
  const byClient = new Map<string, Goal[]>();
  for (const { client_id, ...found } of rows) {
    byClient.set(client_id, [...byClient.get(client_id) ?? [], found]);
  }
  return byClient;
}

export const goalsText = (goals: readonly Goal[]): string =>
  goals.map(({ metric, goal, reached, pace, state }) =>
    `${reached} of ${goal} ${metric.replace('_', ' ')} (${state.replace('_', ' ')}${
      pace === null ? '' : `, on pace for ${pace}`
    })`
  ).join(', ');
