// What the GitHub workflows must hold: nothing foreign without a digest, no command that is not there, no right that is not needed.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

const root = join(import.meta.dirname, '..', '..');
const folder = join(root, '.github', 'workflows');
const files = readdirSync(folder);

const step = z.strictObject({
  name: z.string().optional(),
  if: z.string().optional(),
  uses: z.string().optional(),
  with: z.record(z.string(), z.unknown()).optional(),
  run: z.string().optional(),
});
const workflow = z.looseObject({
  on: z.unknown(),
  permissions: z.record(z.string(), z.string()),
  jobs: z.record(
    z.string(),
    z.looseObject({
      'runs-on': z.string(),
      'timeout-minutes': z.number(),
      strategy: z.object({ matrix: z.record(z.string(), z.array(z.unknown())) }).loose().optional(),
      steps: z.array(step),
    }),
  ),
});

const read = (file: string) => readFileSync(join(folder, file), 'utf8');
const workflows = files.map((file) => ({ file, text: read(file), ...workflow.parse(parse(read(file))) }));
const steps = workflows.flatMap(({ file, jobs }) =>
  Object.values(jobs).flatMap((job) => job.steps.map((entry) => ({ file, ...entry })))
);
const { scripts } = z.object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));

describe('the workflows', () => {
  it('are there, and are read', () => {
    expect(files.sort()).toEqual(['ci.yml', 'deploy.yml']);
    expect(steps.length).toBeGreaterThan(10);
  });

  it('take actions by digest, with the version beside it, the same one everywhere', () => {
    const uses = workflows.flatMap(({ text }) =>
      [...text.matchAll(/uses: (.*)$/gm)].map(([, use = '']) => use)
    );
    expect(uses.length).toBe(steps.filter((entry) => entry.uses !== undefined).length);
    for (const use of uses) expect(use).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    const digests = new Map<string, Set<string>>();
    for (const use of uses) {
      const [name = '', digest = ''] = use.split('@');
      digests.set(name, (digests.get(name) ?? new Set()).add(digest));
    }
    for (const [name, found] of digests) expect([name, found.size]).toEqual([name, 1]);
  });

  it('run only commands that package.json has, and install by them: npm ci wants a lock file with every platform', () => {
    const commands = steps.flatMap(({ run }) => run === undefined ? [] : run.split('\n').filter(Boolean));
    expect(commands.length).toBeGreaterThan(5);
    for (const command of commands) {
      if (command.startsWith('brew install ')) continue;
      const [, name = ''] = /^npm (?:run )?([\w:-]+)(?: -- .*)?$/.exec(command) ?? [];
      expect([command, name in scripts]).toEqual([command, true]);
    }
  });

  it('may read the code and no more, and leave no token in the checkout', () => {
    for (const { permissions } of workflows) expect(permissions).toEqual({ contents: 'read' });
    for (const { uses = '', with: settings } of steps) {
      if (uses.startsWith('actions/checkout@')) expect(settings?.['persist-credentials']).toBe(false);
    }
  });

  it('check on Linux and macOS, with Node 22 and 24, before a tag is deployed', () => {
    const [ci, deployment] = workflows;
    expect(ci?.jobs['check']?.strategy?.matrix).toEqual({ os: ['ubuntu-24.04', 'macos-15'], node: [22, 24] });
    expect(deployment?.jobs['deploy']).toMatchObject({ needs: 'check', environment: 'production' });
    expect(deployment?.on).toEqual({ push: { tags: ['v*'] } });
  });
});
