import { queryOptions } from '@tanstack/react-query';
import { read } from './failure.ts';
import { type Filled, supabase, type Views } from './supabase.ts';

type Significance = 'not_enough_signal' | 'no_difference' | 'likely' | 'significant';

export type StepRow =
  & Omit<
    Filled<
      Views['campaign_steps']['Row'],
      | 'open_rate'
      | 'reply_rate'
      | 'click_rate'
      | 'p_value'
      | 'as_of'
      | 'age_seconds'
      | 'opportunities_reported'
      | 'meetings_reported'
      | 'won_reported'
    >,
    'significance'
  >
  & {
    /** Null: the step has one variant. */
    significance: Significance | null;
  };

export const stepsQuery = (campaignId: string) =>
  queryOptions({
    queryKey: ['steps', campaignId],
    queryFn: async () =>
      await read(
        supabase().from('campaign_steps').select('*').eq('campaign_id', campaignId)
          .order('step').order('variant').limit(1_000),
      ) as StepRow[],
  });

/** The rows of each step, in order. */
export function groupSteps(rows: readonly StepRow[]): { step: number; variants: StepRow[] }[] {
  const steps = new Map<number, StepRow[]>();
  for (const row of rows) steps.set(row.step, [...(steps.get(row.step) ?? []), row]);
  return [...steps].map(([step, variants]) => ({ step, variants }));
}
