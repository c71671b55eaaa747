// A process id alone may have gone to somebody else since; together with its start time it names one process.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';

export interface ProcessIdentity {
  pid: number;
  startedAt: string;
}

export function identityOf(pid: number): ProcessIdentity | undefined {
  const startedAt = startTime(pid);
  return startedAt === undefined ? undefined : { pid, startedAt };
}

export function isAlive(identity: ProcessIdentity): boolean {
  return startTime(identity.pid) === identity.startedAt;
}

function startTime(pid: number): string | undefined {
  if (existsSync('/proc/self/stat')) {
    try {
      // The second field, the name, may hold spaces and brackets; what follows the last bracket is regular.
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').pop()?.split(' ') ?? [];
      return fields[0] === 'Z' ? undefined : fields[19];
    } catch {
      return undefined;
    }
  }
  try {
    const line = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    return line === '' || line.startsWith('Z') ? undefined : line.replace(/^\S+\s+/, '');
  } catch {
    return undefined;
  }
}

/** Sends the signal to the whole process group when the process leads one, else to it alone. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  for (const target of [-pid, pid]) {
    try {
      process.kill(target, signal);
      return;
    } catch {
      // No such group or process: try the next, or there is nothing left to signal.
    }
  }
}

/** Asks each process to end, waits for it, and kills what is still there after `patience` milliseconds. */
export async function endProcesses(
  processes: { identity: ProcessIdentity; signal: NodeJS.Signals; wholeGroup: boolean }[],
  patience = 8_000,
): Promise<void> {
  const alive = () => processes.filter((entry) => isAlive(entry.identity));
  for (const { identity, signal, wholeGroup } of alive()) {
    if (wholeGroup) signalGroup(identity.pid, signal);
    else signalProcess(identity.pid, signal);
  }
  const deadline = Date.now() + patience;
  while (alive().length > 0 && Date.now() < deadline) await sleep(50);
  for (const { identity } of alive()) signalGroup(identity.pid, 'SIGKILL');
  while (alive().length > 0 && Date.now() < deadline + 2_000) await sleep(50);
}

export function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Already gone.
  }
}
