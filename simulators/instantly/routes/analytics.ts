import { dayLength, utcDay } from '../../shared/time.ts';
import { campaignStatus, each, flag, listOf, object, text, uuid } from '../schemas.ts';
import { activityCounters, addRow, InstantlyTally, readRange, stageTotals, tallyBy } from '../tally.ts';
import type { Routes } from '../../shared/api.ts';
import type { EventType, JsonObject } from '../../shared/records.ts';
import type { Route, RouteContext } from '../api.ts';
import type { InstantlyCampaign } from '../state.ts';

function chosenCampaigns({ workspace, query }: RouteContext): InstantlyCampaign[] {
  const { ids, id, campaign_id: campaign, campaign_status: status } = query;
  const wanted = new Set<unknown>([...(Array.isArray(ids) ? ids : []), id, campaign]);
  wanted.delete(undefined);
  return [...workspace.campaigns.values()].filter(({ data }) =>
    (wanted.size === 0 || wanted.has(data.id)) && (status === undefined || status === data.status)
  );
}

function sharedCounters(group: InstantlyTally): Record<string, number> {
  const { tally } = group;
  const [opened, clicked] = [tally.of('email_opened'), tally.of('link_clicked')];
  const [replied, automatic] = [tally.of('reply_received'), tally.of('auto_reply_received')];
  return {
    contacted_count: tally.of('email_sent').leads.size,
    emails_sent_count: tally.of('email_sent').count,
    new_leads_contacted_count: group.newLeads.size,
    open_count_unique: opened.leads.size,
    open_count_unique_by_step: opened.leadSteps.size,
    reply_count: group.replies,
    reply_count_unique: replied.leads.size,
    reply_count_unique_by_step: replied.leadSteps.size,
    reply_count_automatic: automatic.count,
    reply_count_automatic_unique: automatic.leads.size,
    reply_count_automatic_unique_by_step: automatic.leadSteps.size,
    link_click_count: clicked.count,
    link_click_count_unique: clicked.leads.size,
    link_click_count_unique_by_step: clicked.leadSteps.size,
    bounced_count: tally.of('email_bounced').count,
    unsubscribed_count: tally.of('lead_unsubscribed').count,
    completed_count: tally.of('lead_completed').count,
    total_opportunities: group.opportunities.size,
  };
}

function opportunityValue({ workspace }: RouteContext, { data }: InstantlyCampaign, group: InstantlyTally) {
  const value = typeof data.pl_value === 'number' ? data.pl_value : workspace.record.defaultOpportunityValue;
  return group.opportunities.size * (value ?? 0);
}

const wholeTally = (context: RouteContext, { events }: InstantlyCampaign): InstantlyTally =>
  tallyBy(context, events, readRange(context), () => 'all').get('all') ?? new InstantlyTally();

function perCampaign(context: RouteContext): unknown {
  readRange(context);
  // A campaign that never sent anything is simply not listed.
  const sending = chosenCampaigns(context).filter(({ events }) =>
    events.some(({ type }) => type === 'email_sent')
  );
  return sending.map((campaign) => {
    const { data, leads } = campaign;
    const group = wholeTally(context, campaign);
    return {
      campaign_name: data.name,
      campaign_id: data.id,
      campaign_status: data.status,
      campaign_is_evergreen: data.is_evergreen === true,
      leads_count: context.query.exclude_total_leads_count === true ? 0 : leads.items.length,
      // Here "opens" are leads that opened; the overview counts every open.
      open_count: group.tally.of('email_opened').leads.size,
      ...sharedCounters(group),
      total_opportunity_value: opportunityValue(context, campaign, group),
    };
  });
}

const stages = {
  total_interested: 1,
  total_meeting_booked: 2,
  total_meeting_completed: 3,
  total_closed: 4,
};

