import { readFileSync } from 'node:fs';
import { platform } from 'node:os';

/** Seconds of processor time so far of a process, or of one of its threads (Linux: clock ticks of 10 ms); NaN elsewhere. */
export function secondsOf(pid: number | undefined, thread?: number): number {
  if (platform() !== 'linux' || pid === undefined) return NaN;
  const file = thread === undefined ? `/proc/${pid}/stat` : `/proc/${pid}/task/${thread}/stat`;
  const fields = readFileSync(file, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
