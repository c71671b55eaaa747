// Each fenced block of every page is run or checked by a machine, or is in the list below with the reason why not.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { describe, expect, it } from 'vitest';
import { type Fence, fences, nameOf, pages, readPage, root } from '../support/docs.ts';

/** Blocks of code that no test runs: the page, the beginning of the block, and why. */
const notRun: readonly (readonly [page: string, begins: string, reason: string])[] = [
  [
    'docs/api-operators.md',
    'const channel = supabase',
    'the embedded stack delivers no broadcasts; supabase/tests check what is sent and who may listen',
  ],
  [
    'simulators/README.md',
    'import { startInstantlySimulator }',
    'a sketch whose middle the caller writes; the same calls are in every test that has a provider',
  ],
  [
    'simulators/README.md',
    'const hubspot =',
    'a sketch whose middle the caller writes; tests/support/crm-scene.ts does the same',
  ],
  [
    'simulators/README.md',
    'simulator.faults.set',
    'needs the simulator of the sketch above it; the fault tests set each of these',
  ],
];

/** What a snippet finds around it. */
const givenNames: Record<string, string> = {
  supabase: 'SupabaseClient<Database>',
  alertIds: 'string[]',
  ...Object.fromEntries(
    [
      'campaignId',
      'clientId',
      'connectionId',
      'email',
      'exportId',
      'from',
      'jobId',
      'leadId',
      'mailbox',
      'messageId',
      'password',
      'projectUrl',
      'publishableKey',
      'reportId',
      'text',
      'to',
      'token',
    ].map((name) => [name, 'string']),
  ),
};

const blocks = pages.flatMap((page) => fences(page));
const of = (language: string) => blocks.filter((block) => block.language === language);
const at = ({ page, line }: Fence) => `${page}:${line}`;
const isNotRun = ({ page, code }: Fence) =>
  notRun.some(([listed, begins]) => listed === page && code.startsWith(begins));
const testCode = ['tests/integration', 'tests/unit'].flatMap((folder) =>
  readdirSync(join(root, folder)).filter((name) => name !== 'docs-snippets.test.ts')
    .map((name) => readPage(join(folder, name)))
).join('\n');

/** Whether a test calls `snippet('name')` or `runSnippet('name')`. */
const isRun = (name: string): boolean => new RegExp(`nippet\\(\\s*'${name}'`).test(testCode);

/** Words in angle brackets are for the reader to fill in. */
const filled = (code: string): string => code.replace(/<[a-z][^<>\n]*>/gi, 'filled-in');

