// The edge functions with a counter at each statement, as a copy that the stack of a test serves instead of them.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { FileCoverageData } from '@vitest/istanbul-lib-coverage';
import { createInstrumenter } from '@vitest/istanbul-lib-instrument';
import { transformWithOxc } from 'vite';
import { listFunctions } from '../../local/platform/functions/functions.ts';
import { functionsDirectory } from '../../local/shared/checkout.ts';
import { baseFile, hitsDirectory, instrumentedDirectory } from './places.ts';

/** Written by a command, not by people: types of the database, a font, the weights of the reply model. */
export const generated = /platform\/database\.types\.ts$|pdf\/noto-sans\.ts$|replies\/model\/weights\.ts$/;

export async function instrumentFunctions(): Promise<void> {
  rmSync(dirname(instrumentedDirectory), { recursive: true, force: true });
  mkdirSync(hitsDirectory, { recursive: true });
  const instrumenter = createInstrumenter({ esModules: true, coverageVariable: '__coverage__' });
  const base: Record<string, FileCoverageData> = {};
  for (const name of readdirSync(functionsDirectory, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts')) continue;
    const file = join(functionsDirectory, name);
    const source = readFileSync(file, 'utf8');
    const target = join(instrumentedDirectory, name);
    mkdirSync(dirname(target), { recursive: true });
    if (generated.test(name)) {
      writeFileSync(target, source);
      continue;
    }
    const { code, map } = await transformWithOxc(source, file, { sourcemap: true, target: 'esnext' });
    writeFileSync(target, instrumenter.instrumentSync(code, file, map as never));
    base[file] = instrumenter.lastFileCoverage();
  }
  writeFileSync(baseFile, JSON.stringify(base));
  const writer = join(instrumentedDirectory, '_coverage.ts');
  writeFileSync(writer, writeHits);
  for (const slug of listFunctions()) {
    const index = join(instrumentedDirectory, slug, 'index.ts');
    writeFileSync(index, `import '${relative(dirname(index), writer)}';\n${readFileSync(index, 'utf8')}`);
  }
}

/** In each function: what was counted, every few seconds because some are killed, and at the end. */
const writeHits = `
const file = ${JSON.stringify(hitsDirectory)} + '/' + crypto.randomUUID() + '.json';
const reached = (counts) => Object.keys(counts).filter((id) => counts[id] > 0);
function write() {
  const hits = {};
  for (const [path, { s, f, b }] of Object.entries(globalThis.__coverage__ ?? {})) {
    const statements = reached(s);
    if (statements.length > 0) hits[path] = { s: statements, f: reached(f) };
  }
  Deno.writeTextFileSync(file, JSON.stringify(hits));
}
Deno.unrefTimer(setInterval(write, 3_000));
for (const signal of ['SIGTERM', 'SIGINT']) {
  Deno.addSignalListener(signal, () => {
    write();
    Deno.exit(0);
  });
}
`;
