import { z } from 'zod';
import { dayLength, iso, utcDay, zoneOffset } from '../../shared/time.ts';
import { campaignOf, type Route, type RouteContext } from '../api.ts';
import { day, page, read, ValidationError } from '../errors.ts';
import { SmartleadTally, tallyOf, tallyPer, withSubsequences } from '../tally.ts';
import type { Routes } from '../../shared/api.ts';
import type { EventRecord, JsonObject } from '../../shared/records.ts';
import type { Range } from '../../shared/tally.ts';
import type { SmartleadCampaign } from '../state.ts';
import type { LinkStatus } from '../types.ts';

const headOf = ({ workspace }: RouteContext, { data }: SmartleadCampaign): JsonObject => ({
  id: data.id,
  user_id: workspace.record.userId,
  created_at: iso(data.created),
  status: data.status,
  name: data.name,
});

/** Every counter is text. */
function counters(tally: SmartleadTally, blocked = 0): JsonObject {
  const numbers = {
    sent_count: tally.sent.count,
    unique_sent_count: tally.sent.leads.size,
    open_count: tally.opened.count,
    unique_open_count: tally.opened.leads.size,
    click_count: tally.clicked.count,
    unique_click_count: tally.clicked.leads.size,
    reply_count: tally.replyCount,
    block_count: blocked,
    total_count: tally.sent.count,
    drafted_count: 0,
    bounce_count: tally.bounced,
    unsubscribed_count: tally.unsubscribed,
  };
  return Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, String(value)]));
}

/** The events a campaign answers for. */
const eventsOf = ({ workspace, behaviour }: RouteContext, campaign: SmartleadCampaign): EventRecord[] =>
  withSubsequences(workspace, campaign, behaviour).flatMap(({ events }) => events);

function analytics(context: RouteContext): unknown {
  const { workspace, behaviour } = context;
  const campaign = campaignOf(context);
  const { data, leads: { items: links } } = campaign;
  const count = (wanted: LinkStatus) => links.filter(({ status }) => status === wanted).length;
  const client = workspace.record.clients.find(({ id }) => id === data.clientId);
  return {
    ...headOf(context, campaign),
    ...counters(tallyOf(eventsOf(context, campaign), behaviour), count('BLOCKED')),
    sequence_count: String(data.steps.length),
    tags: [],
    client_id: data.clientId,
    client_name: client?.name ?? null,
    client_email: client?.email ?? null,
    parent_campaign_id: data.parentId,
    campaign_lead_stats: {
      total: links.length,
      notStarted: count('STARTED'),
      inprogress: count('INPROGRESS'),
      completed: count('COMPLETED'),
      paused: count('PAUSED'),
      stopped: count('STOPPED'),
      blocked: count('BLOCKED'),
      interested: links.filter(({ label }) => workspace.isPositive(label)).length,
      revenue: 0,
    },
  };
}

const rangeQuery = z.object({ start_date: day, end_date: day });

/** Both days included. */
function rangeOf({ query }: RouteContext, maxDays = Infinity): Range {
  const { start_date: from, end_date: lastDay } = read(rangeQuery, query);
  const to = lastDay + dayLength;
  if (to <= from) throw new ValidationError('"end_date" must be greater than or equal to "start_date"');
  if ((to - from) / dayLength > maxDays) {
    throw new ValidationError(`Date range must not be more than ${maxDays} days`);
  }
  return { from, to };
}

/** One object with the totals of the range, not one per day. */
function byDate(context: RouteContext): JsonObject {
  const { behaviour, query: { start_date, end_date } } = context;
  const campaign = campaignOf(context);
  const tally = tallyOf(eventsOf(context, campaign), behaviour, rangeOf(context, 30));
  return { ...headOf(context, campaign), start_date, end_date, ...counters(tally) };
}

function topLevelByDate(context: RouteContext): unknown {
  const { from, to } = rangeOf(context, 30);
  const positive = campaignOf(context).events.filter(({ type, at, label }) =>
    type === 'label_changed' && at >= from && at < to && context.workspace.isPositive(label)
  );
  return {
    ...byDate(context),
    skipped_count: '0',
    positive_reply_count: String(new Set(positive.map(({ lead }) => lead)).size),
    failed_count: '0',
    stopped_count: '0',
  };
}

/** A comma list of ids. */
const idsUpTo = (max: number) =>
  z.string().transform((text) => text.split(',').map((part) => Number(part.trim())))
    .refine((ids) => ids.every(Number.isInteger), 'must be a comma list of numbers')
    .refine((ids) => ids.length <= max, `must contain less than or equal to ${max} items`)
    .optional();
const choiceQuery = z.object({ campaign_ids: idsUpTo(100), client_ids: idsUpTo(50) });

