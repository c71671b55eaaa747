// Keeps docs/ true where a machine can tell.
import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { apiReference, pages as documents, readPage as read, root, section } from '../support/docs.ts';

/** The anchors that a reader can link to. */
function anchors(markdown: string): string[] {
  return [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-')
  );
}

function withoutCode(markdown: string): string {
  return markdown.replace(/^ *(?:\d+\. +)?```[\s\S]*?^ *```$/gm, '');
}

describe('docs/api.md', () => {
  const api = apiReference();

  it('lists exactly the error codes of _shared/platform/errors.ts, with their status', () => {
    const statuses =
      /const statusOf[^{]*\{([^}]*)\}/.exec(read('supabase/functions/_shared/platform/errors.ts'))?.[1] ?? '';
    const inCode = [...statuses.matchAll(/([A-Z_]+): (\d{3})/g)].map(([, code, status]) =>
      `${code} ${status}`
    );
    const listed = [...section(api, 'Error codes').matchAll(/^\| `([A-Z_]+)` +\| (\d{3}) /gm)].map((
      [, code, status],
    ) => `${code} ${status}`);
    expect(inCode.length).toBeGreaterThan(10);
    expect(listed.sort()).toEqual(inCode.sort());
  });

  it('gives each function its errors with the right status', () => {
    const inCode = read('supabase/functions/_shared/platform/errors.ts');
    for (const [, status, code] of section(api, 'Functions').matchAll(/^\| (\d{3}) +\| `([A-Z_]+)` /gm)) {
      expect(inCode).toContain(`${code}: ${status},`);
    }
  });

  it('names every table, view, SQL function and enum value that a client may meet', () => {
    const types = read('supabase/functions/_shared/platform/database.types.ts');
    const part = (from: string, to: string) =>
      types.slice(types.indexOf(`    ${from}: {`), types.indexOf(`    ${to}: {`));
    const names = (text: string) => [...text.matchAll(/^ {6}'?(\w+)'?: \{$/gm)].map(([, name = '']) => name);
    const tables = names(part('Tables', 'Views'));
    const views = names(part('Views', 'Functions'));
    const functions = [...part('Functions', 'Enums').matchAll(/^ {6}'?(\w+)'?:/gm)].map(([, name = '']) =>
      name
    );
    expect([tables.length, views.length, functions.length].every((count) => count > 3)).toBe(true);
    const missing = [...tables, ...views, ...functions].filter((name) =>
      !new RegExp(`\`${name}[\`(]|### ${name}$`, 'm').test(api)
    );
    expect(missing).toEqual([]);

    const events = /'?email_event_type'?:([\s\S]*?);\n/.exec(part('Enums', 'CompositeTypes'))?.[1] ?? '';
    const kinds = [...events.matchAll(/'(\w+)'/g)].map(([, kind]) => kind);
    expect(kinds.length).toBeGreaterThan(20);
    const eventTypes = section(api, 'Event types');
    expect(kinds.filter((kind) => !eventTypes.includes(`\`${kind}\``))).toEqual([]);
  });

  it('lists the aliases of event types that the webhook takes', () => {
    const mapping = read('supabase/functions/_shared/providers/instantly/webhook-mapping.ts');
    const table = /const types[^{]*\{([^}]*)\}/.exec(mapping)?.[1] ?? '';
    const aliases = [...table.matchAll(/(\w+): '(\w+)'/g)].filter(([, name, type]) => name !== type);
    expect(aliases.length).toBeGreaterThan(3);
    const eventTypes = section(api, 'Event types');
    expect(aliases.map(([, name]) => name).filter((name) => !eventTypes.includes(`\`${name}\``))).toEqual([]);
  });

  it('names every reason of a receipt', () => {
    const sources = [
      read('supabase/schemas/10_export/02_planning.sql').split('select case')[1]?.split(
        'end as reason',
      )[0] ?? '',
      read('supabase/functions/_shared/export/receipts.ts'),
    ].join('\n');
    const reasons = [...sources.matchAll(/(?:then |reason: )'(\w+)'/g)].map(([, reason]) => reason);
    expect(reasons.length).toBeGreaterThan(8);
    const receipts = section(api, 'export_receipts');
    expect([...new Set(reasons)].filter((reason) => !receipts.includes(`\`${reason}\``))).toEqual([]);
  });
});

describe('docs/operations.md', () => {
  it('names exactly the cron jobs that the migrations schedule, with the schedules of five fields', () => {
    const sql = readdirSync(join(root, 'supabase/migrations')).map((name) =>
      read(`supabase/migrations/${name}`)
    ).join('\n');
    const scheduled = new Map(
      [...sql.matchAll(/cron\.schedule\(\s*'([^']+)',\s*(?:'([^']+)'|private\.every_seconds\((\d+)\))/g)].map(
        (
          [, name = '', schedule = '', seconds],
        ) => [name, seconds === undefined ? schedule : `${seconds} seconds`],
      ),
    );
    const table = section(read('docs/operations.md'), 'What runs when');
    const rows = [...table.matchAll(/^\| `([^`]+)` +\| ([^|]+?) +\|/gm)];
    expect(rows.map(([, name]) => name).sort()).toEqual([...scheduled.keys()].sort());
    for (const [, name = '', described = ''] of rows) {
      const schedule = scheduled.get(name) ?? '';
      const expected = / seconds$/.test(schedule)
        ? `every ${parseInt(schedule)} s`
        : schedule === '* * * * *'
        ? 'every minute'
        : `\`${schedule}\``;
      expect(`${name} ${described}`).toBe(`${name} ${expected}`);
    }
  });

  it('names every variable of the functions and every secret of the cron jobs', () => {
    const operations = read('docs/operations.md');
    const variables = [
      ...read('supabase/functions/_shared/platform/environment.ts').matchAll(/^ {2}([A-Z_]+):/gm),
    ]
      .map(([, name]) => name);
    const secrets = readdirSync(join(root, 'supabase/migrations')).flatMap((file) =>
      [...read(`supabase/migrations/${file}`).matchAll(/s\.name = '(\w+)'/g)].map(([, name]) => name)
    );
    expect([variables.length, secrets.length]).toEqual([8, 5]);
    for (const name of [...variables, ...secrets]) expect(operations).toContain(`\`${name}\``);
  });

  it('names every npm script that it speaks of as package.json has it', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const text = documents.map(read).join('\n');
    const named = [...text.matchAll(/(?:npm run (?:--silent )?|[`\n]npm (?!run ))([\w-]*\w)/g)].map((
      [, name = ''],
    ) => name);
    expect(named.filter((name) => !['ci', 'install'].includes(name) && !(name in scripts))).toEqual([]);
  });
});

describe('CHANGELOG.md', () => {
  it('has a section for the version of package.json', () => {
    const { version } = JSON.parse(read('package.json')) as { version: string };
    expect(read('CHANGELOG.md')).toMatch(new RegExp(`^## \\[(Unreleased\\] ${version}|${version}\\])`, 'm'));
  });
});

describe('docs/decisions.md', () => {
  it('states versions that package.json has', () => {
    const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<
      string,
      Record<string, string>
    >;
    const versions = section(read('docs/decisions.md'), 'Versions are the newest, and exact');
    const stated = [...versions.matchAll(/`([@\w/-]+)` (\d+\.\d+(?:\.\d+)?)/g)];
    expect(stated.length).toBe(6);
    for (const [, name = '', version = ''] of stated) {
      expect(`${name} ${({ ...dependencies, ...devDependencies })[name]}`).toContain(`${name} ${version}`);
    }
  });
});

/** The pages that send a newcomer to files: every path in backticks exists, be it from the root or from one of these folders. */
const guides = ['docs/architecture.md', 'docs/add-a-provider.md', 'CONTRIBUTING.md', 'AGENTS.md'];
const startingPoints = ['', 'supabase/functions', 'supabase/functions/_shared', 'local', 'dashboard/src'];

describe.each(guides)('%s', (path) => {
  it('names only paths that exist', () => {
    const fileNames = new Set(
      ['supabase', 'local', 'simulators', 'dashboard', 'tests'].flatMap((folder) =>
        readdirSync(join(root, folder), { recursive: true }).map((name) => basename(String(name)))
      ),
    );
    const named = [...withoutCode(read(path)).matchAll(/`([\w./-]+)`/g)].map(([, name = '']) => name);
    const paths = named.filter((name) => name.includes('/') || /\.(tsx?|sql|md|mjs|json)$/.test(name));
    const exists = (name: string) =>
      // The walk through a new provider names files that its reader will make.
      /(^|\/)acme/.test(name) || startingPoints.some((folder) => existsSync(join(root, folder, name))) ||
      fileNames.has(name);
    expect(paths.length).toBeGreaterThan(5);
    expect(paths.filter((name) => !exists(name))).toEqual([]);
  });
});

describe('the pages together', () => {
  const links = (path: string) =>
    [...withoutCode(read(path)).matchAll(/\]\(([^)#]+)/g)].map(([, target = '']) => target).filter((target) =>
      !/^https?:/.test(target)
    ).map((target) => join(dirname(path), target));

  it('can all be reached from the README', () => {
    const reached = new Set(['README.md']);
    // A set is walked with what is added meanwhile.
    for (const page of reached) {
      for (const target of links(page)) {
        if (target.endsWith('.md') && existsSync(join(root, target))) reached.add(target);
      }
    }
    // For machines, which find it by its name.
    expect(documents.filter((page) => !reached.has(page) && page !== 'AGENTS.md')).toEqual([]);
  });

  it('lead through the dashboard by the names that it shows: **Settings → Clients → New client**', () => {
    const texts = readdirSync(join(root, 'dashboard/src'), { recursive: true }).map(String)
      .filter((name) => /\.tsx?$/.test(name)).map((name) => read(join('dashboard/src', name))).join('\n');
    // Of other products that an event goes to.
    const elsewhere = [
      'Catch Hook',
      'Webhooks by Zapier',
      'Custom webhook',
      'Webhooks',
      'Development',
      'Keys',
      'Service keys',
    ];
    const steps = documents.flatMap((path) =>
      [...withoutCode(read(path)).matchAll(/\*\*\[?([A-Z][^*\]\n]{0,60} → [^*\]\n]{1,80})[\]*]/g)].flatMap((
        [, way = ''],
      ) => way.split('→').map((step) => ({ path, step: step.trim().replace(/\.$/, '') })))
    );
    expect(steps.length).toBeGreaterThan(60);
    expect(steps.filter(({ step }) => !texts.includes(step) && !elsewhere.includes(step))).toEqual([]);
  });

  it('show every picture of docs/images', () => {
    const shown = new Set(documents.flatMap(links));
    expect(readdirSync(join(root, 'docs/images')).filter((name) => !shown.has(`docs/images/${name}`)))
      .toEqual([]);
  });
});

describe.each(documents)('%s', (path) => {
  const text = read(path);

  it('links only to what exists', () => {
    for (const [, target = ''] of withoutCode(text).matchAll(/\]\(([^)]+)\)/g)) {
      if (/^https?:/.test(target)) continue;
      const [file = '', anchor] = target.split('#');
      const linked = file === '' ? path : join(dirname(path), file);
      expect(`${target} ${existsSync(join(root, linked))}`).toBe(`${target} true`);
      if (anchor !== undefined) expect(anchors(read(linked))).toContain(anchor);
    }
  });

  it('names only files that exist', () => {
    const files = [...text.matchAll(/`((?:supabase|local|tests|docs|bench|dashboard)\/[\w./-]+)`/g)].map((
      [, file = ''],
    ) => file);
    // What is built is not in the repository, nor what the walk through a new provider makes.
    const absent = /^dashboard\/dist$|\/acme\b/;
    expect(files.filter((file) => !existsSync(join(root, file)) && !absent.test(file))).toEqual([]);
  });

  it('names only what exists in schema private', () => {
    const sql = readdirSync(join(root, 'supabase/migrations')).map((name) =>
      read(`supabase/migrations/${name}`)
    ).join('\n');
    const named = [...text.matchAll(/private\.(\w+)/g)].map(([, name = '']) => name);
    expect(
      named.filter((name) =>
        !new RegExp(`create ((unlogged )?table|view|function) private\\.${name}\\b`).test(sql)
      ),
    )
      .toEqual([]);
  });
});