describe('the blocks of the pages', () => {
  it('have a language', () => {
    const languages = ['sh', 'sql', 'ts', 'js', 'json', 'mermaid', 'text'];
    expect(blocks.length).toBeGreaterThan(100);
    expect(blocks.filter(({ language }) => !languages.includes(language)).map(at)).toEqual([]);
  });

  it('are in the list of those that are not run only if they are on the page, and not run', () => {
    const stale = notRun.filter(([page, begins, reason]) =>
      !blocks.some((block) => block.page === page && block.code.startsWith(begins)) || reason.length < 30
    );
    expect(stale).toEqual([]);
    expect(blocks.filter((block) => isNotRun(block) && nameOf(block, 'snippet') !== undefined).map(at))
      .toEqual([]);
  });

  it.each(of('ts').filter((block) => !isNotRun(block)).map((block) => [at(block), block] as const))(
    '%s, TypeScript, is run by a test under its name, or compiled',
    (_, block) => {
      const snippet = nameOf(block, 'snippet');
      if (snippet === undefined) expect(block.code).toMatch(/^\/\/ types: /);
      else expect(isRun(snippet)).toBe(true);
    },
  );

  it('in TypeScript compile against the types of the database', () => {
    mkdirSync(join(root, '.replyloop'), { recursive: true });
    // Inside of the checkout, whose packages and types they import.
    const folder = mkdtempSync(join(root, '.replyloop', 'snippets-'));
    const types = '../../supabase/functions/_shared/platform/database.types.ts';
    try {
      for (const { line, code } of of('ts').filter(({ code }) => code.startsWith('// types: '))) {
        writeFileSync(join(folder, `types-${line}.ts`), code.replace('./database.types.ts', types));
      }
      const snippets = of('ts').filter((block) => nameOf(block, 'snippet') !== undefined);
      const bodies = snippets.map((block) =>
        `// ${at(block)}\nexport async function ${
          nameOf(block, 'snippet')
        }_() {\n${block.code}\nreturn data;\n}\n`
      );
      const given = Object.entries(givenNames).map(([name, type]) => `declare const ${name}: ${type};\n`);
      writeFileSync(
        join(folder, 'snippets.ts'),
        `import { createClient, type SupabaseClient } from '@supabase/supabase-js';\nimport type { Database } from '${types}';\n${
          given.join('')
        }${bodies.join('')}`,
      );
      const config = { extends: '../../tsconfig.json', include: ['*.ts'], exclude: [] };
      writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
      const compiler = join(root, 'node_modules/typescript/bin/tsc');
      const { stdout } = spawnSync(process.execPath, [compiler, '--noEmit', '-p', folder], {
        encoding: 'utf8',
      });
      expect(snippets.length).toBeGreaterThan(50);
      expect(stdout).toBe('');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }, 30_000);

  it('have each name once', () => {
    const names = blocks.flatMap((block) => nameOf(block, 'snippet') ?? nameOf(block, 'program') ?? []);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it.each(of('js').map((block) => [at(block), block] as const))(
    '%s, JavaScript, is a program that a test runs',
    (_, block) => {
      expect(testCode.includes(`'${nameOf(block, 'program') ?? 'a block without a name'}'`)).toBe(true);
    },
  );

  it.each(of('json').map((block) => [at(block), block] as const))('%s, JSON, can be parsed', (_, block) => {
    expect(JSON.parse(block.code)).toBeInstanceOf(Object);
  });

  it.each(of('sql').filter((block) => nameOf(block, 'snippet')).map((block) => [at(block), block] as const))(
    '%s, SQL with a name, is run by a test; what has none, by tests/integration/docs.test.ts',
    (_, block) => {
      expect(isRun(nameOf(block, 'snippet') ?? '')).toBe(true);
    },
  );

  it('are diagrams of a kind that GitHub draws', () => {
    expect(of('mermaid').filter(({ code }) => !/^(flowchart|stateDiagram-v2|erDiagram)\b/.test(code)).map(at))
      .toEqual([]);
  });
});

describe('the commands of the pages', () => {
  const commands = of('sh');
  const { scripts } = JSON.parse(readPage('package.json')) as { scripts: Record<string, string> };
  const sources = ['local', 'bench', 'tests', 'evaluation', 'simulators'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true }).map(String).filter((name) =>
      /\.(ts|mjs)$/.test(name)
    )
      .filter((name) => !name.endsWith('docs-snippets.test.ts')).map((name) => readPage(join(folder, name)))
  ).join('\n');

  it.each(commands.map((block) => [at(block), block] as const))('%s can be parsed by bash', (_, { code }) => {
    const { status, stderr } = spawnSync('bash', ['-n'], { input: filled(code), encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });

  it('call scripts of package.json, with options that they take', () => {
    const calls = commands.flatMap((block) =>
      block.code.replaceAll('\\\n', ' ').split('\n').flatMap((line) =>
        [
          ...line.replace(/(^|\s)#.*$/, '').matchAll(
            /(?:^|[|;&(] *|\w='?[^ ]*'? )npm (?:run (?:--silent )?)?([\w:-]+)((?: [^|;&]*)?)/g,
          ),
        ]
          .map(([, script = '', rest = '']) => ({ block, script, rest }))
      )
    ).filter(({ script }) => !['ci', 'install'].includes(script));
    expect(calls.length).toBeGreaterThan(30);
    expect(calls.filter(({ script }) => !(script in scripts)).map(({ block }) => at(block))).toEqual([]);
    const options = calls.flatMap(({ block, rest }) =>
      [...rest.matchAll(/ --([a-z][\w-]*)/g)].map(([, option = '']) => ({ block, option }))
    );
    expect(options.length).toBeGreaterThan(10);
    const unknown = options.filter(({ option }) =>
      !new RegExp(`['"]${option}['"]|--${option}\\b|\\b${option}: \\{ type`).test(sources)
    );
    expect(unknown.map(({ block, option }) => `${at(block)} --${option}`)).toEqual([]);
  });

  it('call functions that exist, with bodies that are JSON', () => {
    const calls = commands.flatMap((block) =>
      [...block.code.matchAll(/\$FUNCTIONS_URL\/([\w-]+)/g)].map(([, name = '']) => ({ block, name }))
    );
    expect(calls.length).toBeGreaterThan(8);
    const missing = calls.filter(({ name }) =>
      !existsSync(join(root, 'supabase/functions', name, 'index.ts'))
    );
    expect(missing.map(({ block, name }) => `${at(block)} ${name}`)).toEqual([]);
    for (const block of commands) {
      for (const [, body = ''] of block.code.matchAll(/-d '(\{[\s\S]*?\})'/g)) JSON.parse(body);
    }
  });
});
