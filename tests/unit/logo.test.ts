import { Buffer } from 'node:buffer';
import { describe, expect, it } from 'vitest';
import { maxLogo, readLogo } from '../../supabase/functions/_shared/agency/image.ts';
import { sanitiseSvg } from '../../supabase/functions/_shared/agency/svg.ts';

const bytes = (...parts: (number[] | string)[]) =>
  new Uint8Array(parts.flatMap((part) => typeof part === 'string' ? [...Buffer.from(part, 'latin1')] : part));
const u32 = (value: number) => [value >>> 24, value >>> 16 & 255, value >>> 8 & 255, value & 255];
const png = (width: number, height: number) =>
  bytes([0x89], 'PNG\r\n\x1a\n', u32(13), 'IHDR', u32(width), u32(height), [8, 6, 0, 0, 0], u32(0));
const jpeg = (width: number, height: number) =>
  bytes([0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc2, 0, 11, 8], u32(height << 16 | width), [
    1,
    1,
    0x11,
    0,
    0,
  ]);
const webp = (chunk: string, rest: number[]) =>
  bytes('RIFF', u32(0), `WEBP${chunk}`, u32(0), rest, Array(12).fill(0) as number[]);
const svg = (inside: string, attributes = '') =>
  `<svg xmlns="http://www.w3.org/2000/svg"${attributes}>${inside}</svg>`;
const typeOf = (picture: Uint8Array | string) =>
  readLogo(typeof picture === 'string' ? new TextEncoder().encode(picture) : picture).type;

describe('readLogo() knows a picture by its bytes', () => {
  it('takes PNG, JPEG, the three kinds of WebP, and SVG', () => {
    expect(typeOf(png(64, 32))).toBe('image/png');
    expect(typeOf(jpeg(64, 32))).toBe('image/jpeg');
    expect(typeOf(webp('VP8X', [0, 0, 0, 0, 63, 0, 0, 31, 0, 0]))).toBe('image/webp');
    expect(typeOf(webp('VP8L', [0x2f, 63, 0xc0, 7, 0]))).toBe('image/webp');
    expect(typeOf(webp('VP8 ', [0, 0, 0, 0x9d, 1, 0x2a, 64, 0, 32, 0]))).toBe('image/webp');
    expect(
      typeOf('\ufeff<?xml version="1.0"?><!-- made by hand --><!DOCTYPE svg>' + svg('<path d="M0 0h9v9z"/>')),
    )
      .toBe('image/svg+xml');
  });

  it.each([
    ['a page that calls itself a picture', '<html><svg/></html>'],
    ['text', 'logo'],
    ['a GIF', bytes('GIF89a', Array(40).fill(1) as number[])],
    ['a PNG without a header', bytes([0x89], 'PNG\r\n\x1a\n')],
    ['a JPEG that ends early', bytes([0xff, 0xd8, 0xff, 0xe0, 0, 4])],
    ['an empty PNG', png(0, 5)],
    ['a PNG that unpacks to gigabytes', png(60_000, 60_000)],
    ['a JPEG as wide as that', jpeg(20_000, 10)],
    ['an SVG of which nothing is left', svg('<script>alert(1)</script>')],
    ['two drawings', svg('<path d="M0 0"/>') + svg('<path d="M0 0"/>')],
    ['nothing', ''],
  ])('refuses %s', (_, picture) => {
    expect(() => typeOf(picture)).toThrow(expect.objectContaining({ code: 'VALIDATION_FAILED' }));
  });

  it('refuses more than 256 KB', () => {
    const large = new Uint8Array(maxLogo + 1);
    large.set(png(10, 10));
    expect(() => readLogo(large)).toThrow(expect.objectContaining({ code: 'PAYLOAD_TOO_LARGE' }));
  });
});

