/** How long a campaign takes, day by day: sending days, holidays, limits, and follow-ups, which go before new leads. */

export interface EstimateInput {
  leads: number;
  /** Days of waiting before each step; the first is sent at once. */
  delays: readonly number[];
  /** Weekdays, 0 = Sunday. */
  sendingDays: readonly number[];
  /** Today in the campaign's time zone. */
  today: string;
  startOn: string | null;
  endOn: string | null;
  holidays: ReadonlySet<string>;
  /** Null = unknown or unlimited. */
  mailsPerDay: number | null;
  newLeadsPerDay: number | null;
}

export interface Estimate {
  emails: number;
  /** Mails on the busiest day. */
  most_a_day: number;
  first_day: string;
  /** The day on which the last lead gets its first mail; null = not before the campaign ends. */
  first_mails_until: string | null;
  /** The day of the last mail, if no one replies; null = not before the campaign ends. */
  ends_on: string | null;
  sending_days: number;
  /** Mails that are not sent because the campaign ends before. */
  unsent: number;
}

/** Five years: a campaign that takes longer is planned wrong. */
const horizon = 1_830;

const dayLength = 86_400_000;

interface Step {
  /** Days after the step before. */
  wait: number;
  waiting: number;
  /** By day, counted from the start: how many mails of this step become due. */
  due: Map<number, number>;
}

/** Undefined when there is nothing to send or no day to send it on. */
export function estimateCampaign(input: EstimateInput): Estimate | undefined {
  const { leads, delays, today, holidays } = input;
  const mailsPerDay = input.mailsPerDay ?? Infinity;
  const newLeadsPerDay = input.newLeadsPerDay ?? Infinity;
  const endOn = input.endOn ?? '9999';
  const start = Math.max(Date.parse(today), Date.parse(input.startOn ?? today));
  const steps = delays.map((days, index): Step => ({
    wait: Math.max(1, days),
    waiting: index === 0 ? leads : 0,
    due: new Map(),
  }));
  const estimate: Estimate = {
    emails: 0,
    most_a_day: 0,
    first_day: '',
    first_mails_until: null,
    ends_on: null,
    sending_days: 0,
    unsent: leads * steps.length,
  };
  for (let offset = 0; offset < horizon; offset++) {
    const at = new Date(start + offset * dayLength);
    const day = at.toISOString().slice(0, 10);
    if (day > endOn) break;
    for (const step of steps) step.waiting += step.due.get(offset) ?? 0;
    if (!input.sendingDays.includes(at.getUTCDay()) || holidays.has(day)) continue;
    let sent = 0;
    // Follow-ups go before new leads, the last step first.
    for (const [index, step] of [...steps.entries()].reverse()) {
      const most = index === 0 ? newLeadsPerDay : Infinity;
      const count = Math.min(mailsPerDay - sent, most, step.waiting);
      step.waiting -= count;
      sent += count;
      if (index === 0 && count > 0 && step.waiting === 0) estimate.first_mails_until = day;
      const next = steps[index + 1];
      next?.due.set(offset + next.wait, count);
    }
    if (sent === 0) continue;
    if (estimate.first_day === '') estimate.first_day = day;
    estimate.emails += sent;
    estimate.unsent -= sent;
    estimate.sending_days += 1;
    estimate.most_a_day = Math.max(estimate.most_a_day, sent);
    if (estimate.unsent === 0) {
      estimate.ends_on = day;
      break;
    }
  }
  return estimate.first_day === '' ? undefined : estimate;
}
