/** "Dr. Anna van den Berg" → first name up to the first space after a title, the rest is the last name. */
export function splitName(name: string | null): { first: string | null; last: string | null } {
  const words = (name ?? '').split(/\s/).filter((word) => word !== '');
  while (words.length > 1 && /^(dr|mr|mrs|ms|prof|ing|drs|ir)\.?$/i.test(words[0] ?? '')) words.shift();
  const [first, ...rest] = words;
  return { first: first ?? null, last: rest.length > 0 ? rest.join(' ') : null };
}
