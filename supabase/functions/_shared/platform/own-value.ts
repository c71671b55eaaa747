/**
 * What a table holds under a word that came from outside. `table[word]` would also find what every object inherits:
 * "constructor", "toString" and "__proto__" are words as well.
 */
export function ownValue<T>(table: Readonly<Record<string, T>>, word: string): T | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined;
}
