/** How the bytes of a list are written, and its text. Used by the dashboard's worker and by the function. */

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

export interface Decoded {
  encoding: Encoding;
  text: string;
  /** Letters that could not be read and are now U+FFFD. */
  lost: number;
}

/** By its mark, else by its zeros, else UTF-8 if it is that; what is left is Windows-1252, as Excel writes it in Europe. */
export function decodeBytes(bytes: Uint8Array): Decoded {
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe) return decoded('utf-16le', bytes.subarray(2));
  if (first === 0xfe && second === 0xff) return decoded('utf-16be', bytes.subarray(2));
  if (first === 0xef && second === 0xbb && third === 0xbf) return decoded('utf-8', bytes.subarray(3));
  const order = byteOrder(bytes);
  if (order !== undefined) return decoded(order, bytes);
  try {
    return { encoding: 'utf-8', text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), lost: 0 };
  } catch {
    // A sample may end in the middle of a letter, and one broken letter does not make a file Windows-1252.
    const text = new TextDecoder('utf-8').decode(bytes);
    const lost = count(text, '\ufffd');
    const whole = [...text.slice(0, 1_000_000).matchAll(/[\u0080-\ufffc\u{10000}-\u{10ffff}]/gu)].length;
    const isCut = lost === 1 && text.endsWith('\ufffd');
    if (isCut) return { encoding: 'utf-8', text: text.slice(0, -1), lost: 0 };
    return lost <= whole / 10 ? { encoding: 'utf-8', text, lost } : decoded('windows-1252', bytes);
  }
}

function decoded(encoding: Encoding, bytes: Uint8Array): Decoded {
  const text = new TextDecoder(encoding).decode(bytes);
  return { encoding, text, lost: count(text, '\ufffd') };
}

/** UTF-16 without a mark: in Western text every other byte is zero. */
function byteOrder(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const sample = bytes.subarray(0, 4_096);
  if (sample.length < 8) return undefined;
  const zeros = [0, 0];
  sample.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  });
  const half = sample.length / 2;
  const [even = 0, odd = 0] = zeros;
  if (odd > half * 0.6 && even < half * 0.1) return 'utf-16le';
  if (even > half * 0.6 && odd < half * 0.1) return 'utf-16be';
  return undefined;
}

function count(text: string, letter: string): number {
  let found = 0;
  for (let at = text.indexOf(letter); at >= 0; at = text.indexOf(letter, at + 1)) found++;
  return found;
}
