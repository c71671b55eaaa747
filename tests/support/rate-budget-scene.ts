import {
  type FinishedGrant,
  type GrantAnswer,
  type Priority,
  RateBudget,
} from '../../supabase/functions/_shared/providers/rate-budget.ts';

interface Question {
  bucket: string;
  wanted: number;
  priority: Priority;
  finished: FinishedGrant[];
}

interface ScriptedAnswer extends Partial<GrantAnswer> {
  /** Milliseconds until it arrives. */
  took?: number;
}

/** A budget over a scripted store, on a clock that moves during sleeps and slow answers only. */
export function rateBudgetScene(answers: ScriptedAnswer[] = [], outOfTimeAt = Infinity) {
  const state = { now: 1000, questions: [] as Question[], sleeps: [] as number[], blocks: [] as number[] };
  let id = 0;
  const budget = new RateBudget({
    provider: 'smartlead',
    priority: 'background',
    now: () => state.now,
    isOutOfTime: () => state.now >= outOfTimeAt,
    sleep: (milliseconds) => {
      state.sleeps.push(milliseconds);
      state.now += milliseconds;
      return Promise.resolve();
    },
    store: {
      take: (bucket, wanted, priority, finished) => {
        state.questions.push({ bucket, wanted, priority, finished });
        const { took = 0, ...scripted } = answers.shift() ?? {};
        state.now += took;
        const answer = { granted: wanted, wait_ms: 0, valid_ms: 1000, ...scripted };
        return Promise.resolve(answer.granted > 0 ? { grant_id: ++id, ...answer } : answer);
      },
      block: (seconds) => {
        state.blocks.push(seconds);
        return Promise.resolve();
      },
    },
  });
  return { budget, state };
}
