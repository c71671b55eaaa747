/** A logo, as it was sent: what kind of picture its bytes are, whatever anybody calls it. */
import { AppError } from '../platform/errors.ts';
import { sanitiseSvg } from './svg.ts';

/** Bytes. */
export const maxLogo = 256 * 1024;

/** Pixels per side: a small file can unpack to a picture that fills the memory of every browser. */
const maxSide = 4096;

export interface Logo {
  type: 'image/png' | 'image/jpeg' | 'image/webp' | 'image/svg+xml';
  bytes: Uint8Array;
}

interface Size {
  width: number;
  height: number;
}

/** The picture, an SVG without what could do harm. Throws VALIDATION_FAILED or PAYLOAD_TOO_LARGE. */
export function readLogo(bytes: Uint8Array): Logo {
  if (bytes.length > maxLogo) {
    throw new AppError(
      'PAYLOAD_TOO_LARGE',
      `A logo has at most 256 KB; this one has ${Math.ceil(bytes.length / 1024)} KB`,
    );
  }
  const raster = readRaster(bytes);
  if (raster) {
    const { size, type } = raster;
    if (!size || size.width < 1 || size.height < 1) {
      throw refusal('The picture is damaged; save it again and upload that');
    }
    if (size.width > maxSide || size.height > maxSide) {
      throw refusal(
        `The picture is ${size.width} × ${size.height} pixels; make it at most ${maxSide} on each side`,
      );
    }
    return { type, bytes };
  }
  const text = readUtf8(bytes);
  if (text === undefined || !/<svg[\s>]/.test(text)) throw refusal('Upload a PNG, JPEG, WebP or SVG picture');
  const drawing = sanitiseSvg(text);
  if (drawing === undefined) {
    throw refusal(
      'Nothing is left of this SVG without scripts, embedded pictures and links; upload it as PNG',
    );
  }
  return { type: 'image/svg+xml', bytes: new TextEncoder().encode(drawing) };
}

const refusal = (sentence: string) => new AppError('VALIDATION_FAILED', sentence);

function readUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

const begins = (bytes: Uint8Array, ...expected: number[]) =>
  expected.every((byte, index) => bytes[index] === byte);

const ascii = (bytes: Uint8Array, from: number, to: number) =>
  String.fromCharCode(...bytes.subarray(from, to));

function readRaster(bytes: Uint8Array): { type: Logo['type']; size: Size | undefined } | undefined {
  if (begins(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) {
    return { type: 'image/png', size: pngSize(bytes) };
  }
  if (begins(bytes, 0xff, 0xd8, 0xff)) return { type: 'image/jpeg', size: jpegSize(bytes) };
  if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP') {
    return { type: 'image/webp', size: webpSize(bytes) };
  }
  return undefined;
}

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function pngSize(bytes: Uint8Array): Size | undefined {
  if (bytes.length < 33 || ascii(bytes, 12, 16) !== 'IHDR') return undefined;
  const view = viewOf(bytes);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

/** Walks the segments to the frame header, which has the size. */
function jpegSize(bytes: Uint8Array): Size | undefined {
  const view = viewOf(bytes);
  for (let at = 2; at + 9 < bytes.length;) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1]!;
    if (marker === 0xff) {
      at++;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    const length = view.getUint16(at + 2);
    if (length < 2) return undefined;
    at += 2 + length;
  }
  return undefined;
}

function webpSize(bytes: Uint8Array): Size | undefined {
  if (bytes.length < 30) return undefined;
  const view = viewOf(bytes);
  switch (ascii(bytes, 12, 16)) {
    case 'VP8X':
      return {
        width: 1 + (view.getUint32(24, true) & 0xffffff),
        height: 1 + (view.getUint16(27, true) | bytes[29]! << 16),
      };
    case 'VP8L': {
      const bits = view.getUint32(21, true);
      return { width: 1 + (bits & 0x3fff), height: 1 + (bits >> 14 & 0x3fff) };
    }
    case 'VP8 ':
      return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
    default:
      return undefined;
  }
}
