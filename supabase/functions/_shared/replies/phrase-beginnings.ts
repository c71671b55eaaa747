// With which words a match of a phrase can begin. It reads as much of an expression as phrases use; what it does not know, it gives up on.

interface Beginning {
  word: string;
  /** False where only its beginning is spelled out: "abmahn\\w*". */
  isWhole: boolean;
}

type Part =
  | { kind: 'letter'; letter: string }
  | { kind: 'anything' }
  | { kind: 'choice'; options: readonly (readonly Part[])[]; isOptional: boolean; isRepeated: boolean };

/** A phrase with more beginnings than this is tried on every sentence. */
const most = 2_000;

/** Null: with any word. */
export function beginningsOf(phrase: string): Beginning[] | null {
  const found: Beginning[] = [];
  const { parts } = read(phrase, 0);
  return collect(parts, '', found) ? found : null;
}

/** Adds the beginnings of what the parts match after the letters before; false: too many, or any word. */
function collect(parts: readonly Part[], before: string, found: Beginning[]): boolean {
  const [part, ...rest] = parts;
  if (part === undefined || (part.kind === 'letter' && part.letter === ' ' && before !== '')) {
    if (before === '' || found.length >= most) return false;
    found.push({ word: before, isWhole: true });
    return true;
  }
  if (part.kind === 'letter') {
    return collect(rest, part.letter === ' ' ? before : before + part.letter, found);
  }
  if (part.kind === 'anything') {
    if (before.length < 2 || found.length >= most) return false;
    found.push({ word: before, isWhole: false });
    return true;
  }
  const again: Part[] = part.isRepeated ? [{ kind: 'anything' }] : [];
  return part.options.every((option) => collect([...option, ...again, ...rest], before, found)) &&
    (!part.isOptional || collect(rest, before, found));
}

function read(phrase: string, from: number): { parts: Part[]; end: number } {
  const options: Part[][] = [[]];
  let at = from;
  while (at < phrase.length && phrase[at] !== ')') {
    const letter = phrase[at] as string;
    const parts = options.at(-1) as Part[];
    if (letter === '|') {
      options.push([]);
      at++;
      continue;
    }
    let part: Part;
    if (letter === '(') {
      const inner = read(phrase, phrase.startsWith('(?:', at) ? at + 3 : at + 1);
      part = { kind: 'choice', options: [inner.parts], isOptional: false, isRepeated: false };
      at = inner.end + 1;
    } else if (letter === '\\' || letter === '[' || letter === '.') {
      part = { kind: 'anything' };
      at = letter === '[' ? phrase.indexOf(']', at) + 1 : at + (letter === '.' ? 1 : 2);
    } else {
      part = { kind: 'letter', letter };
      at++;
    }
    const sign = phrase[at] ?? '';
    if ('?*+'.includes(sign) && sign !== '') {
      const options = [[part]];
      part = { kind: 'choice', options, isOptional: sign !== '+', isRepeated: sign !== '?' };
      at++;
    }
    parts.push(part);
  }
  const parts: Part[] = options.length === 1
    ? options[0] as Part[]
    : [{ kind: 'choice', options, isOptional: false, isRepeated: false }];
  return { parts, end: at };
}
