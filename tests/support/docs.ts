// The pages under docs/ as tests read them, and their snippets as tests run them.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformWithOxc } from 'vite';

export const root = join(import.meta.dirname, '..', '..');

export const readPage = (path: string): string => readFileSync(join(root, path), 'utf8');

/** docs/api.md and the pages that it is continued on, one after the other. */
export const apiReference = (): string =>
  readdirSync(join(root, 'docs')).filter((name) => /^api(-[\w-]+)?\.md$/.test(name)).sort().map((name) =>
    readPage(`docs/${name}`)
  ).join('\n');

/** A fenced block of a page, without the indentation of the list that it is in. */
export interface Fence {
  page: string;
  line: number;
  language: string;
  code: string;
}

/** The fenced blocks of a page, in order. */
export function fences(page: string, markdown: string = readPage(page)): Fence[] {
  const found: Fence[] = [];
  let open: (Fence & { indent: number }) | undefined;
  for (const [index, line] of markdown.split('\n').entries()) {
    if (open === undefined) {
      const [, before, language] = /^( *(?:\d+\. +)?)```(\w*)$/.exec(line) ?? [];
      if (before !== undefined && language !== undefined) {
        open = { page, line: index + 1, language, code: '', indent: before.length };
      }
    } else if (/^ *```$/.test(line)) {
      const { indent: _, ...fence } = open;
      found.push(fence);
      open = undefined;
    } else {
      open.code += `${line.slice(Math.min(open.indent, line.search(/\S|$/)))}\n`;
    }
  }
  if (open !== undefined) throw new Error(`${page}:${open.line} has no end`);
  return found;
}

/** The code blocks of one language. */
export const codeBlocks = (markdown: string, language: string): string[] =>
  fences('', markdown).filter((fence) => fence.language === language).map(({ code }) => code);

/** The text below a heading, up to the next one of the same or a higher level. */
export function section(markdown: string, heading: string): string {
  const lines = markdown.split('\n');
  const start = lines.findIndex((line) => line.replace(/^#+ /, '') === heading && line.startsWith('#'));
  if (start < 0) throw new Error(`There is no heading "${heading}"`);
  const level = /^#+/.exec(lines[start] ?? '')?.[0].length ?? 1;
  const length = lines.slice(start + 1).findIndex((line) => (/^(#+) /.exec(line)?.[1]?.length ?? 9) <= level);
  return lines.slice(start + 1, length < 0 ? undefined : start + 1 + length).join('\n');
}

/** Every page for readers, by its path from the root. */
export const pages: readonly string[] = [
  'README.md',
  'CONTRIBUTING.md',
  'AGENTS.md',
  'CHANGELOG.md',
  'simulators/README.md',
  'evaluation/replies/README.md',
  ...readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md')).sort().map((name) =>
    `docs/${name}`
  ),
];

/** What a block calls itself in its first line: "// snippet: messages". */
export const nameOf = ({ code }: Pick<Fence, 'code'>, mark: string): string | undefined =>
  new RegExp(`^(?://|--) ${mark}: (\\S+)\n`).exec(code)?.[1];

const namedBlocks = (language: string, mark: string) =>
  pages.flatMap((page) => fences(page)).filter((fence) => fence.language === language).flatMap((fence) => {
    const name = nameOf(fence, mark);
    return name === undefined ? [] : [{ name, code: fence.code }];
  });

/** The names of all snippets, which are run as a part of a program that is signed in. */
export const snippetNames = (): string[] => namedBlocks('ts', 'snippet').map(({ name }) => name);

/** The programs that a reader saves under these names, without the line that names them. */
export const programs = (): { name: string; code: string }[] =>
  namedBlocks('js', 'program').map(({ name, code }) => ({ name, code: code.slice(code.indexOf('\n') + 1) }));

/** Runs a snippet as the signed-in reader and returns its `data`; `given` are the names it uses. */
export async function runSnippet(
  name: string,
  reader: unknown,
  given: Record<string, unknown> = {},
): Promise<Record<string, unknown>[]> {
  const found = namedBlocks('ts', 'snippet').filter((snippet) => snippet.name === name);
  const [code, another] = found.map((snippet) => snippet.code);
  if (code === undefined || another !== undefined) {
    throw new Error(`The pages have ${found.length} snippets "${name}" instead of one`);
  }
  const run = await transformWithOxc(`async () => {\n${code}\nreturn data;\n}`, `${name}.ts`);
  type Run = (...values: unknown[]) => () => Promise<Record<string, unknown>[]>;
  const make = new Function(
    'supabase',
    ...Object.keys(given),
    `return (${run.code.trim().replace(/;$/, '')});`,
  ) as Run;
  return await make(reader, ...Object.values(given))();
}
