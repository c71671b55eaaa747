// npm run font: writes the font of PDF reports as a module, so that a hosted function needs no file and no download. It is a part
// of Noto Sans: the letters of Latin, Greek and Cyrillic, without hints and layout tables, which paper does not need.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import subsetFont from 'subset-font';
import { checkoutRoot } from '../shared/checkout.ts';

export const reportFontPath = 'supabase/functions/_shared/client-reports/pdf/noto-sans.ts';

/** Code points, both ends included; a font leaves out those that it does not have. */
const blocks: readonly [from: number, to: number][] = [
  // Latin with its extensions, and schwa.
  [0x20, 0x7e],
  [0xa0, 0x24f],
  [0x259, 0x259],
  [0x1e00, 0x1eff],
  // Greek and Cyrillic.
  [0x370, 0x3ff],
  [0x400, 0x52f],
  // Punctuation, currencies, signs of letters, minus, and the sign for what is not here.
  [0x2010, 0x2027],
  [0x2030, 0x205e],
  [0x20a0, 0x20c0],
  [0x2113, 0x2122],
  [0x2212, 0x2212],
  [0xfffd, 0xfffd],
];

/** A constant, because the types of the package do not know two of them yet. */
const options = {
  targetFormat: 'truetype',
  noLayoutClosure: true,
  noHinting: true,
  dropTables: ['GSUB', 'GPOS', 'GDEF', 'STAT'],
} as const;

/** The module as it is kept in the repository. */
export async function reportFontModule(): Promise<string> {
  const require = createRequire(import.meta.url);
  const text = blocks.flatMap(([from, to]) =>
    Array.from({ length: to - from + 1 }, (_, index) => String.fromCodePoint(from + index))
  ).join('');
  const base64 = async (weight: string) => {
    const whole = readFileSync(
      require.resolve(`@expo-google-fonts/noto-sans/${weight}/NotoSans_${weight}.ttf`),
    );
    const part = await subsetFont(whole, text, options);
    return part.toString('base64');
  };
  return `// Written by "npm run font"; do not edit. A part of Noto Sans, Copyright 2022 The Noto Project Authors
// (https://github.com/notofonts/latin-greek-cyrillic), under the SIL Open Font License 1.1 (https://openfontlicense.org).
/** TrueType in base64. */
export const notoSans = {
  regular: '${await base64('400Regular')}',
  bold: '${await base64('600SemiBold')}',
};
`;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  writeFileSync(join(checkoutRoot, reportFontPath), await reportFontModule());
}
