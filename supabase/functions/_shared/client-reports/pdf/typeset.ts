/** From texts to lines of a width. */
import { readable, type Typeface } from './typeface.ts';

/** A piece of a line in one look. */
export interface Run {
  text: string;
  face: Typeface;
  /** Points. */
  size: number;
  colour: string;
  /** Where a click leads. */
  link?: string;
}

export interface Line {
  runs: Run[];
  /** Points from this line to the next. */
  leading: number;
}

export type Look = Omit<Run, 'text'> & { leading: number };

/**
 * The lines of a text. Words stay whole where they can, longer ones are broken anywhere; the first line may begin indented, behind
 * what is before it. With `most`, the last line ends in "…" when there would be more.
 */
export function wrap(
  text: string,
  { face, size }: Pick<Look, 'face' | 'size'>,
  width: number,
  { indent = 0, most = Infinity }: { indent?: number; most?: number } = {},
): string[] {
  const lines: string[] = [];
  const fits = (line: string) => face.width(line, size) <= width - (lines.length === 0 ? indent : 0);
  for (const paragraph of readable(text).split('\n')) {
    let line = '';
    for (const word of paragraph.trim().split(' ')) {
      const longer = line === '' ? word : `${line} ${word}`;
      if (fits(longer)) {
        line = longer;
        continue;
      }
      if (line !== '' || (lines.length === 0 && indent > 0)) lines.push(line);
      line = '';
      for (const character of word) {
        if (line !== '' && !fits(line + character)) {
          lines.push(line);
          line = '';
        }
        line += character;
      }
    }
    lines.push(line);
    if (lines.length > most) break;
  }
  if (lines.length <= most) return lines;
  return [...lines.slice(0, most - 1), shorten(`${lines[most - 1]}…`, face, size, width)];
}

/** One line of at most this width, with "…" in the place of what is too much. */
export function shorten(text: string, face: Typeface, size: number, width: number): string {
  const whole = readable(text).replace(/\n+/g, ' ');
  if (face.width(whole, size) <= width) return whole;
  const characters = [...whole.replace(/…$/, '')];
  while (characters.length > 0 && face.width(`${characters.join('').trimEnd()}…`, size) > width) {
    characters.pop();
  }
  return `${characters.join('').trimEnd()}…`;
}

/** A text in one look as lines; `before` is on the first line, in its own. */
export function linesOf(
  text: string,
  look: Look,
  width: number,
  { before, most }: { before?: Run; most?: number } = {},
): Line[] {
  const { leading, ...run } = look;
  const indent = before ? before.face.width(before.text, before.size) : 0;
  return wrap(text, look, width, { indent, ...(most === undefined ? {} : { most }) }).map((line, index) => ({
    runs: [...(before && index === 0 ? [before] : []), ...(line === '' ? [] : [{ ...run, text: line }])],
    leading,
  }));
}

export const heightOf = (lines: readonly Line[]): number =>
  lines.reduce((sum, { leading }) => sum + leading, 0);
