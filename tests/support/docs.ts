// The pages under docs/ as tests read them.
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

/** The names of all snippets of the API reference. */
export const snippetNames = (): string[] =>
  codeBlocks(apiReference(), 'ts').flatMap((code) => /^\/\/ snippet: (\w+)/.exec(code)?.[1] ?? []);

/** Runs a snippet of the API reference as the signed-in reader and returns its `data`; `given` are the names it uses. */
export async function runSnippet(
  name: string,
  reader: unknown,
  given: Record<string, unknown> = {},
): Promise<Record<string, unknown>[]> {
  const code = codeBlocks(apiReference(), 'ts').find((block) => block.startsWith(`// snippet: ${name}\n`));
  if (code === undefined) throw new Error(`The API reference has no snippet "${name}"`);
  const run = await transformWithOxc(`async () => {\n${code}\nreturn data;\n}`, `${name}.ts`);
  type Run = (...values: unknown[]) => () => Promise<Record<string, unknown>[]>;
  const make = new Function(
    'supabase',
    ...Object.keys(given),
    `return (${run.code.trim().replace(/;$/, '')});`,
  ) as Run;
  return await make(reader, ...Object.values(given))();
}
