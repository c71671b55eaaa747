import { queryOptions } from '@tanstack/react-query';
import { tooFew } from '../shared/signal.ts';
import { read } from './failure.ts';
import { type Filled, supabase, type Views } from './supabase.ts';

type Significance = 'not_enough_signal' | 'no_difference' | 'likely' | 'significant';

export type StepRow =
  & Omit<
    Filled<
      Views['campaign_steps']['Row'],
      'open_rate' | 'reply_rate' | 'click_rate' | 'p_value' | 'as_of' | 'age_seconds'
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

/** What the test says about a variant against the best other one of its step. */
export function verdict(
  row: Pick<StepRow, 'significance' | 'is_best'>,
): { text: string; tone: 'neutral' | 'good' | 'bad' } | null {
  switch (row.significance) {
    case null:
      return null;
    case 'not_enough_signal':
      return { text: tooFew, tone: 'neutral' };
    case 'no_difference':
      return { text: 'No difference yet', tone: 'neutral' };
    case 'likely':
      return row.is_best ? { text: 'Likely better', tone: 'good' } : { text: 'Likely worse', tone: 'bad' };
    case 'significant':
      return row.is_best ? { text: 'Clearly better', tone: 'good' } : { text: 'Clearly worse', tone: 'bad' };
  }
}

/** The number behind the words, for who wants it. */
export function explain(row: Pick<StepRow, 'significance' | 'p_value'>): string {
  switch (row.significance) {
    case 'not_enough_signal':
      return 'Each variant needs 100 mails, and replies enough to tell chance from more.';
    case 'no_difference':
    case 'likely':
    case 'significant':
      return row.p_value === null
        ? 'Both variants had the same result.'
        : `If both worked alike, a difference this big would come by chance in ${
          row.p_value < 0.001
            ? 'fewer than 1 in 1,000'
            : `${Math.max(1, Math.round(row.p_value * 100))} in 100`
        } cases (p ${row.p_value < 0.0001 ? '< 0.0001' : `= ${row.p_value}`}).`;
    case null:
      return 'There is no other variant of this step to compare with.';
  }
}

/** The rows of each step, in order. */
export function groupSteps(rows: readonly StepRow[]): { step: number; variants: StepRow[] }[] {
  const steps = new Map<number, StepRow[]>();
  for (const row of rows) steps.set(row.step, [...(steps.get(row.step) ?? []), row]);
  return [...steps].map(([step, variants]) => ({ step, variants }));
}
