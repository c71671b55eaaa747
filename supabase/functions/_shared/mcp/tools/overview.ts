import { z } from 'zod';
import { clientInput } from '../campaign-choice.ts';
import { goal, goalsText, readGoals } from '../goals.ts';
import { ages, countColumns, counts, moreRates, numbersText, rates } from '../numbers.ts';
import {
  type Days,
  daysBefore,
  periodFor,
  periodInput,
  periodOutput,
  periodText,
  toOutput,
} from '../period.ts';
import { readRows } from '../reading.ts';
import { type Asked, defineTool } from '../tool.ts';
import { age, oldest, oneLine } from '../words.ts';

const numbers = {
  ...counts,
  meetings: z.number().optional().describe('people with a first meeting; not known for all time'),
  ...rates,
  ...moreRates,
};

const row = z.object({ client_id: z.string(), client_name: z.string(), ...numbers, ...ages });
type Row = z.infer<typeof row>;

const columns =
  `client_id, client_name, ${countColumns}, open_rate, reply_rate, click_rate, positive_rate, bounce_rate, enough_signal, as_of, age_seconds` as const;

export const overview = defineTool({
  name: 'overview',
  title: 'Overview',
  description:
    'How a client, or every client, does in a period: emails sent, people contacted, replies, positive replies, meetings, bounces and their rates, with the same for as many days before, and its goals of this month. Start here for "how are we doing", and for the ids of clients.',
  input: z.object({
    ...periodInput,
    client_id: clientInput.optional(),
    limit: z.int().min(1).max(100).default(25).describe('Clients at most, those with the most emails first'),
  }),
  output: z.object({
    period: periodOutput,
    previous_period: z.object({ from: z.string(), to: z.string() }).nullable(),
    clients: z.array(row.extend({
      previous: z.object(numbers).nullable(),
      goals: z.array(goal).describe('of the present month, whatever the period'),
    })),
    has_more: z.boolean(),
  }),
  answer: async ({ client_id, limit, ...asked }, context) => {
    const period = await periodFor(asked, client_id, context);
    const previousDays = period.days && daysBefore(period.days);
    const [found, before, goals] = await Promise.all([
      readNumbers(period.days, client_id, limit + 1, context),
      previousDays ? readNumbers(previousDays, client_id, 1_000, context) : [],
      readGoals(client_id, context),
    ]);
    const earlier = new Map(before.map((entry) => [entry.client_id, entry]));
    const clients = found.slice(0, limit).map((entry) => ({
      ...entry,
      previous: earlier.get(entry.client_id) ?? null,
      goals: goals.get(entry.client_id) ?? [],
    }));
    const lines = clients.map((entry) =>
      `- ${oneLine(entry.client_name)} (${entry.client_id}): ${numbersText(entry)}${
        entry.previous ? `. Before: ${numbersText(entry.previous)}` : ''
      }${entry.goals.length > 0 ? `. Goals of this month: ${goalsText(entry.goals)}` : ''}`
    );
    return {
      data: {
        period: toOutput(period),
        previous_period: previousDays,
        clients,
        has_more: found.length > limit,
      },
      text: [
        `${periodText(period)}${
          previousDays ? `, before it ${previousDays.from} to ${previousDays.to}` : ''
        }. Rates are shares of the people contacted.`,
        ...(lines.length === 0 ? ['No numbers: no such client, or nothing that you may see.'] : lines),
        ...(found.length > limit ? ['More clients exist; ask for one of them, or for a higher limit.'] : []),
        `The numbers are ${age(oldest(clients))}.`,
      ].join('\n'),
    };
  },
});

function readNumbers(
  days: Days | null,
  clientId: string | undefined,
  limit: number,
  { database }: Asked,
): Promise<Row[]> {
  if (days === null) {
    const query = database.from('client_overview').select(columns);
    return readRows(
      (clientId === undefined ? query : query.eq('client_id', clientId))
        .order('sent', { ascending: false }).order('client_id').limit(limit),
      row,
    );
  }
  return readRows(
    database.rpc('stats_between', {
      from_day: days.from,
      to_day: days.to,
      ...(clientId === undefined ? {} : { only_client: clientId }),
    }, { get: true }).order('sent', { ascending: false }).order('client_id').limit(limit),
    row,
  );
}
