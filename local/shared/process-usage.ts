// What a process has used so far, where the platform shows it (Linux).
import { readFileSync } from 'node:fs';
import { statFields } from './start-time.mjs';

/** Seconds of processor time of a process, or of one of its threads, in hundredths; NaN elsewhere and once it is gone. */
export function processorSeconds(pid: number | undefined, thread?: number): number {
  if (pid === undefined) return NaN;
  const fields = statFields(thread === undefined ? pid : `${pid}/task/${thread}`);
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** The most memory that a process held, in MiB; NaN elsewhere and once it is gone. */
export function peakMemory(pid: number | undefined): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024;
  } catch {
    return NaN;
  }
}
