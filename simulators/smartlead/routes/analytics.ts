import { zoneOffset } from '../../shared/zone-offset.ts';
import { dayLength, iso, utcDay } from '../dates.ts';
import { ValidationError } from '../errors.ts';
import { campaignOf } from '../router.ts';
import { always, eventsOf, tallyByDay, tallyOf } from '../tally.ts';
import { dayOf, numberOf, textOf } from '../validate.ts';
import type { Route, RouteContext } from '../router.ts';
import type { CampaignSpace } from '../state.ts';
import type { Range, Tally } from '../tally.ts';
import type { EventRecord, JsonObject, LinkStatus } from '../types.ts';

function headOf({ workspace }: RouteContext, { data }: CampaignSpace): JsonObject {
  return {
    id: data.id,
    user_id: workspace.record.userId,
    created_at: iso(data.created),
    status: data.status,
    name: data.name,
  };
}

/** Every counter is text. */
function counters(tally: Tally, blocked: number): JsonObject {
  const numbers = {
    sent_count: tally.sent,
    unique_sent_count: tally.sentTo.size,
    open_count: tally.opens,
    unique_open_count: tally.opened.size,
    click_count: tally.clicks,
    unique_click_count: tally.clicked.size,
    reply_count: tally.replyCount,
    block_count: blocked,
    total_count: tally.sent,
    drafted_count: 0,
    bounce_count: tally.bounced.size,
    unsubscribed_count: tally.unsubscribed.size,
  };
  return Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, String(value)]));
}

function leadStats({ workspace }: RouteContext, { record }: CampaignSpace): Record<string, number> {
  const count = (status: LinkStatus) => record.links.filter((link) => link.status === status).length;
  return {
    total: record.links.length,
    notStarted: count('STARTED'),
    inprogress: count('INPROGRESS'),
    completed: count('COMPLETED'),
    paused: count('PAUSED'),
    stopped: count('STOPPED'),
    blocked: count('BLOCKED'),
    interested:
      record.links.filter(({ category }) => workspace.category(category)?.sentiment === 'positive').length,
    revenue: 0,
  };
}

function analytics(context: RouteContext): unknown {
  const { workspace, behaviour } = context;
  const campaign = campaignOf(context);
  const { data } = campaign;
  const stats = leadStats(context, campaign);
  const client = workspace.client(data.clientId);
  return {
    ...headOf(context, campaign),
    ...counters(tallyOf(eventsOf(workspace, campaign, behaviour), always, behaviour), stats.blocked ?? 0),
    sequence_count: String(data.steps.length),
    tags: [],
    client_id: data.clientId,
    client_name: client?.name ?? null,
    client_email: client?.email ?? null,
    parent_campaign_id: data.parentId,
    campaign_lead_stats: stats,
  };
}

/** Both days included. */
function rangeOf({ query }: RouteContext, mostDays = Infinity): Range {
  const from = dayOf(query, 'start_date');
  const to = dayOf(query, 'end_date') + dayLength;
  if (to <= from) throw new ValidationError('"end_date" must be greater than or equal to "start_date"');
  if ((to - from) / dayLength > mostDays) {
    throw new ValidationError(`Date range must not be more than ${mostDays} days`);
  }
  return { from, to };
}

/** One object with the totals of the range, not one per day. */
function byDate(context: RouteContext): JsonObject {
  const { workspace, behaviour, query } = context;
  const campaign = campaignOf(context);
  const range = rangeOf(context, 30);
  const tally = tallyOf(eventsOf(workspace, campaign, behaviour), range, behaviour);
  return {
    ...headOf(context, campaign),
    start_date: query.start_date,
    end_date: query.end_date,
    ...counters(tally, 0),
  };
}

