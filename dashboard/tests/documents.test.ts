// @vitest-environment node
// The documentation in the dashboard: an alert leads to its entry, and no link of a page to nowhere.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDocument } from '../documents.ts';
import {
  type Block,
  type Document,
  type DocumentName,
  documentNames,
  type Inline,
  plainText,
  type Target,
} from '../src/features/docs/document.ts';

const root = join(import.meta.dirname, '..', '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

const documents = new Map(documentNames.map((name) => [name, readDocument(name)]));
const documentOf = (name: DocumentName): Document => documents.get(name)!;

const headings = (blocks: Block[]) => blocks.filter((block) => block.kind === 'heading');

const kinds = () => {
  const body = /create function private\.list_incident_kinds\(\)[\s\S]*?\$\$([\s\S]*?)\$\$/.exec(
    read('supabase/schemas/14_operators/07_incident_detection.sql'),
  )?.[1] ?? '';
  return [...body.matchAll(/\('(\w+)', '([^']+)', (?:true|false)\)/g)].map(([, kind = '', title = '']) => ({
    kind,
    title,
  }));
};

describe('the runbook in the dashboard', () => {
  const entries = headings(documentOf('runbook').blocks);

  it('has an entry for every kind of incident, at the address that its alert has', () => {
    expect(kinds().length).toBeGreaterThan(20);
    const found = kinds().map(({ kind }) => entries.find(({ id }) => id === kind));
    expect(found.map((entry) => entry && { kind: entry.id, title: plainText(entry.text) })).toEqual(kinds());
  });
});

describe.each(documentNames)('the page %s', (name) => {
  const { title, blocks } = documentOf(name);

  it('has a title, and every heading has an address of its own', () => {
    expect(title).not.toBe('');
    const ids = headings(blocks).map(({ id }) => id);
    expect(ids.length).toBeGreaterThan(2);
    expect(ids).toEqual([...new Set(ids)]);
  });

  it('links to headings that are there', () => {
    const linksIn = (text: Inline[]): Target[] =>
      text.flatMap((part) => {
        if (typeof part === 'string' || 'code' in part) return [];
        if ('to' in part) return [part.to];
        return linksIn('strong' in part ? part.strong : part.em);
      });
    const linksOf = (block: Block): Target[] => {
      switch (block.kind) {
        case 'heading':
        case 'paragraph':
          return linksIn(block.text);
        case 'list':
          return block.items.flat().flatMap(linksOf);
        case 'table':
          return [block.head, ...block.rows].flat().flatMap(linksIn);
        case 'code':
          return [];
      }
    };
    const links = blocks.flatMap(linksOf).filter((to) => 'page' in to);
    expect(links.length).toBeGreaterThan(2);
    const missing = links.filter(({ page, id }) =>
      id !== undefined && !headings(documentOf(page).blocks).some((heading) => heading.id === id)
    );
    expect(missing).toEqual([]);
  });

  it('is among the files that the site is built with', () => {
    const globbed = /docs\/\{([\w,-]+)\}\.md/.exec(read('dashboard/src/features/docs/routes.ts'))?.[1]?.split(
      ',',
    );
    expect(globbed).toEqual([...documentNames]);
    expect(readdirSync(join(root, 'docs'))).toContain(`${name}.md`);
  });
});
