// A lock among the commands of a checkout: a file that names the processes that hold it. The lock of dead processes is taken over.
// Plain JavaScript, because the bootstrap needs it before any package is there.
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import process from 'node:process';
import { startTime } from './start-time.mjs';

/**
 * Waits until the lock is free and takes it.
 * @param {string} path
 * @param {(holder: string) => void} onWait called once, with the holder's process id, when somebody else has it
 */
export async function acquireLock(path, onWait) {
  mkdirSync(dirname(path), { recursive: true });
  const own = describe(process.pid);
  for (let waits = 0;; waits++) {
    try {
      writeFileSync(path, own, { flag: 'wx' });
      const release = () => rmSync(path, { force: true });
      process.once('exit', release);
      return {
        /** A process that must end too before the lock is free: it survives when only this one is killed. */
        share: (/** @type {number | undefined} */ pid) => {
          if (pid !== undefined) writeFileSync(path, `${own}\n${describe(pid)}`);
        },
        release: () => {
          process.off('exit', release);
          release();
        },
      };
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const holders = read(path);
    if (holders !== undefined && !holders.split('\n').some(isAlive)) {
      takeAway(path, holders);
      continue;
    }
    if (waits === 0) onWait(holders?.split(' ')[0] ?? '?');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** @param {number} pid @returns {string} the process as one line */
export function describe(pid) {
  return `${pid} ${startTime(pid) ?? ''}`;
}

/** @param {string} line as `describe` writes it */
export function isAlive(line) {
  const [pid = '', ...started] = line.split(' ');
  const now = startTime(Number(pid));
  return now !== undefined && now === started.join(' ');
}

/** What is in the lock; undefined while the file is being written or is gone. */
function read(path) {
  try {
    return readFileSync(path, 'utf8') || undefined;
  } catch {
    return undefined;
  }
}

/** Only one of several waiting processes can rename a dead process's file; a file renamed by mistake is put back. */
function takeAway(path, dead) {
  const taken = `${path}.${process.pid}`;
  try {
    renameSync(path, taken);
    if (readFileSync(taken, 'utf8') !== dead) linkSync(taken, path);
    rmSync(taken, { force: true });
  } catch {
    // Another process was faster.
  }
}
