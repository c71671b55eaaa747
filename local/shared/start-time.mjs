// When a process started: with its id it identifies one process, because ids are used again. Plain JavaScript, because the
// bootstrap needs it before any package is there.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** @param {number} pid @returns {string | undefined} undefined when the process is gone */
export function startTime(pid) {
  if (existsSync('/proc/self/stat')) {
    const fields = statFields(pid);
    return fields[0] === 'Z' ? undefined : fields[19];
  }
  try {
    const line = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    return line === '' || line.startsWith('Z') ? undefined : line.replace(/^\S+\s+/, '');
  } catch {
    return undefined;
  }
}

/** @param {number | string} pid or `<pid>/task/<thread>` @returns {string[]} state, parent and the rest; empty when it is gone */
export function statFields(pid) {
  try {
    // The second field, the name, may contain spaces and brackets; the rest after the last bracket is regular.
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').pop()?.split(' ') ?? [];
  } catch {
    return [];
  }
}