function overview(context: RouteContext): unknown {
  const range = readRange(context);
  const everyEvent = context.query.expand_crm_events === true;
  const zeros = Object.fromEntries(Object.keys(stages).map((name) => [name, 0]));
  const totals: JsonObject = {
    ...sharedCounters(new InstantlyTally()),
    ...zeros,
    open_count: 0,
    total_opportunity_value: 0,
  };
  const rows = new Map([['all', totals]]);
  for (const campaign of chosenCampaigns(context)) {
    const group = wholeTally(context, campaign);
    const byStage = stageTotals(campaign.events, range, everyEvent);
    addRow(rows, 'all', {
      ...sharedCounters(group),
      open_count: group.tally.of('email_opened').count,
      total_opportunity_value: opportunityValue(context, campaign, group),
      ...Object.fromEntries(Object.entries(stages).map(([name, stage]) => [name, byStage.get(stage) ?? 0])),
    });
  }
  return totals;
}

// A day on which only one of these happened has no row.
const invisible: ReadonlySet<EventType> = new Set([
  'email_bounced',
  'lead_unsubscribed',
  'lead_completed',
  'campaign_completed',
]);

const dayRow = (date: string, group: InstantlyTally): JsonObject => ({
  date,
  sent: group.tally.of('email_sent').count,
  contacted: group.tally.of('email_sent').leads.size,
  new_leads_contacted: group.newLeads.size,
  ...activityCounters(group),
  opportunities: group.opportunities.size,
  unique_opportunities: group.opportunities.size,
});

function daily(context: RouteContext): unknown {
  const rows = new Map<string, JsonObject>();
  const range = readRange(context);
  for (const { events } of chosenCampaigns(context)) {
    const groups = tallyBy(
      context,
      events,
      range,
      ({ type, at }) => invisible.has(type) ? undefined : utcDay(at),
    );
    for (const [date, group] of groups) addRow(rows, date, dayRow(date, group));
  }
  if (context.behaviour.zeroFillDays) {
    const days = [...rows.keys()].sort();
    const [first, last] = [Date.parse(days[0] ?? ''), Date.parse(days.at(-1) ?? '')];
    for (let day = first; day < last; day += dayLength) {
      if (!rows.has(utcDay(day))) rows.set(utcDay(day), dayRow(utcDay(day), new InstantlyTally()));
    }
  }
  return [...rows].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row);
}

function steps(context: RouteContext): unknown {
  const { workspace, query, behaviour } = context;
  const rows = new Map<string, JsonObject>();
  for (const { events } of chosenCampaigns(context)) {
    const groups = tallyBy(context, events, readRange(context), ({ type, step, variant }) => {
      if (invisible.has(type)) return undefined;
      return step === null ? 'unknown' : `${step}/${variant}`;
    });
    for (const [key, group] of groups) {
      const { tally, opportunities } = group;
      const [step, variant] = key.split('/').map(Number);
      const unknown = key === 'unknown';
      const current = (stage: number) =>
        [...opportunities].filter((id) => workspace.leads.get(id)?.label === stage).length;
      addRow(rows, key, {
        // Text here, while webhooks carry numbers that start at 1.
        step: unknown ? null : String((step ?? 1) - 1 + behaviour.firstStepInAnalytics),
        variant: unknown ? null : String((variant ?? 1) - 1),
        sent: tally.of('email_sent').count,
        ...activityCounters(group),
        ...(query.include_opportunities_count === true && {
          opportunities: opportunities.size,
          unique_opportunities: opportunities.size,
          meetings_booked: current(2),
          won: current(4),
        }),
      });
    }
  }
  return [...rows].sort(([one], [other]) => one.localeCompare(other, 'en', { numeric: true }))
    .map(([, row]) => row);
}

const dates = each('start_date end_date', text);
const selection = { id: uuid, ids: listOf(uuid), ...dates };
const scope = 'campaigns:read';
const one = { campaign_id: uuid, ...dates };

export const analyticsRoutes: Routes<Route> = {
  'GET /campaigns/analytics': {
    scope,
    handle: perCampaign,
    query: object({ ...selection, exclude_total_leads_count: flag }),
  },
  'GET /campaigns/analytics/overview': {
    scope,
    handle: overview,
    query: object({ ...selection, campaign_status: campaignStatus, expand_crm_events: flag }),
  },
  'GET /campaigns/analytics/daily': {
    scope,
    handle: daily,
    query: object({ ...one, campaign_status: campaignStatus }),
  },
  'GET /campaigns/analytics/steps': {
    scope,
    handle: steps,
    query: object({ ...one, include_opportunities_count: flag }),
  },
};