describe('sanitiseSvg()', () => {
  const clean = (inside: string, attributes = '') =>
    sanitiseSvg(svg(`<path d="M0 0h9v9z"/>${inside}`, attributes)) ?? '';

  it('keeps a drawing: shapes, gradients, masks, groups, names with capitals', () => {
    const drawing =
      '<defs><linearGradient id="a" gradientUnits="userSpaceOnUse"><stop offset="0" stop-color="#fff"></stop></linearGradient>' +
      '<clipPath id="b"><rect width="9" height="9"></rect></clipPath></defs>' +
      '<g clip-path="url(#b)" transform="translate(1 2)"><path d="M0 0h9v9z" fill="url(#a)"></path><use href="#c"></use></g>';
    expect(sanitiseSvg(svg(drawing, ' viewBox="0 0 9 9"'))).toBe(svg(drawing, ' viewBox="0 0 9 9"'));
  });

  it('writes the rules for classes and styles onto the elements', () => {
    const drawn = clean(
      '<style><![CDATA[ .cls-1, .cls-2 { fill: #123456; stroke:none } /* x */ .cls-1{opacity:.5} rect{fill:red} ]]></style>' +
        '<rect class="cls-1" width="1"/><circle class="cls-2" r="1" style="fill-opacity:.2; behavior:url(#x)"/>',
    );
    expect(drawn).toContain('<rect width="1" fill="#123456" stroke="none" opacity=".5">');
    expect(drawn).toContain('<circle r="1" fill="#123456" stroke="none" fill-opacity=".2">');
    expect(drawn).not.toMatch(/style|class|behavior|CDATA/);
  });

  it.each([
    ['scripts', '<script>alert(1)</script>'],
    ['scripts in a namespace', '<svg:script xmlns:svg="http://www.w3.org/2000/svg">alert(1)</svg:script>'],
    ['scripts with odd case', '<SCRIPT>alert(1)</SCRIPT>'],
    ['event handlers', '<rect onload="alert(1)" width="1"/>'],
    [
      'foreign content',
      '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"><p>alert(1)</p></body></foreignObject>',
    ],
    ['links', '<a href="javascript:alert(1)"><rect width="1"/></a>'],
    ['links to elsewhere', '<use xlink:href="https://evil.test/a.svg#alert"/>'],
    ['data links', '<use href="data:image/svg+xml;base64,YWxlcnQ="/>'],
    ['remote pictures', '<image href="https://evil.test/alert.png"/>'],
    ['embedded pictures', '<image href="data:image/png;base64,alert"/>'],
    ['remote paint', '<rect fill="url(https://evil.test/alert#a)" width="1"/>'],
    ['remote paint with quotes', '<rect fill="url(\'//evil.test/alert\')" width="1"/>'],
    ['remote paint with escapes', '<rect fill="u\\72l(//evil.test/alert)" width="1"/>'],
    [
      'remote fonts',
      '<style>@import url("https://evil.test/alert.css"); @font-face { src: url(//evil.test/alert) }</style>',
    ],
    ['remote paint in a rule', '<style>.a{fill:url(https://evil.test/alert)}</style><rect class="a"/>'],
    [
      'animations',
      '<set attributeName="href" to="javascript:alert(1)"/><animate attributeName="href" values="alert"/>',
    ],
    ['comments and instructions', '<!-- alert --><?xml-stylesheet href="https://evil.test/alert"?>'],
    ['frames', '<iframe src="https://evil.test/alert"></iframe>'],
    ['entities', '&alert;<text>&#x3c;script&#x3e;1</text>'],
  ])('removes %s', (_, inside) => {
    const drawn = clean(inside, ' onload="alert(2)" xmlns:xlink="http://www.w3.org/1999/xlink"');
    expect(drawn).toContain('<path d="M0 0h9v9z">');
    expect(drawn).not.toMatch(
      /<script|evil|javascript|foreign|<image|<a\b|onload|<set|animate|xml-stylesheet|data:|iframe/i,
    );
    if (!inside.includes('&')) expect(drawn).not.toContain('alert');
  });

  it('ends with entities that grow', () => {
    const bomb = `<!DOCTYPE svg [<!ENTITY a "${
      'x'.repeat(100)
    }"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>${svg('<path d="M0 0"/><text>&b;&b;&b;</text>')}`;
    expect((sanitiseSvg(bomb) ?? '').length).toBeLessThan(1_000);
  });
});