function topLevelByDate(context: RouteContext): unknown {
  const campaign = campaignOf(context);
  const range = rangeOf(context, 30);
  const positive = campaign.record.events.filter(({ type, at, category }) =>
    type === 'interest_changed' && at >= range.from && at < range.to &&
    context.workspace.category(category ?? null)?.sentiment === 'positive'
  );
  return {
    ...byDate(context),
    skipped_count: '0',
    positive_reply_count: String(new Set(positive.map(({ link }) => link)).size),
    failed_count: '0',
    stopped_count: '0',
  };
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** A comma list of ids of the query. */
function idsOf({ query }: RouteContext, name: string, most: number): number[] | undefined {
  const text = textOf(query[name]);
  if (text === undefined) return undefined;
  const ids = text.split(',').map((part) => Number(part.trim()));
  if (ids.some((id) => !Number.isInteger(id))) {
    throw new ValidationError(`"${name}" must be a comma list of numbers`);
  }
  if (ids.length > most) {
    throw new ValidationError(`"${name}" must contain less than or equal to ${most} items`);
  }
  return ids;
}

/** Named campaigns answer for their subsequences, too; the whole account counts each event once. */
function chosenEvents(context: RouteContext): EventRecord[] {
  const { workspace, behaviour } = context;
  const ids = idsOf(context, 'campaign_ids', 100);
  const clients = idsOf(context, 'client_ids', 50);
  return [...workspace.campaigns.values()]
    .filter(({ data }) =>
      (ids === undefined || ids.includes(data.id)) &&
      (clients === undefined || (data.clientId !== null && clients.includes(data.clientId)))
    )
    .flatMap((
      campaign,
    ) => (ids === undefined ? campaign.record.events : eventsOf(workspace, campaign, behaviour)));
}

/** The daily series. Its dates have no year, and there are no clicks. */
function dayWise(context: RouteContext, events: readonly EventRecord[]): unknown {
  const { query, behaviour } = context;
  const range = rangeOf(context);
  const zone = textOf(query.timezone) ?? 'UTC';
  const days = tallyByDay(events, behaviour, (instant) => zoneOffset(zone, instant));
  const byLead = behaviour.dayWiseCounts === 'leads';
  const stats: JsonObject[] = [];
  for (let instant = range.from; instant < range.to; instant += dayLength) {
    const date = new Date(instant);
    const tally = days.get(utcDay(instant));
    const day = String(date.getUTCDate());
    stats.push({
      date: `${behaviour.dayWiseDate === 'padded' ? day.padStart(2, '0') : day} ${
        months[date.getUTCMonth()]
      }`,
      day_name: weekdays[date.getUTCDay()],
      email_engagement_metrics: {
        sent: tally?.sent ?? 0,
        opened: (byLead ? tally?.opened.size : tally?.opens) ?? 0,
        replied: (byLead ? tally?.replied.size : tally?.replies) ?? 0,
        bounced: tally?.bounced.size ?? 0,
        unsubscribed: tally?.unsubscribed.size ?? 0,
      },
    });
  }
  return { success: true, message: 'ok', data: { day_wise_stats: stats } };
}

/** Puts each event on the day its e-mail was sent. */
function atSendTime({ workspace }: RouteContext, event: EventRecord): EventRecord {
  const campaign = workspace.campaigns.get(event.campaign);
  const link = campaign?.link(event.link ?? 0);
  const mail = link === undefined ? undefined : campaign?.mail(link, event.step);
  return mail === undefined ? event : { ...event, at: mail.sentAt };
}

function overall(context: RouteContext): unknown {
  const tally = tallyOf(chosenEvents(context), rangeOf(context), context.behaviour);
  return {
    success: true,
    message: 'ok',
    data: {
      overall_stats: {
        sent: tally.sent,
        unique_lead_count: tally.sentTo.size,
        opened: tally.opened.size,
        replied: tally.replyCount,
        bounced: tally.bounced.size,
        unsubscribed: tally.unsubscribed.size,
      },
    },
  };
}

const percent = (part: number, whole: number): string =>
  `${whole === 0 ? 0 : Math.round((100 * part) / whole)}%`;

/** Lists subsequences beside their parents, so adding the rows up counts twice. */
function perCampaign(context: RouteContext): unknown {
  const { workspace, behaviour } = context;
  const range = rangeOf(context);
  const rows = [...workspace.campaigns.values()].map((campaign) => {
    const tally = tallyOf(eventsOf(workspace, campaign, behaviour), range, behaviour);
    return {
      id: campaign.data.id,
      campaign_name: campaign.data.name,
      sent: tally.sent,
      opened: tally.opened.size,
      replied: tally.replyCount,
      bounced: tally.bounced.size,
      unsubscribed: tally.unsubscribed.size,
      open_rate: percent(tally.opened.size, tally.sentTo.size),
      reply_rate: percent(tally.replyCount, tally.sentTo.size),
      bounce_rate: percent(tally.bounced.size, tally.sentTo.size),
    };
  });
  return { ok: true, data: { campaign_wise_performance: rows } };
}

function perMailbox(context: RouteContext): unknown {
  const campaign = campaignOf(context);
  const offset = numberOf(context.query, 'offset', 0, { min: 0 });
  const limit = numberOf(context.query, 'limit', 20, { min: 1, max: 20 });
  const rows = context.workspace.accountsOf(campaign.data).map(({ id, email }) => {
    const mine = campaign.record.events.filter(({ account }) => account === email);
    return {
      email_account_id: id,
      from_email: email,
      ...counters(tallyOf(mine, always, context.behaviour), 0),
    };
  });
  return { ok: true, data: rows.slice(offset, offset + limit) };
}

const campaign = '/campaigns/:campaignId';

export const analyticsRoutes: readonly Route[] = [
  { method: 'GET', path: `${campaign}/analytics`, handle: analytics },
  { method: 'GET', path: `${campaign}/analytics-by-date`, handle: byDate },
  { method: 'GET', path: `${campaign}/top-level-analytics-by-date`, handle: topLevelByDate },
  { method: 'GET', path: `${campaign}/mailbox-statistics`, handle: perMailbox },
  {
    method: 'GET',
    path: '/analytics/day-wise-overall-stats',
    handle: (context) => dayWise(context, chosenEvents(context)),
  },
  {
    method: 'GET',
    path: '/analytics/day-wise-overall-stats-by-sent-time',
    handle: (context) => dayWise(context, chosenEvents(context).map((event) => atSendTime(context, event))),
  },
  { method: 'GET', path: '/analytics/overall-stats-v2', handle: overall },
  { method: 'GET', path: '/analytics/campaign/overall-stats', handle: perCampaign },
];
