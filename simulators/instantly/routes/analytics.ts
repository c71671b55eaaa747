import { Tally } from '../../shared/tally.ts';
import { utcDay } from '../../shared/time.ts';
import { each, flag, listOf, object, text, uuid } from '../schemas.ts';
import { opportunityValue } from './workspace.ts';
import {
  activityCounters,
  addRow,
  type InstantlyTally,
  readRange,
  sendingCounters,
  tallyBy,
} from '../tally.ts';
import type { Routes } from '../../shared/api.ts';
import type { EventRecord, EventType, JsonObject } from '../../shared/records.ts';
import type { Route, RouteContext } from '../api.ts';
import type { InstantlyCampaign } from '../state.ts';

function chosenCampaigns({ workspace, query }: RouteContext): InstantlyCampaign[] {
  const wanted = [query.ids, query.id, query.campaign_id].flat().filter((id) => id !== undefined);
  return workspace.allCampaigns.filter(({ data }) => wanted.length === 0 || wanted.includes(data.id));
}

function campaignCounters({ data }: InstantlyCampaign, tally: InstantlyTally): JsonObject {
  const opportunities = tally.of('opportunity').leads.size;
  const value = typeof data.pl_value === 'number' ? data.pl_value : opportunityValue;
  return {
    contacted_count: tally.of('email_sent').leads.size,
    emails_sent_count: tally.of('email_sent').count,
    new_leads_contacted_count: tally.of('new_lead').leads.size,
    open_count: tally.of('email_opened').count,
    reply_count: tally.of('reply_received').count,
    reply_count_automatic: tally.of('auto_reply_received').count,
    link_click_count: tally.of('link_clicked').count,
    bounced_count: tally.of('email_bounced').count,
    unsubscribed_count: tally.of('lead_unsubscribed').count,
    completed_count: tally.of('lead_completed').count,
    total_opportunities: opportunities,
    total_opportunity_value: opportunities * value,
    open_count_unique: tally.of('email_opened').leads.size,
    reply_count_unique: tally.of('reply_received').leads.size,
    link_click_count_unique: tally.of('link_clicked').leads.size,
  };
}

const wholeTally = (context: RouteContext, { events }: InstantlyCampaign): InstantlyTally =>
  tallyBy(context, events, readRange(context), () => 'all').get('all') ?? new Tally();

function perCampaign(context: RouteContext): unknown {
  // A campaign that never sent anything is simply not listed.
  const sending = chosenCampaigns(context).filter(({ events }) =>
    events.some(({ type }) => type === 'email_sent')
  );
  return sending.map((campaign) => {
    const { data, leads } = campaign;
    const tally = wholeTally(context, campaign);
    return {
      ...campaignCounters(campaign, tally),
      campaign_name: data.name,
      campaign_id: data.id,
      campaign_status: data.status,
      campaign_is_evergreen: data.is_evergreen === true,
      leads_count: leads.items.length,
      // Here "opens" are leads that opened; the overview counts every open.
      open_count: tally.of('email_opened').leads.size,
    };
  });
}

function overview(context: RouteContext): unknown {
  const rows = new Map<string, JsonObject>();
  for (const campaign of chosenCampaigns(context)) {
    addRow(rows, 'all', campaignCounters(campaign, wholeTally(context, campaign)));
  }
  return rows.get('all') ?? {};
}

// A day on which only one of these happened has no row.
const invisible: ReadonlySet<EventType> = new Set([
  'email_bounced',
  'lead_unsubscribed',
  'lead_completed',
  'campaign_completed',
]);

/** The rows of the chosen campaigns together, by a key that also sorts them. */
function series(
  context: RouteContext,
  keyOf: (event: EventRecord) => string,
  show: (key: string, tally: InstantlyTally) => JsonObject,
): unknown {
  const rows = new Map<string, JsonObject>();
  for (const { events } of chosenCampaigns(context)) {
    const visibleKey = (event: EventRecord) => invisible.has(event.type) ? undefined : keyOf(event);
    const groups = tallyBy(context, events, readRange(context), visibleKey);
    for (const [key, tally] of groups) addRow(rows, key, show(key, tally));
  }
  return [...rows].sort(([one], [other]) => one.localeCompare(other, 'en', { numeric: true }))
    .map(([, row]) => row);
}

const daily = (context: RouteContext): unknown =>
  series(context, ({ at }) => utcDay(at), (date, tally) => ({
    date,
    ...sendingCounters(tally),
    ...activityCounters(tally),
    opportunities: tally.of('opportunity').leads.size,
    unique_opportunities: tally.of('opportunity').leads.size,
  }));

const stepKey = ({ step, variant }: EventRecord): string =>
  step === null ? 'unknown' : `${step - 1}/${(variant ?? 1) - 1}`;

/** Step and variant are text that starts at 0, while webhooks carry numbers that start at 1. */
function steps(context: RouteContext): unknown {
  const opportunities = context.query.include_opportunities_count === true
    ? opportunitiesByStep(context)
    : undefined;
  return series(context, stepKey, (key, tally) => {
    const [step = null, variant = null] = key === 'unknown' ? [] : key.split('/');
    return {
      step,
      variant,
      sent: tally.of('email_sent').count,
      ...activityCounters(tally),
      ...opportunities?.(key),
    };
  });
}

/** Leads that are positive now, by the last mail that each got; a meeting and a won deal are what the label is now. */
function opportunitiesByStep(context: RouteContext): (key: string) => JsonObject {
  const labels = new Map<string, number[]>();
  for (const { events, leads } of chosenCampaigns(context)) {
    const sent = new Map<EventRecord['lead'], EventRecord>();
    for (const event of events) {
      if (event.type !== 'email_sent' || event.lead === null) continue;
      if (event.at >= (sent.get(event.lead)?.at ?? 0)) sent.set(event.lead, event);
    }
    for (const { id, label } of leads.items) {
      const last = sent.get(id);
      if (label === null || last === undefined || !context.workspace.isPositive(label)) continue;
      const key = stepKey(last);
      labels.set(key, [...labels.get(key) ?? [], label]);
    }
  }
  return (key) => {
    const found = labels.get(key) ?? [];
    const count = (wanted: number): number => found.filter((label) => label === wanted).length;
    return {
      opportunities: found.length,
      unique_opportunities: found.length,
      meetings_booked: count(2),
      won: count(4),
    };
  };
}

const dates = each('start_date end_date', text);
const several = object({ id: uuid, ids: listOf(uuid), ...dates });
const one = object({ campaign_id: uuid, ...dates });
const perStep = object({ campaign_id: uuid, include_opportunities_count: flag, ...dates });

export const analyticsRoutes: Routes<Route> = {
  'GET /campaigns/analytics': ['campaigns:read', perCampaign, { query: several }],
  'GET /campaigns/analytics/overview': ['campaigns:read', overview, { query: several }],
  'GET /campaigns/analytics/daily': ['campaigns:read', daily, { query: one }],
  'GET /campaigns/analytics/steps': ['campaigns:read', steps, { query: perStep }],
};