/** Named campaigns answer for their subsequences, too; the whole account counts each event once. */
function chosenEvents(context: RouteContext): EventRecord[] {
  const { campaign_ids: ids, client_ids: clients } = read(choiceQuery, context.query);
  return [...context.workspace.campaigns.values()]
    .filter(({ data: { id, clientId } }) =>
      (ids === undefined || ids.includes(id)) &&
      (clients === undefined || (clientId !== null && clients.includes(clientId)))
    )
    .flatMap((campaign) => ids === undefined ? campaign.events : eventsOf(context, campaign));
}

const format = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', ...options });
const [dayNames, monthNames] = [format({ weekday: 'long' }), format({ month: 'short' })];
const dayNumbers = { short: format({ day: 'numeric' }), padded: format({ day: '2-digit' }) };

/** The daily series. Its dates have no year, and there are no clicks. */
function dayWise(context: RouteContext, events: readonly EventRecord[]): unknown {
  const { query, behaviour } = context;
  const range = rangeOf(context);
  const zone = String(query.timezone ?? 'UTC');
  const days = tallyPer(events, ({ at }) => utcDay(at + zoneOffset(zone, at)));
  const byLead = behaviour.dayWiseCounts === 'leads';
  const stats: JsonObject[] = [];
  for (let instant = range.from; instant < range.to; instant += dayLength) {
    const tally = new SmartleadTally(behaviour, days.get(utcDay(instant)));
    stats.push({
      date: `${dayNumbers[behaviour.dayWiseDate].format(instant)} ${monthNames.format(instant)}`,
      day_name: dayNames.format(instant),
      email_engagement_metrics: {
        sent: tally.sent.count,
        opened: byLead ? tally.opened.leads.size : tally.opened.count,
        replied: byLead ? tally.replyLeads : tally.replies,
        bounced: tally.bounced,
        unsubscribed: tally.unsubscribed,
      },
    });
  }
  return { success: true, message: 'ok', data: { day_wise_stats: stats } };
}

/** Puts each event on the day its e-mail was sent. */
function atSendTime({ workspace }: RouteContext, event: EventRecord): EventRecord {
  const campaign = workspace.campaigns.get(event.campaign);
  const link = campaign?.leads.get(event.lead);
  const mail = link && campaign?.mail(link, event.step);
  return mail === undefined ? event : { ...event, at: mail.sentAt };
}

const outcomeOf = (tally: SmartleadTally) => ({
  opened: tally.opened.leads.size,
  replied: tally.replyCount,
  bounced: tally.bounced,
  unsubscribed: tally.unsubscribed,
});

function overall(context: RouteContext): unknown {
  const tally = tallyOf(chosenEvents(context), context.behaviour, rangeOf(context));
  const { count: sent, leads } = tally.sent;
  const stats = { sent, unique_lead_count: leads.size, ...outcomeOf(tally) };
  return { success: true, message: 'ok', data: { overall_stats: stats } };
}

/** Lists subsequences beside their parents, so adding the rows up counts twice. */
function perCampaign(context: RouteContext): unknown {
  const range = rangeOf(context);
  const rows = [...context.workspace.campaigns.values()].map((campaign) => {
    const tally = tallyOf(eventsOf(context, campaign), context.behaviour, range);
    const { count: sent, leads: { size: leads } } = tally.sent;
    const outcome = outcomeOf(tally);
    const percent = (part: number): string => `${leads === 0 ? 0 : Math.round((100 * part) / leads)}%`;
    return {
      id: campaign.data.id,
      campaign_name: campaign.data.name,
      sent,
      ...outcome,
      open_rate: percent(outcome.opened),
      reply_rate: percent(outcome.replied),
      bounce_rate: percent(outcome.bounced),
    };
  });
  return { ok: true, data: { campaign_wise_performance: rows } };
}

const mailboxQuery = z.object(page(20));

function perMailbox(context: RouteContext): unknown {
  const { data, events } = campaignOf(context);
  const { offset, limit } = read(mailboxQuery, context.query);
  const rows = context.workspace.accountsOf(data).map(({ id, email }) => ({
    email_account_id: id,
    from_email: email,
    ...counters(tallyOf(events.filter(({ account }) => account === email), context.behaviour)),
  }));
  return { ok: true, data: rows.slice(offset, offset + limit) };
}

export const analyticsRoutes: Routes<Route> = {
  'GET /campaigns/:campaignId/analytics': analytics,
  'GET /campaigns/:campaignId/analytics-by-date': byDate,
  'GET /campaigns/:campaignId/top-level-analytics-by-date': topLevelByDate,
  'GET /campaigns/:campaignId/mailbox-statistics': perMailbox,
  'GET /analytics/day-wise-overall-stats': (context) => dayWise(context, chosenEvents(context)),
  'GET /analytics/day-wise-overall-stats-by-sent-time': (context) =>
    dayWise(context, chosenEvents(context).map((event) => atSendTime(context, event))),
  'GET /analytics/overall-stats-v2': overall,
  'GET /analytics/campaign/overall-stats': perCampaign,
};
