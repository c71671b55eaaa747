import { campaignStatus, flag, listOf, object, text, uuid } from '../schemas.ts';
import { dayOf, readRange, stageTotals, Tally, tallyBy } from '../tally.ts';
import type { Route, RouteContext } from '../router.ts';
import type { CampaignSpace } from '../state.ts';
import type { JsonObject } from '../types.ts';

const dates = { start_date: text, end_date: text };
const selection = { id: uuid, ids: listOf(uuid) };

function chosenCampaigns({ workspace, query }: RouteContext): CampaignSpace[] {
  const wanted = new Set<unknown>([
    ...(Array.isArray(query.ids) ? query.ids : []),
    ...[query.id, query.campaign_id].filter((id) => id !== undefined),
  ]);
  return [...workspace.campaigns.values()].filter(({ data }) =>
    (wanted.size === 0 || wanted.has(data.id)) &&
    (query.campaign_status === undefined || query.campaign_status === data.status)
  );
}

const rangeOf = (context: RouteContext) => readRange(context.query, context.behaviour.endDateCoversDay);

function replyCount(context: RouteContext, tally: Tally): number {
  return tally.replies + (context.behaviour.repliesIncludeAutomatic ? tally.automaticReplies : 0);
}

function sharedCounters(context: RouteContext, tally: Tally): JsonObject {
  return {
    contacted_count: tally.contacted.size,
    emails_sent_count: tally.sent,
    new_leads_contacted_count: tally.newLeads,
    open_count_unique: tally.opened.size,
    open_count_unique_by_step: tally.openedByStep.size,
    reply_count: replyCount(context, tally),
    reply_count_unique: tally.replied.size,
    reply_count_unique_by_step: tally.repliedByStep.size,
    reply_count_automatic: tally.automaticReplies,
    reply_count_automatic_unique: tally.repliedAutomatically.size,
    reply_count_automatic_unique_by_step: tally.repliedAutomaticallyByStep.size,
    link_click_count: tally.clicks,
    link_click_count_unique: tally.clicked.size,
    link_click_count_unique_by_step: tally.clickedByStep.size,
    bounced_count: tally.bounced,
    unsubscribed_count: tally.unsubscribed,
    completed_count: tally.completed,
    total_opportunities: tally.opportunities,
  };
}

function opportunityValue(context: RouteContext, campaign: CampaignSpace, tally: Tally): number {
  const own = campaign.data.pl_value;
  return tally.opportunities *
    (typeof own === 'number' ? own : context.workspace.record.defaultOpportunityValue ?? 0);
}

const wholeTally = (context: RouteContext, campaign: CampaignSpace): Tally =>
  tallyBy(context.workspace, campaign.events, rangeOf(context), () => 'all').get('all') ?? new Tally();

function perCampaign(context: RouteContext): unknown {
  rangeOf(context);
  const rows: JsonObject[] = [];
  for (const campaign of chosenCampaigns(context)) {
    const { data } = campaign;
    // A campaign that never sent anything is simply not listed.
    if (!campaign.events.some(({ type }) => type === 'email_sent')) continue;
    const tally = wholeTally(context, campaign);
    rows.push({
      campaign_name: data.name,
      campaign_id: data.id,
      campaign_status: data.status,
      campaign_is_evergreen: data.is_evergreen === true,
      leads_count: context.query.exclude_total_leads_count === true ? 0 : campaign.leads.items.length,
      // Here "opens" are leads that opened; the overview counts every open.
      open_count: tally.opened.size,
      ...sharedCounters(context, tally),
      total_opportunity_value: opportunityValue(context, campaign, tally),
    });
  }
  return rows;
}

function overview(context: RouteContext): unknown {
  const totals: Record<string, number> = {};
  const add = (name: string, value: unknown) => {
    totals[name] = (totals[name] ?? 0) + (typeof value === 'number' ? value : 0);
  };
  const range = rangeOf(context);
  const empty = new Tally();
  for (const [name, value] of Object.entries(sharedCounters(context, empty))) add(name, value);
  for (const name of ['open_count', 'total_opportunity_value']) add(name, 0);
  const stages = {
    total_interested: 1,
    total_meeting_booked: 2,
    total_meeting_completed: 3,
    total_closed: 4,
  };
  for (const name of Object.keys(stages)) add(name, 0);
  for (const campaign of chosenCampaigns(context)) {
    const tally = wholeTally(context, campaign);
    for (const [name, value] of Object.entries(sharedCounters(context, tally))) add(name, value);
    add('open_count', tally.opens);
    add('total_opportunity_value', opportunityValue(context, campaign, tally));
    const byStage = stageTotals(campaign.events, range, context.query.expand_crm_events === true);
    for (const [name, stage] of Object.entries(stages)) add(name, byStage.get(stage) ?? 0);
  }
  return totals;
}

