/** The two weights of the report's font: how wide a text is, and which of its characters can be set at all. */
import fontkit, { type Font } from '@pdf-lib/fontkit';
import type { PDFDocument, PDFFont } from 'pdf-lib';
import { notoSans } from './noto-sans.ts';

export interface Typeface {
  font: PDFFont;
  /** Points. */
  width(text: string, size: number): number;
}

export interface Typefaces {
  regular: Typeface;
  bold: Typeface;
}

/** Read once per isolate. */
interface Measures {
  bytes: Uint8Array;
  metrics: Font;
  /** Of an em by code point. */
  advances: Map<number, number>;
}
const measured = new Map<keyof Typefaces, Measures>();

function measuresOf(weight: keyof Typefaces): Measures {
  let found = measured.get(weight);
  if (!found) {
    const bytes = Uint8Array.from(atob(notoSans[weight]), (character) => character.charCodeAt(0));
    found = { bytes, metrics: fontkit.create(bytes), advances: new Map() };
    measured.set(weight, found);
  }
  return found;
}

/** Only the glyphs that are used end up in the document: about 12 KB for both weights. */
export async function embedTypefaces(document: PDFDocument): Promise<Typefaces> {
  document.registerFontkit(fontkit);
  const embed = async (weight: keyof Typefaces): Promise<Typeface> => ({
    font: await document.embedFont(measuresOf(weight).bytes, { subset: true }),
    width: (text, size) => widthOf(weight, text, size),
  });
  return { regular: await embed('regular'), bold: await embed('bold') };
}

/** By a table of advances: shaping each word as pdf-lib does costs ten times as much, and the font has no kerning to shape by. */
function widthOf(weight: keyof Typefaces, text: string, size: number): number {
  const { metrics, advances } = measuresOf(weight);
  let sum = 0;
  for (const character of text) {
    const point = character.codePointAt(0)!;
    let advance = advances.get(point);
    if (advance === undefined) {
      advance = metrics.glyphForCodePoint(point).advanceWidth / metrics.unitsPerEm;
      advances.set(point, advance);
    }
    sum += advance;
  }
  return sum * size;
}

/** In place of what the font does not have: an emoji, a word of Chinese. */
export const missing = '\uFFFD';

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
const plain = /^[\x20-\x7e]*$/;

/**
 * A text as it can be set: composed, without invisible characters, white space as single spaces except line breaks, and with one
 * sign in place of characters that the font does not have.
 */
export function readable(text: string): string {
  const spaced = text
    .replace(/\r\n?|[\u2028\u2029\v\f]/gu, '\n')
    .replace(/[^\S\n\u00a0\u202f]+/gu, ' ')
    .replace(/[\u00a0\u202f]/gu, '\u00a0');
  if (plain.test(spaced)) return spaced;
  const { metrics } = measuresOf('regular');
  const has = (part: string) =>
    [...part].every((character) => metrics.hasGlyphForCodePoint(character.codePointAt(0)!));
  let set = '';
  for (const { segment } of segmenter.segment(spaced.normalize('NFC'))) {
    if (segment === '\n') {
      set += segment;
      continue;
    }
    const visible = segment.replace(/[\p{Cc}\p{Cf}\u{FE00}-\u{FE0F}]/gu, '');
    if (has(visible)) set += visible;
    else {
      // A mark that no composed letter has is left out; its letter is not.
      const base = visible.replace(/\p{M}/gu, '');
      if (base !== '' && has(base)) set += base;
      else if (!set.endsWith(missing)) set += missing;
    }
  }
  return set;
}
