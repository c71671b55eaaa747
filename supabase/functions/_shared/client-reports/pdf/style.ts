/** How things look in the PDF of a report: as in its mail, on white paper. */
import type { SharedReport } from '../shared-report.ts';
import type { Typefaces } from './typeface.ts';
import type { Look } from './typeset.ts';

export const colours = {
  ink: '#1c2430',
  soft: '#5b6675',
  line: '#e0e4e9',
  ground: '#f3f5f7',
  quote: '#d4dae1',
  good: '#0b6b3a',
  bad: '#b3261e',
  neutral: '#5b6675',
};

export const accentOf = (report: SharedReport): string => report.agency.colour ?? '#0d6661';

export const toneColour = (tone: string | null): string =>
  tone === 'good' ? colours.good : tone === 'bad' ? colours.bad : colours.soft;

/** The looks of text. */
export const looksIn = ({ regular, bold }: Typefaces) => ({
  title: { face: bold, size: 21, leading: 27, colour: colours.ink },
  subtitle: { face: regular, size: 10.5, leading: 16, colour: colours.soft },
  heading: { face: bold, size: 12.5, leading: 18, colour: colours.ink },
  key: { face: bold, size: 23, leading: 29, colour: colours.ink },
  sentence: { face: regular, size: 11, leading: 16, colour: colours.ink },
  text: { face: regular, size: 9.5, leading: 14, colour: colours.ink },
  strong: { face: bold, size: 9.5, leading: 14, colour: colours.ink },
  small: { face: regular, size: 8.5, leading: 12.5, colour: colours.soft },
  smallStrong: { face: bold, size: 8.5, leading: 13, colour: colours.soft },
  tiny: { face: regular, size: 7.5, leading: 10, colour: colours.soft },
} satisfies Record<string, Look>);

export type Looks = ReturnType<typeof looksIn>;
