// A process id may be reused; together with its start time it identifies one process.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { startTime, statFields } from './start-time.mjs';

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

/** Signals the whole process group if the process leads one, otherwise only the process. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  for (const target of [-pid, pid]) {
    try {
      process.kill(target, signal);
      return;
    } catch {
      // No such group or process.
    }
  }
}

/** Asks each process to end, and kills those still running after `timeout` milliseconds. */
export async function endProcesses(
  processes: { identity: ProcessIdentity; signal: NodeJS.Signals; wholeGroup: boolean }[],
  timeout = 8_000,
): Promise<void> {
  const alive = () => processes.filter((entry) => isAlive(entry.identity));
  for (const { identity, signal, wholeGroup } of alive()) {
    if (wholeGroup) signalGroup(identity.pid, signal);
    else signalProcess(identity.pid, signal);
  }
  const deadline = Date.now() + timeout;
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

/** The processes that this one started itself. */
export function childrenOf(pid: number): number[] {
  if (existsSync('/proc/self/stat')) {
    return readdirSync('/proc').map(Number).filter((id) => id > 0 && statFields(id)[1] === String(pid));
  }
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
  return lines.map((line) => line.trim().split(/\s+/).map(Number))
    .flatMap(([child = 0, parent]) => parent === pid ? [child] : []);
}
