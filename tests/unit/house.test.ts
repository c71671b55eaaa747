// Rules of the code base that no compiler checks.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { circlesOf, importsOf } from '../support/imports.ts';
import { listFunctions } from '../../local/platform/functions/functions.ts';

const root = join(import.meta.dirname, '..', '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

function filesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((path) => statSync(join(root, path)).isFile());
}

const packageJson = JSON.parse(read('package.json')) as {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
};
const imports = (JSON.parse(read('deno.json')) as { imports: Record<string, string> }).imports;
const functionFiles = filesBelow('supabase/functions').filter((path) => path.endsWith('.ts'));

describe('the import map', () => {
  it('pins each package exactly, at the version of package.json, as a pair that also serves its subpaths', () => {
    for (const [name, version] of Object.entries(packageJson.dependencies)) {
      expect(version).toMatch(/^\d+\.\d+\.\d+$/);
      expect(imports[name]).toBe(`npm:${name}@${version}`);
      expect(imports[`${name}/`]).toBe(`npm:/${name}@${version}/`);
    }
    expect(Object.keys(imports).length).toBe(Object.keys(packageJson.dependencies).length * 2);
  });

  it('knows every bare specifier that a function uses; everything else is relative with its ending, or node:', () => {
    for (const path of functionFiles) {
      for (const [, specifier = ''] of read(path).matchAll(/(?:from|import)\s+'([^']+)'/g)) {
        if (specifier.startsWith('.')) expect(`${path}: ${specifier}`).toMatch(/\.ts$/);
        else if (!specifier.startsWith('node:')) {
          const known = specifier in imports ||
            Object.keys(imports).some((key) => key.endsWith('/') && specifier.startsWith(key));
          expect(`${path}: ${specifier} ${known}`).toBe(`${path}: ${specifier} true`);
        }
      }
    }
  });

  it('is named for every function in config.toml, with verify_jwt', () => {
    const config = read('supabase/config.toml');
    for (const slug of listFunctions()) {
      const section = config.split(`[functions.${slug}]`)[1]?.split('\n[')[0] ?? '';
      expect(section).toContain('import_map = "../deno.json"');
      expect(section).toMatch(/verify_jwt = (true|false)/);
    }
  });
});

describe('the functions', () => {
  it('use Deno only through Web APIs, so that every runtime reads the same files', () => {
    for (const path of functionFiles) expect(`${path} ${/\bDeno\./.test(read(path))}`).toBe(`${path} false`);
  });

  it('hold only wiring in their own folders', () => {
    for (const slug of listFunctions()) {
      expect(readdirSync(join(root, 'supabase/functions', slug))).toEqual(['index.ts']);
      expect(read(`supabase/functions/${slug}/index.ts`).split('\n').length).toBeLessThan(60);
    }
  });
});

/** The folders of `_shared` by layer: each may import from lower layers and itself. */
const floors: Record<string, number> = {
  platform: 0,
  events: 1,
  providers: 2,
  jobs: 3,
  connections: 4,
  messages: 4,
  replies: 3,
  health: 4,
  mcp: 4,
  'sending-health': 4,
  campaigns: 5,
  people: 4,
  export: 5,
  import: 5,
  sync: 5,
  removal: 5,
  'personal-data': 5,
  agency: 4,
  outgoing: 5,
  crm: 5,
  'client-reports': 6,
  mail: 4,
  'language-model': 5,
  inbox: 5,
  webhooks: 5,
};

/** The same for the local stack. */
const localFloors: Record<string, number> = {
  'bootstrap.mjs': 6,
  shared: 0,
  platform: 1,
  archive: 1,
  stack: 2,
  dashboard: 3,
  demo: 3,
  move: 3,
  cli: 4,
  deploy: 5,
};

/** Imports that lead from one room to another on the same floor or above, as "from → to". */
function climbs(graph: Map<string, string[]>, base: string, order: Record<string, number>): string[] {
  const roomOf = (path: string) => path.startsWith(base) ? path.slice(base.length).split('/')[0] : undefined;
  const found: string[] = [];
  for (const [from, targets] of graph) {
    for (const to of targets) {
      const [own, other] = [roomOf(from), roomOf(to)];
      if (own === undefined || other === undefined || own === other) continue;
      if ((order[own] ?? -1) <= (order[other] ?? Infinity)) found.push(`${from} → ${to}`);
    }
  }
  return found;
}

