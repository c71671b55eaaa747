// What the model finds likely and what the rules found, together: how much each says was measured on replies that neither had seen.
import type { PersonClass } from '../language.ts';
import { replyClasses } from '../reply-class.ts';
import { type Decision, type Found, personClasses, type Reading, type Strength } from '../rules.ts';
import { softmax } from './model.ts';
import { combination } from './weights.ts';

/** Each list by class, in the order of `replyClasses`. */
export interface Combination {
  /** How far the model's log probability counts. */
  model: readonly number[];
  /** What a decision of the rules adds to its class. */
  rules: Readonly<Record<Strength, readonly number[]>>;
  /** What the phrases found, by what `evidenceOf` names, adds to each class. */
  found: readonly (readonly number[])[];
  usual: readonly number[];
}

/** Of each class of people: whether a sure phrase, several of them, or a hint was found. */
const kinds: readonly ((found: Found) => boolean)[] = [
  ({ sure }) => sure > 0,
  ({ sure }) => sure > 1,
  ({ hint }) => hint > 0,
];
export const evidenceCount = personClasses.length * kinds.length;

/** Which rows of `found` apply. */
export const evidenceOf = (found: Record<PersonClass, Found>): number[] =>
  personClasses.flatMap((name, place) =>
    kinds.flatMap((holds, kind) => holds(found[name]) ? [place * kinds.length + kind] : [])
  );

/** How likely each class is by both. */
export const combine = (
  likely: readonly number[],
  { replyClass, strength, found }: Reading,
  by: Combination = combination,
): number[] => combineEvidence(likely, { replyClass, strength }, evidenceOf(found), by);

export function combineEvidence(
  likely: readonly number[],
  { replyClass, strength }: Decision,
  evidence: readonly number[],
  { model, rules, found, usual }: Combination,
): number[] {
  return softmax(likely.map((logProbability, index) => {
    const decided = replyClasses[index] === replyClass ? rules[strength][index] ?? 0 : 0;
    const phrases = evidence.reduce((sum, row) => sum + (found[row]?.[index] ?? 0), 0);
    return logProbability * (model[index] ?? 1) + (usual[index] ?? 0) + decided + phrases;
  }));
}
