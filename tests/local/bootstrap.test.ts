// The door of every npm script, on a bare clone with a stand-in for npm that tells who installed when.
import { spawn } from 'node:child_process';
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
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const checkout = join(import.meta.dirname, '..', '..');
let clone: string;

/** Installs for half a second: nobody else may write into the same folder meanwhile. */
const npm = `
import { appendFileSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
const busy = 'busy';
appendFileSync('installs.log', existsSync(busy) ? 'clash\\n' : process.argv.slice(2, 3) + '\\n');
writeFileSync(busy, '');
await new Promise((resolve) => setTimeout(resolve, 500));
if (!existsSync('node_modules/tsx')) symlinkSync(${
  JSON.stringify(join(checkout, 'node_modules/tsx'))
}, 'node_modules/tsx');
writeFileSync('node_modules/.package-lock.json', '{}');
rmSync(busy);
`;

beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'replyloop-clone-'));
  mkdirSync(join(clone, 'local'));
  copyFileSync(join(checkout, 'local', 'bootstrap.mjs'), join(clone, 'local', 'bootstrap.mjs'));
  writeFileSync(join(clone, 'package-lock.json'), '{}');
  writeFileSync(join(clone, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(clone, 'npm.js'), npm);
  writeFileSync(join(clone, 'local', 'cli.ts'), 'console.log(`ran ${process.argv[2]}`);');
});
afterEach(() => rmSync(clone, { recursive: true, force: true }));

function start(command: string): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['local/bootstrap.mjs', command], {
      cwd: clone,
      env: { ...process.env, npm_execpath: join(clone, 'npm.js') },
    });
    let output = '';
    child.stdout.on('data', (chunk: unknown) => (output += String(chunk)));
    child.stderr.on('data', (chunk: unknown) => (output += String(chunk)));
    child.on('close', (code) => resolve({ code, output }));
  });
}

const installs = () => readFileSync(join(clone, 'installs.log'), 'utf8').trim().split('\n');

describe('the first commands in a fresh clone', () => {
  it('install once, though three are started at the same time', async () => {
    const runs = await Promise.all(['one', 'two', 'three'].map(start));
    expect(runs.map(({ code }) => code)).toEqual([0, 0, 0]);
    for (const [index, word] of ['one', 'two', 'three'].entries()) {
      expect(runs[index]?.output).toContain(`ran ${word}`);
    }
    expect(installs()).toEqual(['install']);
    expect(runs.filter(({ output }) => output.includes('waiting for it')).length).toBe(2);
    expect(existsSync(join(clone, 'node_modules', '.replyloop-installing'))).toBe(false);
  });

  it('do not wait for an install that was killed', async () => {
    mkdirSync(join(clone, 'node_modules'));
    const gone = spawn(process.execPath, ['-e', '']);
    await new Promise((resolve) => gone.on('close', resolve));
    writeFileSync(join(clone, 'node_modules', '.replyloop-installing'), String(gone.pid));
    const runs = await Promise.all(['one', 'two'].map(start));
    expect(runs.map(({ code }) => code)).toEqual([0, 0]);
    expect(installs()).toEqual(['install']);
  });

  it('install nothing when the packages are those of the lock file', async () => {
    await start('one');
    const again = await start('two');
    expect(again.output.trim()).toBe('ran two');
    expect(installs()).toEqual(['install']);
  });
});