describe('imports', () => {
  const graph = importsOf(root, [
    'supabase/functions',
    'simulators',
    'local',
    'bench',
    'evaluation',
    'tests',
    'dashboard',
  ]);

  it('form no circle', () => {
    expect(graph.size).toBeGreaterThan(400);
    expect(circlesOf(graph)).toEqual([]);
  });

  it('lead down: thin functions, flows, jobs, providers, events, platform', () => {
    expect(climbs(graph, 'supabase/functions/_shared/', floors)).toEqual([]);
    expect(climbs(graph, 'local/', localFloors)).toEqual([]);
  });

  it('of the product lead to nothing that only tests, benchmarks or the local stack have', () => {
    for (const [from, targets] of graph) {
      if (!from.startsWith('supabase/') && !from.startsWith('dashboard/src/')) continue;
      for (const to of targets) {
        expect(`${from} → ${to}`).not.toMatch(/→ (local|simulators|bench|tests|dashboard\/tests)\//);
      }
    }
  });

  it('are seen: a circle and a climb of two made-up files are found', () => {
    const circle = new Map([['a.ts', ['b.ts']], ['b.ts', ['c.ts']], ['c.ts', ['a.ts']], ['d.ts', ['a.ts']]]);
    expect(circlesOf(circle)).toEqual([['a.ts', 'b.ts', 'c.ts']]);
    const climb = new Map([['x/platform/http.ts', ['x/sync/steps.ts']], ['x/sync/steps.ts', [
      'x/jobs/job.ts',
    ]]]);
    expect(climbs(climb, 'x/', floors)).toEqual(['x/platform/http.ts → x/sync/steps.ts']);
  });
});
const isGenerated = (path: string) =>
  path.endsWith('database.types.ts') || path.startsWith(join('supabase', 'migrations'));

/** Small files with one importer that stay, because their name is where a reader looks. */
const ownRooms = [
  // Generated: few lines, each of 150,000 characters.
  /^supabase\/functions\/_shared\/client-reports\/pdf\/noto-sans\.ts$/,
  // One file per command of package.json.
  /^local\/cli\//,
  // One file per part of the contract that a provider may have.
  /^supabase\/functions\/_shared\/providers\/instantly\/delivery-log\.ts$/,
];

describe('every file', () => {
  it('of fewer than 40 lines has more than one importer; else it is part of its only one', () => {
    const folders = ['supabase/functions', 'simulators', 'local'];
    const importers = new Map<string, number>();
    for (const [, targets] of importsOf(root, [...folders, 'bench', 'evaluation', 'tests', 'dashboard'])) {
      for (const target of new Set(targets)) importers.set(target, (importers.get(target) ?? 0) + 1);
    }
    const small = folders.flatMap(filesBelow).filter((path) =>
      importers.get(path) === 1 && read(path).split('\n').length <= 40 &&
      !ownRooms.some((room) => room.test(path))
    );
    expect(small).toEqual([]);
  });

  it('holds one side of every merge', () => {
    const files = ['supabase', 'simulators', 'local', 'tests', 'bench', 'evaluation', 'docs', 'dashboard/src']
      .flatMap(filesBelow).filter((path) => /\.(tsx?|sql|mjs|css|md|json|toml)$/.test(path));
    expect(files.filter((path) => /^ *(<{7}|>{7}) /m.test(read(path)))).toEqual([]);
  });

  it('stays under 400 lines', () => {
    const sources = [
      'supabase',
      'simulators',
      'local',
      'tests',
      'bench',
      'evaluation',
      'dashboard/src',
      'dashboard/tests',
    ]
      .flatMap(
        filesBelow,
      )
      .filter((path) => /\.(tsx?|sql|mjs|css)$/.test(path) && !isGenerated(path));
    // Without the lists that "npm run isolation" writes.
    const linesOf = (path: string) =>
      read(path).replaceAll(/-- <declared \w+>[\s\S]*?-- <\/declared>/g, '').split('\n').length;
    const tooLong = sources.map((path) => [path, linesOf(path)] as const).filter((
      [, lines],
    ) => lines > 400);
    expect(tooLong).toEqual([]);
  });
});
