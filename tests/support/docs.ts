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

/** The code blocks of one language. */
export const codeBlocks = (markdown: string, language: string): string[] =>
  [...markdown.matchAll(new RegExp(`^ *\`\`\`${language}\\n([\\s\\S]*?)^ *\`\`\`$`, 'gm'))].map((
    [, code = ''],
  ) => code);

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
  ...readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md')).sort().map((name) =>
    `docs/${name}`
  ),
];

const namedBlocks = (language: string, mark: string) =>
  pages.flatMap((page) =>
    codeBlocks(readPage(page), language).flatMap((code) => {
      const name = new RegExp(`^// ${mark}: (\\S+)\n`).exec(code)?.[1];
      return name === undefined ? [] : [{ name, code }];
    })
  );

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
