import { sanitizeHtml } from '../platform/sanitize-html.ts';

/** Characters; longer mails are cut, so that the page stays responsive. */
const maxHtml = 500_000;

const blocks = [
  'address',
  'article',
  'blockquote',
  'center',
  'div',
  'dl',
  'dd',
  'dt',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'hr',
  'li',
  'ol',
  'p',
  'pre',
  'section',
  'table',
  'tbody',
  'tfoot',
  'thead',
  'tr',
  'ul',
];

const inline = [
  'a',
  'abbr',
  'b',
  'br',
  'caption',
  'cite',
  'code',
  'del',
  'em',
  'i',
  'img',
  'ins',
  'kbd',
  'mark',
  'q',
  's',
  'small',
  'span',
  'strike',
  'strong',
  'sub',
  'sup',
  'td',
  'th',
  'tt',
  'u',
];

/** Elements that are removed with their content. */
const dropped = [
  'applet',
  'audio',
  'canvas',
  'embed',
  'frameset',
  'head',
  'iframe',
  'math',
  'noembed',
  'noframes',
  'noscript',
  'object',
  'option',
  'plaintext',
  'script',
  'select',
  'style',
  'svg',
  'template',
  'textarea',
  'title',
  'video',
  'xmp',
];

/** Allowed sizes: digits, for a width also a percentage. */
const measures = { width: /^\d{1,4}%?$/, height: /^\d{1,4}$/ };

/**
 * The HTML of a mail that is safe to show: text, links, tables and simple formatting. No scripts, styles, forms, frames or
 * event handlers. Showing it loads nothing: an image's URL is moved to data-src.
 */
export function sanitiseHtml(html: string): string {
  return sanitizeHtml(html.slice(0, maxHtml), {
    allowedTags: [...blocks, ...inline],
    nonTextTags: dropped,
    allowedAttributes: {
      a: ['href', 'rel', 'target'],
      img: ['data-src', 'alt', 'width', 'height'],
      td: ['colspan', 'rowspan'],
      th: ['colspan', 'rowspan'],
      ol: ['start'],
    },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowedSchemesAppliedToAttributes: ['href', 'data-src'],
    allowProtocolRelative: false,
    disallowedTagsMode: 'discard',
    // Real mails nest tables a dozen deep; more is an attack.
    nestingLimit: 100,
    transformTags: {
      a: (_, { href }) => ({
        tagName: 'a',
        attribs: href !== undefined && /^(https?:|mailto:|tel:)/i.test(href.trim())
          ? { href: href.trim(), rel: 'noopener noreferrer nofollow', target: '_blank' }
          : {},
      }),
      img: (_, { src, alt, width, height }) => ({
        tagName: 'img',
        attribs: {
          ...(src !== undefined && /^https?:\/\//i.test(src.trim()) ? { 'data-src': src.trim() } : {}),
          ...(alt ? { alt } : {}),
          ...(width !== undefined && measures.width.test(width) ? { width } : {}),
          ...(height !== undefined && measures.height.test(height) ? { height } : {}),
        },
      }),
    },
  });
}

const entities: Record<string, string> = { lt: '<', gt: '>', quot: '"', amp: '&', nbsp: ' ' };
const endOfLine = new RegExp(`<br[^>]*>|</(?:${blocks.join('|')})>|<hr[^>]*>`, 'gi');

/** Sanitised HTML as text, one line per block. */
export function textOfHtml(sanitised: string): string {
  return sanitizeHtml(
    sanitised.replace(endOfLine, (tag) => `${tag}\n`).replace(/<\/t[dh]>/gi, (tag) => `${tag} `),
    {
      allowedTags: [],
      allowedAttributes: {},
    },
  )
    .replace(/&(lt|gt|quot|amp|nbsp);/g, (_, name: string) => entities[name] ?? '')
    .replaceAll('\u00a0', ' ')
    .split('\n').map((line) => line.trim()).join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
