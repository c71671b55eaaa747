// Measures how much the model and the rules count in the common decision (supabase/functions/_shared/replies/model/combination.ts), on
// replies by which no rule was corrected, each answered by a model that was trained without it.
import {
  type Combination,
  combineEvidence,
  evidenceCount,
  evidenceOf,
} from '../../supabase/functions/_shared/replies/model/combination.ts';
import { classCount, logProbabilities } from '../../supabase/functions/_shared/replies/model/model.ts';
import { replyClasses } from '../../supabase/functions/_shared/replies/reply-class.ts';
import type { Strength } from '../../supabase/functions/_shared/replies/rules.ts';
import { type Prepared, randomNumbers, shuffle, train } from './train.ts';

const rounds = 60;
/** Where nothing speaks against it: how much the model and a decision of the rules count. */
const usual = { model: 1, rules: { certain: 2, clear: 1.5, torn: 1, guess: 0.2 } } as const;
const decay = 1e-3;
const phraseDecay = 1e-2;
const parts = 4;
/** Neighbours are often about one thing, and belong in one part. */
const neighbours = 20;

interface Writable {
  model: number[];
  rules: Record<Strength, number[]>;
  found: number[][];
  usual: number[];
}

const listOf = (value: number): number[] => new Array<number>(classCount).fill(value);

/** `known` trains the model only; `fresh` are the replies by which no rule was corrected. */
export function weigh(known: readonly Prepared[], fresh: readonly Prepared[]): Combination {
  const partOf = (index: number) => Math.floor(index / neighbours) % parts;
  const answered = Array.from({ length: parts }, (_, part) => {
    const model = train([...known, ...fresh.filter((_, index) => partOf(index) !== part)]);
    return fresh.filter((_, index) => partOf(index) === part).map((example) => ({
      ...example,
      likely: logProbabilities(model, example.features),
      evidence: evidenceOf(example.reading.found),
    }));
  }).flat();
  return learn(answered);
}

function learn(examples: (Prepared & { likely: number[]; evidence: number[] })[]): Combination {
  const found: Writable = {
    model: listOf(usual.model),
    rules: {
      certain: listOf(usual.rules.certain),
      clear: listOf(usual.rules.clear),
      torn: listOf(usual.rules.torn),
      guess: listOf(usual.rules.guess),
    },
    found: Array.from({ length: evidenceCount }, () => listOf(0)),
    usual: listOf(0),
  };
  const random = randomNumbers();
  const step = (list: number[], at: number, slope: number, rate: number) => {
    list[at] = (list[at] ?? 0) - rate * slope;
  };
  for (let round = 0; round < rounds; round++) {
    const rate = 0.05 / (1 + round / 10);
    shuffle(examples, random);
    for (const { likely, reading, evidence, answer } of examples) {
      combineEvidence(likely, reading, evidence, found).forEach((probability, at) => {
        const error = probability - (at === answer ? 1 : 0);
        const model = found.model[at] ?? 0;
        step(found.model, at, error * (likely[at] ?? 0) * 0.1 + decay * (model - usual.model), rate);
        step(found.usual, at, error + decay * (found.usual[at] ?? 0), rate);
        for (const row of evidence) {
          const list = found.found[row] ?? [];
          step(list, at, error + phraseDecay * (list[at] ?? 0), rate);
        }
        if (at !== replyClasses.indexOf(reading.replyClass)) return;
        const list = found.rules[reading.strength];
        step(list, at, error + decay * ((list[at] ?? 0) - usual.rules[reading.strength]), rate);
      });
    }
  }
  return found;
}
