/** The numbers of a client or a campaign, as they are answered and written. docs/metrics.md defines them. */
import { z } from 'zod';
import { number, percent, plural } from './words.ts';

const rate = z.number().nullable();

export const counts = {
  sent: z.number().describe('emails sent'),
  contacted: z.number().describe('different people emailed'),
  opened: z.number().describe('people who opened'),
  clicked: z.number().describe('people who clicked'),
  replied: z.number().describe('people who replied; automatic replies are not among them'),
  positive: z.number().describe('people whose latest label is positive (interested, meeting booked …)'),
  bounced: z.number().describe('emails that bounced'),
  unsubscribed: z.number(),
  auto_replies: z.number().describe('automatic replies'),
};

export const rates = {
  reply_rate: rate.describe('replied / contacted, 0 to 1'),
  positive_rate: rate.describe('positive / contacted, 0 to 1'),
  enough_signal: z.boolean().describe('false: too few people were contacted to speak of a rate'),
};

export const moreRates = {
  open_rate: rate.describe('opened / contacted, 0 to 1'),
  click_rate: rate.describe('clicked / contacted, 0 to 1'),
  bounce_rate: rate.describe('bounced / sent, 0 to 1'),
};

export const ages = {
  as_of: z.string().nullable().describe('when the newest of these numbers was read or counted'),
  age_seconds: z.number().nullable(),
};

export const countColumns =
  'sent, contacted, opened, clicked, replied, positive, bounced, unsubscribed, auto_replies' as const;

interface Written {
  sent: number;
  contacted: number;
  replied: number;
  positive: number;
  bounced?: number | undefined;
  meetings?: number | undefined;
  reply_rate: number | null;
  positive_rate: number | null;
  enough_signal: boolean;
}

const share = (value: number | null, isShown: boolean) =>
  isShown && value !== null ? ` (${percent(value)})` : '';

/** "1,204 emails to 800 people; 24 replied (3.0 %), 9 positive (1.1 %), 12 bounced". */
export function numbersText(row: Written): string {
  const parts = [
    `${plural(row.sent, 'email')} to ${plural(row.contacted, 'person', 'people')}; ${
      number(row.replied)
    } replied${share(row.reply_rate, row.enough_signal)}`,
    `${number(row.positive)} positive${share(row.positive_rate, row.enough_signal)}`,
    ...(row.meetings === undefined ? [] : [plural(row.meetings, 'meeting')]),
    ...(row.bounced === undefined ? [] : [`${number(row.bounced)} bounced`]),
  ];
  return `${parts.join(', ')}${row.enough_signal ? '' : ' (too few people for a rate)'}`;
}
