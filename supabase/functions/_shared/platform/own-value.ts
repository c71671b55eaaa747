/**
 * The table's own value for an external word. `table[word]` would also find inherited properties such as "constructor",
 * "toString" and "__proto__".
 */
export function ownValue<T>(table: Readonly<Record<string, T>>, word: string): T | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined;
}
