// Deno 2.1 may hang where a CommonJS package requires an ES module that is not loaded yet (_shared/platform/sanitize-html.ts).
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { checkoutRoot, functionsDirectory } from '../../local/shared/checkout.ts';

const { imports } = z.object({ imports: z.record(z.string(), z.string()) }).parse(
  JSON.parse(readFileSync(join(checkoutRoot, 'deno.json'), 'utf8')),
);
const sources = readdirSync(functionsDirectory, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts')).map((path) => readFileSync(join(functionsDirectory, path), 'utf8'));

/** What the functions name in their imports, of packages only. */
const specifiers = [
  ...new Set(
    sources.flatMap((source) => [...source.matchAll(/^(?:import|export|\}) .*?'([^'.][^']*)'/gm)])
      .map(([, specifier]) => specifier ?? '')
      .filter((specifier) => Object.keys(imports).some((name) => specifier.startsWith(name))),
  ),
];

/** Which package requires which ES module, as Node reports it while it loads everything. */
async function requiredModules(): Promise<[from: string, required: string][]> {
  const script = `for (const name of ${JSON.stringify(specifiers)}) await import(name)`;
  const { stderr } = await promisify(execFile)(
    process.execPath,
    ['--trace-require-module=all', '--input-type=module', '--eval', script],
    { cwd: checkoutRoot },
  );
  const name = (path = '') =>
    /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules)/.exec(path)?.[1] ?? path;
  return [...stderr.matchAll(/CommonJS module (.+) is loading ES Module (.+) using require/g)].map((
    [, from, required],
  ) => [name(from), name(required)]);
}

test('an ES module that a CommonJS package requires is imported before the package', async () => {
  expect(specifiers).toContain('sanitize-html');
  const pairs = await requiredModules();
  expect(pairs).toContainEqual(['sanitize-html', 'htmlparser2']);
  for (const [from, required] of pairs) {
    for (const source of sources.filter((text) => text.includes(`from '${from}'`))) {
      const first = source.indexOf(`import '${required}'`);
      expect([required, from, first >= 0 && first < source.indexOf(`from '${from}'`)]).toEqual([
        required,
        from,
        true,
      ]);
    }
    // Another copy would still be loaded by the package.
    expect(existsSync(join(checkoutRoot, 'node_modules', from, 'node_modules', required))).toBe(false);
  }
});
