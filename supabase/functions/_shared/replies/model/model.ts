// A linear model over the words of a reply: how likely each class is. It knows what no phrase says, and it says how sure it is.
import { replyClasses } from '../reply-class.ts';
import { packed, scale } from './weights.ts';

export const classCount = replyClasses.length;

/** The features that it knows, in ascending order, and for each of them one weight by class. */
export interface Model {
  features: Uint32Array;
  weights: Int8Array;
  scale: number;
}

/** The log of the probability of each class, in the order of `replyClasses`. What the model does not know makes it less sure. */
export function logProbabilities(model: Model, features: readonly number[]): number[] {
  const sums = new Array<number>(classCount).fill(0);
  for (const feature of features) {
    const row = rowOf(model.features, feature) * classCount;
    if (row < 0) continue;
    for (let index = 0; index < classCount; index++) {
      sums[index] = (sums[index] ?? 0) + (model.weights[row + index] ?? 0);
    }
  }
  const share = model.scale / Math.sqrt(features.length);
  return softmax(sums.map((sum) => sum * share)).map((probability) => Math.log(probability + 1e-9));
}

/** Where a number is in an ascending list, or -1. */
function rowOf(list: Uint32Array, wanted: number): number {
  let low = 0;
  let high = list.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = list[middle] ?? 0;
    if (found === wanted) return middle;
    if (found < wanted) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

export function softmax(scores: readonly number[]): number[] {
  const highest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - highest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/** How far a feature is from the one before it, in bytes: 255 and more are 255 and what is left. */
const far = 255;

/** Of each feature its distance, then two weights a byte: -7 … 7, kept as 1 … 15. */
export function pack({ features, weights }: Model): Uint8Array {
  const bytes: number[] = [];
  let before = 0;
  features.forEach((feature, row) => {
    let distance = feature - before;
    before = feature;
    for (; distance >= far; distance -= far) bytes.push(far);
    bytes.push(distance);
    for (let index = row * classCount; index < (row + 1) * classCount; index += 2) {
      bytes.push(((weights[index] ?? 0) + 8) << 4 | ((weights[index + 1] ?? 0) + 8));
    }
  });
  return Uint8Array.from(bytes);
}

export function unpack(text: string, scale: number): Model {
  const bytes = atob(text);
  const most = Math.floor(bytes.length / (1 + classCount / 2));
  const features = new Uint32Array(most);
  const weights = new Int8Array(most * classCount);
  let rows = 0;
  let feature = 0;
  for (let at = 0; at < bytes.length;) {
    for (; bytes.charCodeAt(at) === far; at++) feature += far;
    feature += bytes.charCodeAt(at++);
    features[rows] = feature;
    for (let index = rows++ * classCount; index < rows * classCount; index += 2) {
      const byte = bytes.charCodeAt(at++);
      weights[index] = (byte >> 4) - 8;
      weights[index + 1] = (byte & 15) - 8;
    }
  }
  return { features: features.subarray(0, rows), weights: weights.subarray(0, rows * classCount), scale };
}

let read: Model | undefined;

/** Read when the first reply is classified: most calls of a function classify none. */
export const trained = (): Model => read ??= unpack(packed, scale);
