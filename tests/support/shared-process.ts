// A process runs many test files, one after the other, and keeps the packages that it loaded. Our own modules each file
// gets new, with nothing in them of the file before, and the globals as they were.
import process from 'node:process';
import { afterAll, vi } from 'vitest';

const environment = { ...process.env };

afterAll(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name];
  Object.assign(process.env, environment);
  vi.resetModules();
});
