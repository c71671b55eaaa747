// Trains the model of the replies (supabase/functions/_shared/replies/model) on the development half and the sentences: logistic
// regression by stochastic gradient descent. The order of the steps is fixed, so that the same texts give the same weights.
import { Buffer } from 'node:buffer';
import { writeFileSync } from 'node:fs';
import { replyFeatures } from '../../supabase/functions/_shared/replies/classify.ts';
import { type Model, placeOf, probabilities } from '../../supabase/functions/_shared/replies/model/model.ts';
import { replyClasses } from '../../supabase/functions/_shared/replies/reply-class.ts';
import type { Labelled } from './texts.ts';

const places = 216_000;
const rounds = 20;
const rate = 0.5;
/** How strongly large weights are held back. */
const decay = 1e-4;
/** Weights are kept as -7 … 7; what is larger than this is cut. */
const largest = 4;
const levels = 7;

export type Example = Pick<Labelled, 'subject' | 'text' | 'label'>;

export interface Prepared {
  features: number[];
  answer: number;
}

export const prepare = ({ subject, text, label }: Example): Prepared => ({
  features: replyFeatures({ subject, text, receivedAt: new Date(0) }),
  answer: replyClasses.indexOf(label),
});

export function train(examples: readonly Prepared[]): Model {
  const weights = new Float32Array(places);
  const slopes = new Float32Array(places).fill(0.01);
  const random = randomNumbers();
  const order = [...examples];
  for (let round = 0; round < rounds; round++) {
    shuffle(order, random);
    for (const { features, answer } of order) {
      const likely = probabilities({ weights, scale: 1 }, features);
      const share = 1 / Math.sqrt(features.length);
      likely.forEach((probability, index) => {
        const error = (probability - (index === answer ? 1 : 0)) * share;
        for (const feature of features) {
          const place = placeOf(feature, index, places);
          const weight = weights[place] ?? 0;
          const slope = error + decay * weight;
          const sum = (slopes[place] ?? 0) + slope * slope;
          slopes[place] = sum;
          weights[place] = weight - rate * slope / Math.sqrt(sum);
        }
      });
    }
  }
  const scale = largest / levels;
  return {
    weights: Int8Array.from(
      weights,
      (weight) => Math.round(Math.max(-levels, Math.min(levels, weight / scale))),
    ),
    scale,
  };
}

/** The same numbers each time: a linear congruential generator. */
function randomNumbers(): () => number {
  let state = 1;
  return () => (state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0) / 2 ** 32;
}

function shuffle<Item>(items: Item[], random: () => number): void {
  for (let index = items.length - 1; index > 0; index--) {
    const other = Math.floor(random() * (index + 1));
    const [one, two] = [items[index], items[other]];
    if (one === undefined || two === undefined) continue;
    [items[index], items[other]] = [two, one];
  }
}

const path = 'supabase/functions/_shared/replies/model/weights.ts';

/** Two weights a byte, a hundred lines of base64. */
export function write({ weights, scale }: Model, count: number): void {
  const bytes = new Uint8Array(weights.length / 2);
  for (let index = 0; index < bytes.length; index++) {
    bytes[index] = ((weights[index * 2] ?? 0) + 8) << 4 | ((weights[index * 2 + 1] ?? 0) + 8);
  }
  const text = Buffer.from(bytes).toString('base64');
  const length = Math.ceil(text.length / 100);
  const lines = Array.from({ length: 100 }, (_, index) => text.slice(index * length, (index + 1) * length));
  writeFileSync(
    path,
    `// Written by \`npm run evaluate -- replies --train\` from ${count} invented replies (evaluation/replies); never edited by hand.
export const scale = ${scale};
export const packed = [
${lines.filter((line) => line !== '').map((line) => `  '${line}',`).join('\n')}
].join('');
`,
  );
}
