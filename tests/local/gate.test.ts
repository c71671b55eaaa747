// What the gate does with a suite that a machine cannot run.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, describe, expect, it } from 'vitest';
import { findDebianPostgres } from '../genuine/debian-postgres.ts';

const directory = mkdtempSync(join(tmpdir(), 'replyloop-gate-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** The last lines of .ci/run, with suites that print this. */
function runGate(suites: Record<string, string>): string[] {
  const programs = join(directory, 'bin');
  mkdirSync(programs, { recursive: true });
  const cases = Object.entries(suites).map(([name, output]) => `'${name}') printf '%b' '${output}' ;;`);
  writeFileSync(
    join(programs, 'npm'),
    `#!/usr/bin/env bash\ncase "$*" in ${cases.join(' ')} esac\n`,
    { mode: 0o755 },
  );
  const { stdout } = spawnSync(join(import.meta.dirname, '..', '..', '.ci', 'run'), {
    encoding: 'utf8',
    env: { ...process.env, PATH: `${programs}:${process.env['PATH']}` },
  });
  return stdout.trim().split('\n');
}

describe('.ci/run', () => {
  const notRun = 'not run: the tests on genuine extensions, because this machine has no apt';

  it('adds up all suites, and repeats before its last line what was not run', () => {
    const lines = runGate({
      'test': '✓ one\n\n7 passed, 0 failed\n',
      'run test:genuine': `${notRun}\n\n0 passed, 0 failed\n`,
      'run test:e2e': '\n2 passed, 0 failed\n',
    });
    expect(lines.slice(-2)).toEqual([notRun, '9 passed, 0 failed']);
    expect(lines.filter((line) => line === notRun).length).toBe(2);
  });

  it('counts the failures of the genuine extensions', () => {
    const lines = runGate({
      'test': '7 passed, 0 failed\n',
      'run test:genuine': 'Failures:\npgTAP > 001\n\n5 passed, 1 failed\n',
      'run test:e2e': '2 passed, 0 failed\n',
    });
    expect(lines.slice(-3)).toEqual(['Failures:', 'pgTAP > 001', '14 passed, 1 failed']);
  });
});

describe('the search for genuine extensions', () => {
  it('says what a machine without them lacks', () => {
    const places = {
      system: join(directory, 'system'),
      unpacked: join(directory, 'unpacked'),
      path: directory,
    };
    expect(findDebianPostgres(places)).toEqual({
      missing: "this machine has neither Debian's Postgres with its extensions nor apt",
    });
  });
});
