import { z } from 'zod';
import { always, type Range, Tally, tallyBy } from '../../shared/tally.ts';
import { dayLength, utcDay, zoneOffset } from '../../shared/time.ts';
import { anything, reading, type Route, type RouteContext } from '../api.ts';
import { day, instant, page, read, ValidationError } from '../errors.ts';
import { mailText, nameOf } from '../payloads.ts';
import type { Routes } from '../../shared/api.ts';
import type { EventRecord, JsonObject } from '../../shared/records.ts';
import type { LinkStatus, SentMail } from '../records.ts';
import type { SmartleadCampaign } from '../state.ts';

/** Leads are told apart by address, so a subsequence adds none. */
const leadOf = ({ email }: EventRecord): string => email ?? '';

const typesOf = ({ type }: EventRecord) => [type];

const tallyOf = (events: readonly EventRecord[], range: Range = always): Tally =>
  tallyBy(events, range, () => 'all', leadOf, typesOf).get('all') ?? new Tally();

/** What happened, by leads; automatic replies count nowhere. */
const outcomeOf = (tally: Tally) => ({
  opened: tally.of('email_opened').leads.size,
  replied: tally.of('reply_received').leads.size,
  bounced: tally.of('email_bounced').leads.size,
  unsubscribed: tally.of('lead_unsubscribed').leads.size,
});

function counters(tally: Tally): JsonObject {
  const { opened, replied, bounced, unsubscribed } = outcomeOf(tally);
  const [sent, clicked] = [tally.of('email_sent'), tally.of('link_clicked')];
  const numbers = {
    sent_count: sent.count,
    unique_sent_count: sent.leads.size,
    open_count: tally.of('email_opened').count,
    unique_open_count: opened,
    click_count: clicked.count,
    unique_click_count: clicked.leads.size,
    reply_count: replied,
    total_count: sent.count,
    bounce_count: bounced,
    unsubscribed_count: unsubscribed,
  };
  return Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, String(value)]));
}

const eventsOf = ({ workspace }: RouteContext, campaign: SmartleadCampaign): EventRecord[] =>
  workspace.withSubsequences(campaign).flatMap(({ events }) => events);

const analytics = reading(anything, (campaign, _, context) => {
  const { workspace } = context;
  const { record, data, leads: { items: links } } = campaign;
  const count = (wanted: LinkStatus) => links.filter(({ status }) => status === wanted).length;
  return {
    id: data.id,
    name: data.name,
    status: data.status,
    ...counters(tallyOf(eventsOf(context, campaign))),
    sequence_count: String(record.steps.length),
    campaign_lead_stats: {
      total: links.length,
      completed: count('COMPLETED'),
      blocked: count('BLOCKED'),
      interested: links.filter(({ label }) => workspace.isPositive(label)).length,
      revenue: 0,
    },
  };
});

const rangeQuery = z.object({ start_date: day, end_date: day });

function rangeOf({ start_date: from, end_date: lastDay }: z.output<typeof rangeQuery>): Range {
  const to = lastDay + dayLength;
  if (to <= from) throw new ValidationError('"end_date" must be greater than or equal to "start_date"');
  return { from, to };
}

/** One object with the totals of the range, not one per day. */
const byDate = reading(rangeQuery, (campaign, query, context) => {
  const range = rangeOf(query);
  if (range.to - range.from > 30 * dayLength) {
    throw new ValidationError('Date range must not be more than 30 days');
  }
  const { start_date, end_date } = context.query;
  return { start_date, end_date, ...counters(tallyOf(eventsOf(context, campaign), range)) };
});

const ids = z.string().transform((text) => text.split(',').map(Number))
  .refine((list) => list.every(Number.isInteger), 'must be a comma list of numbers')
  .refine((list) => list.length <= 100, 'must contain less than or equal to 100 items');
const choiceQuery = rangeQuery.extend({ campaign_ids: ids.optional(), timezone: z.string().default('UTC') });

/** Named campaigns answer for their subsequences, too; the whole account counts each event once. */
const chosenEvents = (context: RouteContext, wanted: number[] | undefined): EventRecord[] =>
  context.workspace.allCampaigns.flatMap((campaign) => {
    if (wanted === undefined) return campaign.events;
    return wanted.includes(campaign.data.id) ? eventsOf(context, campaign) : [];
  });

const dayNames = new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', weekday: 'long' });
const monthNames = new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', month: 'short' });

