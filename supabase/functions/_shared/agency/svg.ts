/** SVG logos: drawings only. What could run, load or link something is removed. */
import { sanitizeHtml } from '../platform/sanitize-html.ts';

const shapes = ['path', 'rect', 'circle', 'ellipse', 'line', 'polyline', 'polygon', 'text', 'use'];

const elements = [
  ...shapes,
  'svg',
  'g',
  'defs',
  'symbol',
  'title',
  'desc',
  'tspan',
  'linearGradient',
  'radialGradient',
  'stop',
  'clipPath',
  'mask',
];

const presentation = [
  'fill',
  'fill-opacity',
  'fill-rule',
  'stroke',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'stroke-miterlimit',
  'stroke-opacity',
  'stroke-width',
  'opacity',
  'color',
  'clip-path',
  'clip-rule',
  'mask',
  'stop-color',
  'stop-opacity',
  'font-family',
  'font-size',
  'font-style',
  'font-weight',
  'letter-spacing',
  'text-anchor',
  'visibility',
  'display',
];

const geometry = [
  'id',
  'd',
  'x',
  'y',
  'x1',
  'x2',
  'y1',
  'y2',
  'cx',
  'cy',
  'r',
  'rx',
  'ry',
  'fx',
  'fy',
  'dx',
  'dy',
  'width',
  'height',
  'points',
  'transform',
  'viewBox',
  'preserveAspectRatio',
  'gradientUnits',
  'gradientTransform',
  'spreadMethod',
  'clipPathUnits',
  'maskUnits',
  'maskContentUnits',
  'offset',
  'href',
  'xlink:href',
];

const allowed = new Set([...presentation, ...geometry]);
const isPresentation = new Set(presentation);

/** Inside of the document, `#name` and `url(#name)` may point to a gradient or a mask; nothing may point outside. */
function isHarmless(name: string, value: string): boolean {
  if (!allowed.has(name)) return false;
  if (name === 'href' || name === 'xlink:href') return /^#[\w.:-]+$/.test(value);
  const inside = value.replaceAll(/url\(\s*(['"]?)#[\w.:-]+\1\s*\)/g, '');
  return !/url\s*\(|[\\<>]|\w+:\/\//i.test(inside);
}

/** `fill:#fff;stroke:none`, as far as it is about the look of a shape. */
function declarations(text: string): [string, string][] {
  return text.split(';').flatMap((declaration): [string, string][] => {
    const at = declaration.indexOf(':');
    const name = declaration.slice(0, at).trim();
    const value = declaration.slice(at + 1).replace(/!important/, '').trim();
    return at > 0 && isPresentation.has(name) ? [[name, value]] : [];
  });
}

/** The rules of style sheets that name classes, as drawing programs write them: `.cls-1, .cls-2 { fill: #fff }`. */
function classRules(svg: string): Map<string, [string, string][]> {
  const rules = new Map<string, [string, string][]>();
  for (const [, sheet = ''] of svg.matchAll(/<style\b[^>]*>([^]*?)<\/style\s*>/gi)) {
    const plain = sheet.replaceAll(/<!\[CDATA\[|\]\]>|\/\*[^]*?\*\//g, '');
    for (const [, selectors = '', body = ''] of plain.matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
      for (const selector of selectors.split(',')) {
        const name = /^\s*\.([\w-]+)\s*$/.exec(selector)?.[1];
        if (name !== undefined) rules.set(name, [...(rules.get(name) ?? []), ...declarations(body)]);
      }
    }
  }
  return rules;
}

/**
 * The drawing without scripts, event handlers, foreign content and references outside of itself; style sheets and `style`
 * become attributes. Undefined when it is no SVG, or nothing of it is left to see.
 */
export function sanitiseSvg(text: string): string | undefined {
  const rules = classRules(text);
  let hasShape = false;
  const clean = sanitizeHtml(text, {
    allowedTags: elements,
    allowedAttributes: false,
    parser: { xmlMode: true, lowerCaseTags: false, lowerCaseAttributeNames: false },
    nonTextTags: ['script', 'style', 'foreignObject', 'textarea', 'option', 'metadata', 'iframe'],
    selfClosing: [],
    textFilter: (content, tagName) => ['text', 'tspan', 'title', 'desc'].includes(tagName) ? content : '',
    disallowedTagsMode: 'discard',
    transformTags: {
      '*': (tagName, attributes) => {
        hasShape ||= shapes.includes(tagName);
        const classes = (attributes['class'] ?? '').split(/\s+/);
        const styled = [
          ...Object.entries(attributes),
          ...classes.flatMap((name) => rules.get(name) ?? []),
          ...declarations(attributes['style'] ?? ''),
        ];
        const attribs = Object.fromEntries(styled.filter(([name, value]) => isHarmless(name, value)));
        return { tagName, attribs };
      },
    },
  }).trim();
  // One drawing, and no text around it.
  const root = /^<svg\b([^]*)<\/svg>$/.exec(clean);
  if (!root || !hasShape || clean.indexOf('<svg', 1) !== -1 && /<\/svg>[^]*<svg/.test(clean)) {
    return undefined;
  }
  const namespaces = clean.includes('xlink:href')
    ? 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    : 'xmlns="http://www.w3.org/2000/svg"';
  return `<svg ${namespaces}${root[1]}</svg>`;
}