export function activityCounters(context: RouteContext, tally: Tally): JsonObject {
  const { repliesIncludeAutomatic } = context.behaviour;
  return {
    opened: tally.opens,
    unique_opened: tally.opened.size,
    replies: tally.replies + (repliesIncludeAutomatic ? tally.automaticReplies : 0),
    unique_replies: tally.replied.size,
    replies_automatic: tally.automaticReplies,
    unique_replies_automatic: tally.repliedAutomatically.size,
    clicks: tally.clicks,
    unique_clicks: tally.clicked.size,
  };
}

/** Adds the rows of several campaigns that fall on the same key, field by field. */
function addRow(rows: Map<string, JsonObject>, key: string, row: JsonObject): void {
  const known = rows.get(key);
  if (known === undefined) return void rows.set(key, row);
  for (const [name, value] of Object.entries(row)) {
    if (typeof value === 'number') known[name] = Number(known[name] ?? 0) + value;
  }
}

function daily(context: RouteContext): unknown {
  const rows = new Map<string, JsonObject>();
  const range = rangeOf(context);
  // A day on which only something invisible here happened (a bounce, a completed lead) has no row.
  const invisible = new Set(['email_bounced', 'lead_unsubscribed', 'lead_completed', 'campaign_completed']);
  const dayRow = (date: string, tally: Tally): JsonObject => ({
    date,
    sent: tally.sent,
    contacted: tally.contacted.size,
    new_leads_contacted: tally.newLeads,
    ...activityCounters(context, tally),
    opportunities: tally.opportunities,
    unique_opportunities: tally.opportunityLeads.size,
  });
  for (const campaign of chosenCampaigns(context)) {
    const tallies = tallyBy(
      context.workspace,
      campaign.events,
      range,
      (event) => invisible.has(event.type) ? undefined : dayOf(event.at),
    );
    for (const [date, tally] of tallies) addRow(rows, date, dayRow(date, tally));
  }
  if (context.behaviour.zeroFillDays) {
    const days = [...rows.keys()].sort();
    const last = days.at(-1);
    let date = days[0];
    while (date !== undefined && last !== undefined && date < last) {
      if (!rows.has(date)) rows.set(date, dayRow(date, new Tally()));
      date = dayOf(Date.parse(date) + 86_400_000);
    }
  }
  return [...rows.values()].sort((one, other) => (String(one.date) < String(other.date) ? -1 : 1));
}

function steps(context: RouteContext): unknown {
  const rows = new Map<string, JsonObject>();
  const withOpportunities = context.query.include_opportunities_count === true;
  for (const campaign of chosenCampaigns(context)) {
    const tallies = tallyBy(context.workspace, campaign.events, rangeOf(context), (event) => {
      if (
        ['lead_completed', 'campaign_completed', 'email_bounced', 'lead_unsubscribed'].includes(event.type)
      ) return undefined;
      return event.step === null ? 'unknown' : `${event.step}/${event.variant}`;
    });
    for (const [key, tally] of tallies) {
      const [step, variant] = key.split('/').map(Number);
      const unknown = key === 'unknown';
      const current = (stage: number) =>
        [...tally.opportunityLeads].filter((id) => context.workspace.leadById.get(id)?.interest === stage)
          .length;
      addRow(rows, key, {
        // Text here, while webhooks carry numbers that start at 1.
        step: unknown ? null : String((step ?? 1) - 1 + context.behaviour.firstStepInAnalytics),
        variant: unknown ? null : String((variant ?? 1) - 1),
        sent: tally.sent,
        ...activityCounters(context, tally),
        ...(withOpportunities && {
          opportunities: tally.opportunities,
          unique_opportunities: tally.opportunityLeads.size,
          meetings_booked: current(2),
          won: current(4),
        }),
      });
    }
  }
  return [...rows].sort(([one], [other]) => one.localeCompare(other, 'en', { numeric: true })).map((
    [, row],
  ) => row);
}

const readCampaigns = ['campaigns', 'read'] as const;

export const analyticsRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/campaigns/analytics',
    scope: readCampaigns,
    query: object({ ...selection, ...dates, exclude_total_leads_count: flag }),
    handle: perCampaign,
  },
  {
    method: 'GET',
    path: '/campaigns/analytics/overview',
    scope: readCampaigns,
    query: object({ ...selection, ...dates, campaign_status: campaignStatus, expand_crm_events: flag }),
    handle: overview,
  },
  {
    method: 'GET',
    path: '/campaigns/analytics/daily',
    scope: readCampaigns,
    query: object({ campaign_id: uuid, ...dates, campaign_status: campaignStatus }),
    handle: daily,
  },
  {
    method: 'GET',
    path: '/campaigns/analytics/steps',
    scope: readCampaigns,
    query: object({ campaign_id: uuid, ...dates, include_opportunities_count: flag }),
    handle: steps,
  },
];
