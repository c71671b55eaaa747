// What leaves for a language model: the words of a reply, without addresses, links and numbers. Names within sentences
// stay, because "write to Mia" is what the question is about.

const masks: readonly (readonly [RegExp, string])[] = [
  [/\b(?:https?:\/\/|www\.)[^\s<>"')]+/gi, '[link]'],
  [/[^\s<>():;,"'@]+@[^\s<>():;,"'@]+\.[\p{L}]{2,}/giu, '[email]'],
  [/\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b/g, '[account]'],
  [/(?<![\p{L}\d])\+?\(?\d[\d ()./-]{6,}\d(?![\p{L}\d])/gu, '[number]'],
];

/** Dates look like numbers of a phone; the class of a reply may hang on one. */
const date = /^\s*(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./ ]\d{1,2}[-./ ](?:\d{4}|\d{2}))\s*$/;

/** Longest text that is sent, in characters: about a thousand tokens. */
export const maxText = 4_000;

export function maskPersonalData(text: string): string {
  return masks.reduce(
    (masked, [pattern, name]) => masked.replaceAll(pattern, (found) => date.test(found) ? found : name),
    text,
  ).slice(0, maxText);
}
