const dayLength = 86_400_000;
const minute = 60_000;

export interface SendingWindow {
  /** Local calendar day, the day that daily limits belong to. */
  day: string;
  /** Part of the window that has passed at the end of this tick, from 0 to 1. */
  passed: number;
}

const minutesOf = (clock: string): number => {
  const [hours, minutes] = clock.split(':');
  return Number(hours) * 60 + Number(minutes);
};

/** The window between two times of the day, if this local instant lies in it. */
export function windowAt(local: number, from: string, to: string, tick: number): SendingWindow | undefined {
  const now = (local % dayLength) / minute;
  const start = minutesOf(from);
  const end = minutesOf(to);
  if (now < start || now >= end) return undefined;
  return {
    day: new Date(local).toISOString().slice(0, 10),
    passed: Math.min(1, (now + tick / minute - start) / (end - start)),
  };
}
