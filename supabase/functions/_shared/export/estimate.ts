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

/** Undefined when there is nothing to send or no day to send it on. */
export function estimateCampaign(input: EstimateInput): Estimate | undefined {
  const { delays, sendingDays, holidays, mailsPerDay, newLeadsPerDay } = input;
  const steps = delays.length;
  if (input.leads <= 0 || steps === 0 || sendingDays.length === 0) return undefined;
  const start = Date.parse(
    input.startOn !== null && input.startOn > input.today ? input.startOn : input.today,
  );
  /** By day: how many mails of each step become due. */
  const due = new Map<number, number[]>();
  const waiting = new Array<number>(steps).fill(0);
  let newLeads = input.leads;
  const estimate: Estimate = {
    emails: 0,
    most_a_day: 0,
    first_day: '',
    first_mails_until: null,
    ends_on: null,
    sending_days: 0,
    unsent: input.leads * steps,
  };
  for (let offset = 0; offset < horizon && estimate.unsent > 0; offset++) {
    const at = new Date(start + offset * dayLength);
    const day = at.toISOString().slice(0, 10);
    if (input.endOn !== null && day > input.endOn) break;
    for (const [step, count] of (due.get(offset) ?? []).entries()) {
      waiting[step] = (waiting[step] ?? 0) + count;
    }
    due.delete(offset);
    if (!sendingDays.includes(at.getUTCDay()) || holidays.has(day)) continue;
    let room = mailsPerDay ?? Infinity;
    let sent = 0;
    const send = (step: number, count: number) => {
      room -= count;
      sent += count;
      const next = step + 1;
      if (next >= steps || count === 0) return;
      const place = offset + Math.max(1, delays[next] ?? 0);
      const counts = due.get(place) ?? new Array<number>(steps).fill(0);
      counts[next] = (counts[next] ?? 0) + count;
      due.set(place, counts);
    };
    for (let step = steps - 1; step > 0; step--) {
      const count = Math.min(room, waiting[step] ?? 0);
      waiting[step] = (waiting[step] ?? 0) - count;
      send(step, count);
    }
    const fresh = Math.min(room, newLeadsPerDay ?? Infinity, newLeads);
    newLeads -= fresh;
    send(0, fresh);
    if (sent === 0) continue;
    if (estimate.first_day === '') estimate.first_day = day;
    if (newLeads === 0 && fresh > 0) estimate.first_mails_until = day;
    estimate.emails += sent;
    estimate.unsent -= sent;
    estimate.sending_days += 1;
    estimate.most_a_day = Math.max(estimate.most_a_day, sent);
    if (estimate.unsent === 0) estimate.ends_on = day;
  }
  return estimate.first_day === '' ? undefined : estimate;
}
