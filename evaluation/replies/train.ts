// Trains the model of the replies (supabase/functions/_shared/replies/model) on the development half and the sentences: logistic
// regression by stochastic gradient descent. The order of the steps is fixed, so that the same texts give the same weights.
import { studyReply } from '../../supabase/functions/_shared/replies/classify.ts';
import { featureBits } from '../../supabase/functions/_shared/replies/model/features.ts';
import { classCount, type Model } from '../../supabase/functions/_shared/replies/model/model.ts';
import { replyClasses } from '../../supabase/functions/_shared/replies/reply-class.ts';
import type { Reading } from '../../supabase/functions/_shared/replies/rules.ts';
import type { Labelled } from './texts.ts';

const rounds = 20;
const rate = 0.5;
/** How strongly large weights are held back. */
const decay = 3e-3;
/** A feature of one reply only says more about that reply than about its class. */
const fewest = 2;
/** Weights are kept as -7 … 7; what is larger than this is cut. */
const largest = 2.5;
const levels = 7;

export type Example = Pick<Labelled, 'subject' | 'text' | 'label'> & Partial<Pick<Labelled, 'headers'>>;

export interface Prepared {
  features: number[];
  answer: number;
  reading: Reading;
}

export const prepare = ({ subject, text, headers, label }: Example): Prepared => ({
  ...studyReply({ subject, text, headers, receivedAt: new Date(0) }),
  answer: replyClasses.indexOf(label),
});

/** Where each feature that several examples have begins among the weights; -1: not kept. */
function rowsOf(examples: readonly Prepared[]): { kept: number[]; rows: Int32Array } {
  const counts = new Uint16Array(2 ** featureBits);
  for (const { features } of examples) for (const feature of features) counts[feature]!++;
  const rows = new Int32Array(counts.length).fill(-1);
  const kept: number[] = [];
  counts.forEach((count, feature) => {
    if (count < fewest) return;
    rows[feature] = kept.length * classCount;
    kept.push(feature);
  });
  return { kept, rows };
}

export function train(examples: readonly Prepared[]): Model {
  const { kept, rows } = rowsOf(examples);
  const weights = new Float32Array(kept.length * classCount);
  const slopes = new Float32Array(weights.length).fill(0.01);
  const order = examples.map(({ features, answer }) => ({
    rows: Int32Array.from(features, (feature) => rows[feature] ?? -1).filter((row) => row >= 0),
    share: 1 / Math.sqrt(features.length),
    answer,
  }));
  const random = randomNumbers();
  const errors = new Float64Array(classCount);
  for (let round = 0; round < rounds; round++) {
    shuffle(order, random);
    for (const { rows, share, answer } of order) {
      errors.fill(0);
      for (const row of rows) for (let at = 0; at < classCount; at++) errors[at]! += weights[row + at]!;
      toErrors(errors, share, answer);
      for (const row of rows) {
        for (let at = 0; at < classCount; at++) {
          const slope = errors[at]! * share + decay * weights[row + at]!;
          const sum = slopes[row + at]! + slope * slope;
          slopes[row + at] = sum;
          weights[row + at]! -= rate * slope / Math.sqrt(sum);
        }
      }
    }
  }
  return { features: Uint32Array.from(kept), weights: rounded(weights), scale: largest / levels };
}

/** From sums to how far the probability of each class is from what it should be. */
function toErrors(sums: Float64Array, share: number, answer: number): void {
  const highest = Math.max(...sums);
  let total = 0;
  sums.forEach((sum, at) => total += sums[at] = Math.exp((sum - highest) * share));
  sums.forEach((power, at) => sums[at] = power / total - (at === answer ? 1 : 0));
}

/** What all classes have in common decides nothing. */
function rounded(weights: Float32Array): Int8Array {
  const found = new Int8Array(weights.length);
  for (let row = 0; row < weights.length; row += classCount) {
    const some = weights.subarray(row, row + classCount);
    const middle = some.reduce((sum, weight) => sum + weight, 0) / classCount;
    some.forEach((weight, at) => {
      found[row + at] = Math.round(Math.max(-1, Math.min(1, (weight - middle) / largest)) * levels);
    });
  }
  return found;
}

/** The same numbers each time: a linear congruential generator. */
export function randomNumbers(): () => number {
  let state = 1;
  return () => (state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0) / 2 ** 32;
}

export function shuffle<Item>(items: Item[], random: () => number): void {
  for (let index = items.length - 1; index > 0; index--) {
    const other = Math.floor(random() * (index + 1));
    const [one, two] = [items[index], items[other]];
    if (one === undefined || two === undefined) continue;
    [items[index], items[other]] = [two, one];
  }
}
