// Fills the frame that shows an email. The frame is a document of ours without any content (public/message/*.html),
// sandboxed without scripts: nothing in an email can run. A document of its own and not srcdoc, because srcdoc
// inherits the page's policy, and the page may load no remote image at all while the one with images may.

/** What the sanitiser on the server lets through; everything else is removed, should it ever let more through. */
const attributes = new Set([
  'href',
  'rel',
  'target',
  'data-src',
  'alt',
  'width',
  'height',
  'colspan',
  'rowspan',
  'start',
]);
const refused =
  'script, style, link, meta, base, title, iframe, frame, frameset, object, embed, applet, form, input, button, select, textarea, svg, math, template, video, audio, source, picture, noscript, dialog';
const safeLink = /^(https?:|mailto:|tel:)/i;
const remote = /^https?:\/\//i;

/** The email as inert elements, parsed in a document without a window, where nothing loads or runs. */
export function parseMail(html: string): DocumentFragment {
  const parsed = new DOMParser().parseFromString(html, 'text/html');
  for (const element of parsed.body.querySelectorAll(refused)) element.remove();
  for (const element of parsed.body.querySelectorAll('*')) {
    for (const { name, value } of [...element.attributes]) {
      const isFine = attributes.has(name) && (name !== 'href' || safeLink.test(value.trim())) &&
        (name !== 'data-src' || remote.test(value.trim()));
      if (!isFine) element.removeAttribute(name);
    }
    if (element.tagName === 'A' && element.hasAttribute('href')) {
      element.setAttribute('target', '_blank');
      element.setAttribute('rel', 'noopener noreferrer nofollow');
    }
  }
  const fragment = parsed.createDocumentFragment();
  fragment.append(...parsed.body.childNodes);
  return fragment;
}

export function countImages(html: string): number {
  return new DOMParser().parseFromString(html, 'text/html').querySelectorAll('img[data-src]').length;
}

/** Shorter quotes stay open: folding them saves nothing. */
const minFoldedQuote = 240;

/** What is quoted at the end goes behind one line; `details` needs no script. */
export function foldQuotes(root: DocumentFragment): void {
  const document = root.ownerDocument;
  for (const quote of root.querySelectorAll('blockquote')) {
    if (quote.parentElement?.closest('blockquote')) continue;
    if ((quote.textContent ?? '').length < minFoldedQuote) continue;
    const details = document.createElement('details');
    const summary = document.createElement('summary');
    summary.textContent = 'Show quoted text';
    quote.replaceWith(details);
    details.append(summary, quote);
  }
}

/** Where an image would be: its description. One without (a tracking pixel, mostly) leaves nothing behind. */
function placeholder(image: Element): Node {
  const description = image.getAttribute('alt')?.trim();
  if (!description) return image.ownerDocument.createTextNode('');
  const box = image.ownerDocument.createElement('span');
  box.className = 'image';
  box.textContent = description;
  return box;
}

/** Puts an email into the frame's document. */
export function fillFrame(
  frame: Document,
  html: string,
  options: { withImages: boolean; css: string },
): void {
  const mail = parseMail(html);
  foldQuotes(mail);
  for (const image of mail.querySelectorAll('img')) {
    const address = image.getAttribute('data-src');
    if (options.withImages && address) image.setAttribute('src', address);
    else image.replaceWith(placeholder(image));
  }
  const style = frame.createElement('style');
  style.textContent = options.css;
  frame.head.querySelector('style')?.remove();
  frame.head.append(style);
  frame.body.replaceChildren(frame.adoptNode(mail));
}

/** The page's own colours: an email has none of its own, because its styles are removed. */
export function frameCss(tokens: CSSStyleDeclaration, isDark: boolean): string {
  const token = (name: string) => tokens.getPropertyValue(name).trim();
  return `
    html { color-scheme: ${isDark ? 'dark' : 'light'}; background: transparent; }
    body {
      margin: 0; padding: 1px; overflow-wrap: anywhere; color: ${token('--ink')};
      font: 15px/1.55 ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif;
    }
    body > :first-child, body > div > :first-child { margin-top: 0; } body > :last-child { margin-bottom: 0; }
    a { color: ${token('--brand')}; } img { max-width: 100%; height: auto; }
    .image { display: inline-block; padding: 0.15em 0.6em; border: 1px dashed ${
    token('--line-strong')
  }; border-radius: 6px; color: ${token('--ink-soft')}; font-size: 12px; }
    table { max-width: 100%; border-collapse: collapse; } pre { white-space: pre-wrap; }
    blockquote { margin: 0.5em 0; padding-left: 0.9em; border-left: 3px solid ${token('--line')}; color: ${
    token('--ink-soft')
  }; }
    summary { width: fit-content; margin: 0.75em 0; padding: 0.2em 0.7em; border-radius: 999px; background: ${
    token('--raised')
  }; color: ${token('--ink-soft')}; font-size: 12px; cursor: pointer; }
    summary:focus-visible, a:focus-visible { outline: 2px solid ${token('--brand')}; outline-offset: 2px; }
  `;
}

export interface SplitText {
  text: string;
  /** Null: nothing quoted, or too little to fold away. */
  quoted: string | null;
}

const introductions = [
  /^(on|am|le|op|el|il|em) .{6,200}(wrote|schrieb|a écrit|schreef|escribió|ha scritto|escreveu)\b.{0,100}:$/i,
  /^-{2,}\s*(original message|forwarded message|ursprüngliche nachricht|oorspronkelijk bericht|message d'origine)\s*-{2,}$/i,
  /^_{10,}$/,
];

/** The text of an email and what it quotes below. */
export function splitQuoted(text: string): SplitText {
  const lines = text.split('\n');
  const at = lines.findIndex((line, index) => {
    const trimmed = line.trim();
    if (introductions.some((pattern) => pattern.test(trimmed))) return true;
    // A quote without introduction counts only when nothing but quotes follows.
    return trimmed.startsWith('>') && lines.slice(index).every((rest) => /^\s*(>|$)/.test(rest));
  });
  if (at <= 0) return { text, quoted: null };
  const quoted = lines.slice(at).join('\n').trim();
  return quoted.length < minFoldedQuote
    ? { text, quoted: null }
    : { text: lines.slice(0, at).join('\n').trim(), quoted };
}
