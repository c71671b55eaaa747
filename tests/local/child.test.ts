import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, expect, test } from 'vitest';
import { Child } from '../../local/shared/child.ts';
import { accepts, answerStatus } from '../../local/shared/ports.ts';

const directory = mkdtempSync(join(tmpdir(), 'replyloop-child-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** By name: the start that is the first to be ready. */
const hangsUntil = new Map<string, number>();

/** A process that hangs in its first starts and is ready in the next one. */
function sluggish(name: string, hangs: number): Child {
  const file = (number: number) => join(directory, `${name}-${number}`);
  const script = `const { existsSync, writeFileSync } = require('node:fs');
    let number = 1;
    while (existsSync(${JSON.stringify(join(directory, name))} + '-' + number)) number++;
    writeFileSync(${JSON.stringify(join(directory, name))} + '-' + number, '');
    setInterval(() => {}, 1000);`;
  return new Child({
    name,
    command: process.execPath,
    parameters: ['-e', script],
    environment: {},
    directory,
    logFile: join(directory, `${name}.log`),
    startTimeout: 1_500,
    isReady: () => Promise.resolve(existsSync(file(hangsUntil.get(name) ?? hangs + 1))),
  });
}

test('a child that hangs while it starts is started again', async () => {
  const child = sluggish('slow', 1);
  await child.start();
  expect(child.isUp).toBe(true);
  await child.stop();
});

test('one that never comes up is an error with its log, after three starts', async () => {
  const child = sluggish('never', 99);
  await expect(child.start()).rejects.toThrow(/never did not come up in 1.5 s; its log is .*never\.log/);
  await child.stop();
  expect([3, 4].map((number) => existsSync(join(directory, `never-${number}`)))).toEqual([true, false]);
});

test('a start that hangs after a crash is ended too, however often, though nothing waits for it', async () => {
  const name = 'crashes';
  const child = sluggish(name, 0);
  await child.start();
  // Three starts hang: as many as a first start is given.
  hangsUntil.set(name, 5);
  await child.kill();
  await expect.poll(() => child.isUp, { timeout: 20_000, interval: 100 }).toBe(true);
  expect(existsSync(join(directory, `${name}-5`))).toBe(true);
  await child.stop();
});

test('a server that only accepts connections does not answer', async () => {
  const server = createServer(() => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  expect(await accepts(port)).toBe(true);
  expect(await answerStatus(`http://127.0.0.1:${port}`, 200)).toBeUndefined();
  server.close();
});
