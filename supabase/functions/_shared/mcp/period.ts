/** The days that a question is about. The reports cut each client's days at midnight in its time zone. */
import { z } from 'zod';
import { AppError } from '../platform/errors.ts';
import { readRows } from './reading.ts';
import type { Asked } from './tool.ts';

export const periodNames = [
  'last_7_days',
  'last_30_days',
  'last_90_days',
  'this_month',
  'last_month',
  'this_quarter',
  'last_quarter',
  'all_time',
] as const;

const day = z.iso.date();

/** Input fields that every tool with numbers shares. */
export const periodInput = {
  period: z.enum(periodNames).default('last_30_days').describe(
    'Which days, up to today; the months and quarters are those of the calendar. Ignored where "from" is given',
  ),
  from: day.optional().describe('First day (YYYY-MM-DD), instead of a named period'),
  to: day.optional().describe('Last day, included; today where it is missing'),
};

export interface Days {
  from: string;
  to: string;
}

export interface Period {
  name: typeof periodNames[number] | 'custom';
  /** Null: all time. */
  days: Days | null;
}

export const periodOutput = z.object({
  name: z.enum([...periodNames, 'custom']),
  from: z.string().nullable(),
  to: z.string().nullable(),
  days_of: z.literal('time zone of each client'),
}).describe('First and last day, both included; null for all time');

const dayLength = 86_400_000;
const toDay = (moment: number): string => new Date(moment).toISOString().slice(0, 10);

export const addDays = (text: string, days: number): string =>
  toDay(Date.parse(`${text}T00:00:00Z`) + days * dayLength);

/** The first of the month that is `months` later. */
function firstOfMonth(text: string, months = 0): string {
  const [year = 0, month = 1] = text.split('-').map(Number);
  return toDay(Date.UTC(year, month - 1 + months, 1));
}

export function choosePeriod(
  asked: { period: typeof periodNames[number]; from?: string | undefined; to?: string | undefined },
  /** Of the client's time zone. */
  today: string,
): Period {
  if (asked.from !== undefined) {
    const days = { from: asked.from, to: asked.to ?? today };
    if (days.from > days.to) {
      throw new AppError('VALIDATION_FAILED', `"from" (${days.from}) is after "to" (${days.to})`);
    }
    return { name: 'custom', days };
  }
  if (asked.to !== undefined) {
    throw new AppError('VALIDATION_FAILED', 'Give "from" with "to", or a named period');
  }
  return { name: asked.period, days: namedDays(asked.period, today) };
}

function namedDays(name: typeof periodNames[number], today: string): Days | null {
  const quarter = -((Number(today.slice(5, 7)) - 1) % 3);
  switch (name) {
    case 'all_time':
      return null;
    case 'last_7_days':
      return { from: addDays(today, -6), to: today };
    case 'last_30_days':
      return { from: addDays(today, -29), to: today };
    case 'last_90_days':
      return { from: addDays(today, -89), to: today };
    case 'this_month':
      return { from: firstOfMonth(today), to: today };
    case 'last_month':
      return { from: firstOfMonth(today, -1), to: addDays(firstOfMonth(today), -1) };
    case 'this_quarter':
      return { from: firstOfMonth(today, quarter), to: today };
    case 'last_quarter':
      return { from: firstOfMonth(today, quarter - 3), to: addDays(firstOfMonth(today, quarter), -1) };
  }
}

/** Today where the client is that the question is about; in UTC where it is about several. */
async function readToday(clientId: string | undefined, { caller, database, now }: Asked): Promise<string> {
  const onlyClient = caller.kind === 'client' ? caller.clientId : clientId;
  const [client] = onlyClient === undefined ? [] : await readRows(
    database.from('clients').select('time_zone').eq('id', onlyClient).limit(1),
    z.object({ time_zone: z.string() }),
  );
  return todayIn(client?.time_zone ?? 'UTC', now());
}

export function todayIn(timeZone: string, now: Date): string {
  try {
    // This locale writes YYYY-MM-DD.
    return new Intl.DateTimeFormat('sv-SE', { timeZone }).format(now);
  } catch {
    // Postgres knows names that the runtime does not.
    return toDay(now.getTime());
  }
}

export const periodFor = async (
  asked: Parameters<typeof choosePeriod>[0],
  clientId: string | undefined,
  context: Asked,
): Promise<Period> => choosePeriod(asked, await readToday(clientId, context));

/** As many days, right before. */
export function daysBefore(days: Days): Days {
  const count = Math.round((Date.parse(days.to) - Date.parse(days.from)) / dayLength) + 1;
  return { from: addDays(days.from, -count), to: addDays(days.from, -1) };
}

export const toOutput = (period: Period): z.input<typeof periodOutput> => ({
  name: period.name,
  from: period.days?.from ?? null,
  to: period.days?.to ?? null,
  days_of: 'time zone of each client',
});

export const periodText = (period: Period): string =>
  period.days
    ? `${period.days.from} to ${period.days.to} (both included, days of each client's time zone)`
    : 'All time';
