// Readable shades of an accent colour: the one an agency chose where it can be read, else the nearest that can.

/** WCAG 2.2 AA for text of the usual size. */
const minimumContrast = 4.5;

/** What text in the accent colour is read on, lightest and darkest: the ground of the page and the wash behind a choice. */
const themes = {
  light: {
    ground: '#fcfbf8',
    wash: { lightness: 0.945, chroma: 0.028 },
    ink: { lightness: 0.99, chroma: 0.005 },
  },
  dark: {
    ground: '#1d252b',
    wash: { lightness: 0.305, chroma: 0.04 },
    ink: { lightness: 0.2, chroma: 0.03 },
  },
} as const;

export type AccentTheme = keyof typeof themes;

export interface Accent {
  /** Text, buttons and lines. */
  colour: string;
  /** On it. */
  ink: string;
  /** Behind it. */
  wash: string;
  /** False: the colour itself cannot be read in this theme, so another shade of it is used. */
  isAsChosen: boolean;
}

/** The accent in a theme; `hex` is #rrggbb. */
export function accentIn(theme: AccentTheme, hex: string): Accent {
  const { ground, wash, ink } = themes[theme];
  const chosen = toOklch(hex);
  const shade = (lightness: number, chroma: number) =>
    toHex({ lightness, chroma: Math.min(chosen.chroma, chroma), hue: chosen.hue });
  const washed = shade(wash.lightness, wash.chroma);
  const inked = shade(ink.lightness, ink.chroma);
  const isReadable = (colour: string) =>
    [ground, washed, inked].every((other) => contrast(colour, other) >= minimumContrast);
  const step = theme === 'light' ? -0.004 : 0.004;
  let { lightness } = chosen;
  let colour = hex.toLowerCase();
  while (!isReadable(colour) && (theme === 'light' ? lightness > 0 : lightness < 1)) {
    lightness += step;
    colour = toHex({ ...chosen, lightness });
  }
  return { colour, ink: inked, wash: washed, isAsChosen: colour === hex.toLowerCase() };
}

/** 1 to 21, as WCAG defines it. */
export function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

const channels = (hex: string) =>
  [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255) as [number, number, number];

const toLinear = (value: number) => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
const fromLinear = (value: number) => value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055;

function luminance(hex: string): number {
  const [red, green, blue] = channels(hex).map(toLinear) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

interface Oklch {
  lightness: number;
  chroma: number;
  hue: number;
}

/** Björn Ottosson's Oklab: equal steps of lightness look equal, and the hue stays. */
function toOklch(hex: string): Oklch {
  const [red, green, blue] = channels(hex).map(toLinear) as [number, number, number];
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const b = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  return {
    lightness: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    chroma: Math.hypot(a, b),
    hue: Math.atan2(b, a),
  };
}

function toHex({ lightness, chroma, hue }: Oklch): string {
  const a = chroma * Math.cos(hue);
  const b = chroma * Math.sin(hue);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const rgb = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  return `#${
    rgb.map((value) =>
      Math.round(Math.min(1, Math.max(0, fromLinear(Math.max(0, value)))) * 255).toString(16).padStart(2, '0')
    ).join('')
  }`;
}

/** Both themes as a style sheet: the theme may change without asking here again. */
export function accentSheet(hex: string): string {
  const rules = (theme: AccentTheme) => {
    const { colour, ink, wash } = accentIn(theme, hex);
    return `--brand:${colour};--brand-ink:${ink};--brand-wash:${wash}`;
  };
  return `:root{${rules('light')}}@media screen{.dark{${rules('dark')}}}`;
}

/** A square with the first letter of a name, as the icon of a page without a logo. */
export function letterIcon(letter: string, hex: string): string {
  const { colour, ink } = accentIn('light', hex);
  return `data:image/svg+xml,${
    encodeURIComponent(
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="9" fill="${colour}"/><text x="16" y="22" text-anchor="middle" font-family="system-ui,sans-serif" font-size="17" font-weight="600" fill="${ink}">${
        letter.replaceAll(/[<>&]/g, '')
      }</text></svg>`,
    )
  }`;
}
