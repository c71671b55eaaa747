// The pages of docs/ that operators read in the dashboard, taken apart when the site is built: they match its version, need no
// network, and no HTML is put into the page.
import { marked, type Token, type Tokens } from 'marked';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import {
  type Block,
  type Document,
  type DocumentName,
  type Inline,
  isDocumentName,
  plainText,
  type Target,
} from './src/features/docs/document.ts';

const folder = join(import.meta.dirname, '..', 'docs');
const pathOf = (name: DocumentName): string => join(folder, `${name}.md`);

interface Place {
  page: DocumentName;
  /** The anchors of a page; each page is read once. */
  idsOf: (name: DocumentName) => Map<string, string>;
}

export function readDocument(name: DocumentName): Document {
  const known = new Map<DocumentName, Map<string, string>>();
  const place: Place = {
    page: name,
    idsOf: (page) => {
      const ids = known.get(page) ?? readIds(page);
      known.set(page, ids);
      return ids;
    },
  };
  const blocks = tokensOf(name).flatMap((token) => block(token, place));
  const first = blocks[0];
  if (first?.kind !== 'heading' || first.level !== 1) throw new Error(`docs/${name}.md has no title`);
  return { title: plainText(first.text), blocks: blocks.slice(1) };
}

const tokensOf = (name: DocumentName): Token[] => marked.lexer(readFileSync(pathOf(name), 'utf8'));

/** An anchor of the file as it is read elsewhere, and where it is here: an entry of the runbook has the name of its incident. */
function readIds(name: DocumentName): Map<string, string> {
  const ids = new Map<string, string>();
  const tokens = tokensOf(name).filter(({ type }) => type !== 'space');
  for (const [position, token] of tokens.entries()) {
    if (token.type !== 'heading') continue;
    const anchor = anchorOf(token as Tokens.Heading);
    const next = tokens[position + 1];
    const start = next?.type === 'paragraph' ? (next as Tokens.Paragraph).tokens[0] : undefined;
    const kind = name === 'runbook' && start?.type === 'codespan'
      ? (start as Tokens.Codespan).text
      : undefined;
    ids.set(anchor, kind ?? anchor);
  }
  return ids;
}

/** As GitHub makes it. */
const anchorOf = ({ tokens }: Tokens.Heading): string =>
  plainText(tokens.map(({ raw }) => raw.replace(/`/g, ''))).toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

function block(token: Token, place: Place): Block[] {
  const inlineOf = (tokens: Token[] | undefined) => (tokens ?? []).flatMap((one) => inline(one, place));
  switch (token.type) {
    case 'space':
      return [];
    case 'heading': {
      const { depth, tokens } = token as Tokens.Heading;
      const anchor = anchorOf(token as Tokens.Heading);
      return [{
        kind: 'heading',
        level: depth,
        id: place.idsOf(place.page).get(anchor) ?? anchor,
        text: inlineOf(tokens),
      }];
    }
    case 'paragraph':
    case 'text':
      return [{ kind: 'paragraph', text: inlineOf((token as Tokens.Paragraph).tokens) }];
    case 'list': {
      const { ordered, items } = token as Tokens.List;
      return [{
        kind: 'list',
        ordered,
        items: items.map((item) => item.tokens.flatMap((one) => block(one, place))),
      }];
    }
    case 'table': {
      const { header, rows } = token as Tokens.Table;
      return [{
        kind: 'table',
        head: header.map((cell) => inlineOf(cell.tokens)),
        rows: rows.map((row) => row.map((cell) => inlineOf(cell.tokens))),
      }];
    }
    case 'code':
      return [{ kind: 'code', text: (token as Tokens.Code).text }];
    default:
      throw unknown(token, place);
  }
}

function inline(token: Token, place: Place): Inline[] {
  const inner = (tokens: Token[]) => tokens.flatMap((one) => inline(one, place));
  switch (token.type) {
    case 'text':
    case 'escape':
    // A word in pointed brackets is a placeholder, not an element.
    case 'html':
      return [(token as Tokens.Text).text];
    case 'codespan':
      return [{ code: (token as Tokens.Codespan).text }];
    case 'strong':
      return [{ strong: inner((token as Tokens.Strong).tokens) }];
    case 'em':
      return [{ em: inner((token as Tokens.Em).tokens) }];
    case 'link': {
      const { href, tokens } = token as Tokens.Link;
      const to = targetOf(href, place);
      return to === undefined ? inner(tokens) : [{ to, text: inner(tokens) }];
    }
    default:
      throw unknown(token, place);
  }
}

const unknown = ({ type, raw }: Token, { page }: Place) =>
  new Error(`docs/${page}.md has a ${type}, which the dashboard does not show: ${raw}`);

/** Undefined for a page that is not shown here. */
function targetOf(href: string, { page, idsOf }: Place): Target | undefined {
  if (/^https?:/.test(href)) return { url: href };
  const [file = '', anchor] = href.split('#');
  const name = file === '' ? page : file.replace(/\.md$/, '');
  if (!isDocumentName(name)) return undefined;
  if (anchor === undefined) return { page: name };
  const id = idsOf(name).get(anchor);
  if (id === undefined) throw new Error(`docs/${page}.md links to ${href}, which is not there`);
  return { page: name, id };
}

/** Makes a module of each of these pages; its default export is the Document. */
export function documents(): Plugin {
  return {
    name: 'replyloop-documents',
    enforce: 'pre',
    load(id) {
      const name = /\/docs\/([\w-]+)\.md$/.exec(id)?.[1];
      if (name === undefined || !isDocumentName(name)) return undefined;
      return {
        code: `export default ${JSON.stringify(readDocument(name))}`,
        map: null,
        moduleType: 'js',
      };
    },
  };
}