/** The daily series. Its dates have no year, and there are no clicks. */
function dayWise(context: RouteContext): unknown {
  const query = read(choiceQuery, context.query);
  const range = rangeOf(query);
  const localDay = ({ at }: EventRecord) => utcDay(at + zoneOffset(query.timezone, at));
  const days = tallyBy(chosenEvents(context, query.campaign_ids), always, localDay, leadOf, typesOf);
  const stats: JsonObject[] = [];
  for (let instant = range.from; instant < range.to; instant += dayLength) {
    const tally = days.get(utcDay(instant)) ?? new Tally();
    stats.push({
      date: `${new Date(instant).getUTCDate()} ${monthNames.format(instant)}`,
      day_name: dayNames.format(instant),
      email_engagement_metrics: { sent: tally.of('email_sent').count, ...outcomeOf(tally) },
    });
  }
  return { success: true, message: 'ok', data: { day_wise_stats: stats } };
}

function overall(context: RouteContext): unknown {
  const query = read(choiceQuery, context.query);
  const tally = tallyOf(chosenEvents(context, query.campaign_ids), rangeOf(query));
  const { count: sent, leads } = tally.of('email_sent');
  const stats = { sent, unique_lead_count: leads.size, ...outcomeOf(tally) };
  return { success: true, message: 'ok', data: { overall_stats: stats } };
}

/** Lists subsequences beside their parents, so adding the rows up counts twice. */
function perCampaign(context: RouteContext): unknown {
  const range = rangeOf(read(rangeQuery, context.query));
  const rows = context.workspace.allCampaigns.map((campaign) => {
    const tally = tallyOf(eventsOf(context, campaign), range);
    const { count: sent, leads: { size: leads } } = tally.of('email_sent');
    const outcome = outcomeOf(tally);
    const rate = leads === 0 ? 0 : Math.round((100 * outcome.opened) / leads);
    return { id: campaign.data.id, sent, ...outcome, open_rate: `${rate}%` };
  });
  return { ok: true, data: { campaign_wise_performance: rows } };
}

const emailStatuses = {
  opened: ({ open_count: count }: SentMail['row']) => count > 0,
  clicked: ({ click_count: count }: SentMail['row']) => count > 0,
  replied: ({ reply_time: at }: SentMail['row']) => at !== null,
  unsubscribed: ({ is_unsubscribed: is }: SentMail['row']) => is,
  bounced: ({ is_bounced: is }: SentMail['row']) => is,
};

const statisticsQuery = z.object({
  ...page(100, 1000),
  email_sequence_number: z.coerce.number().int().optional(),
  email_status: z.enum(Object.keys(emailStatuses) as Array<keyof typeof emailStatuses>).optional(),
  sent_time_start_date: instant.default(-Infinity),
  sent_time_end_date: instant.default(Infinity),
});

/** A row per mail of the campaign and its subsequences, in the order they were sent. */
const statistics = reading(statisticsQuery, (campaign, query, context) => {
  const { workspace } = context;
  const { offset, limit, email_sequence_number: step, email_status: status } = query;
  // A bare end date means the whole day.
  const isWholeDay = String(context.query.sent_time_end_date).length === 10;
  const end = query.sent_time_end_date + (isWholeDay ? dayLength - 1 : 0);
  const isInRange = (at: number) => at >= query.sent_time_start_date && at <= end;
  const found = workspace.withSubsequences(campaign)
    .flatMap((each) => each.record.mails.map((mail) => ({ campaign: each, mail })))
    .filter(({ mail: { row } }) =>
      (step === undefined || row.sequence_number === step) &&
      (status === undefined || emailStatuses[status](row)) && isInRange(Date.parse(row.sent_time))
    )
    .sort(({ mail: { row: one } }, { mail: { row: other } }) =>
      `${one.sent_time} ${one.stats_id}` < `${other.sent_time} ${other.stats_id}` ? -1 : 1
    );
  const data = found.slice(offset, offset + limit).map(({ campaign: { leads }, mail }) => {
    const link = leads.get(mail.link);
    const person = workspace.person(link);
    const { subject, html } = mailText(campaign, mail.row.sequence_number, mail.variant, person);
    return {
      ...mail.row,
      lead_name: nameOf(person),
      lead_email: link?.email ?? null,
      // What the lead is now, on every one of its rows, answered or not.
      lead_category: workspace.category(link?.label)?.name ?? null,
      email_subject: subject,
      email_message: html,
    };
  });
  return { total_stats: String(found.length), data, offset, limit };
});

const one = '/campaigns/:campaignId';

export const analyticsRoutes: Routes<Route> = {
  [`GET ${one}/analytics`]: analytics,
  [`GET ${one}/analytics-by-date`]: byDate,
  [`GET ${one}/statistics`]: statistics,
  'GET /analytics/day-wise-overall-stats': dayWise,
  'GET /analytics/overall-stats-v2': overall,
  'GET /analytics/campaign/overall-stats': perCampaign,
};
