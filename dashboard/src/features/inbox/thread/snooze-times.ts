// When a conversation that is put off comes back: in the morning, by the reader's own clock.

export interface SnoozeTime {
  label: string;
  until: Date;
}

function morning(now: Date, days: number): Date {
  const at = new Date(now);
  at.setDate(at.getDate() + days);
  at.setHours(9, 0, 0, 0);
  return at;
}

export function snoozeTimes(now: Date): SnoozeTime[] {
  const untilMonday = (8 - now.getDay()) % 7 || 7;
  return [
    { label: 'In three hours', until: new Date(now.getTime() + 3 * 3_600_000) },
    { label: 'Tomorrow morning', until: morning(now, 1) },
    { label: 'Next Monday', until: morning(now, untilMonday) },
    { label: 'In a week', until: morning(now, 7) },
    { label: 'In a month', until: morning(now, 30) },
  ];
}

/** The morning of a day that was typed, or undefined where it is not in the future. */
export function morningOf(day: string, now: Date): Date | undefined {
  const [year, month, date] = day.split('-').map(Number);
  if (!year || !month || !date) return undefined;
  const at = new Date(year, month - 1, date, 9);
  return at.getTime() > now.getTime() ? at : undefined;
}
