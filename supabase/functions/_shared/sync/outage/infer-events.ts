import { z } from 'zod';
import { digestUuid } from '../../platform/digest.ts';
import type { StoredEvent } from '../../events/prepared-event.ts';
import type { EmailEventType } from '../../events/webhook-event.ts';
import { type DayRoom, placeOnDays } from './place-on-days.ts';

/** The answer of `read_campaign_outage`, whose comment explains the fields. */
export const missingActivity = z.object({
  provider_campaign_id: z.string(),
  leads: z.array(z.object({
    email: z.string(),
    type: z.enum(['email_opened', 'email_clicked']),
    missing: z.number(),
    inferred: z.number(),
    last_at: z.string(),
    last_is_observed: z.boolean(),
    earliest_at: z.string(),
    latest_at: z.string(),
    observed_days: z.array(z.string()),
    account: z.string().nullable(),
  })),
  days: z.array(z.object({
    day: z.string(),
    type: z.enum(['email_opened', 'email_clicked']),
    events: z.number(),
    leads: z.number(),
  })),
});
export type MissingActivity = z.infer<typeof missingActivity>;
type ActiveLead = MissingActivity['leads'][number];

/** The answer of `read_ended_outage_leads`. */
export const missingEndings = z.object({
  leads: z.array(z.object({
    campaign_id: z.uuid(),
    provider_campaign_id: z.string(),
    email: z.string(),
    type: z.enum(['email_bounced', 'lead_unsubscribed']),
    account: z.string().nullable(),
    earliest_at: z.string(),
    latest_at: z.string(),
  })),
  account_days: z.array(z.object({ account: z.string(), day: z.string(), events: z.number() })),
});
export type MissingEndings = z.infer<typeof missingEndings>;
type EndedLead = MissingEndings['leads'][number];

interface Inferred {
  type: EmailEventType;
  campaign: string;
  email: string;
  account: string | null;
  /** Number among the lead's inferred events of this type, from 1. */
  ordinal: number;
  at: number;
  earliest: number;
  latest: number;
  timeIs: 'exact' | 'estimated';
}

const minute = 60_000;

/**
 * Milliseconds between the provider's last time of an open or click and a delivery of the same one; both are its own clock. With
 * two minutes, every fourth chaos run lost somebody's second open.
 */
const sameActivity = 10_000;

/**
 * Events for opens and clicks that only the provider's counters show. A lead's last one has its exact time; the others are
 * placed on days on which the provider counts more than we have, after the lead's first mail and before its last activity.
 * Leads active after `settledUntil` wait, because a delivery may still arrive; until then nothing is placed on days.
 */
export function inferActivity(
  provider: string,
  missing: MissingActivity,
  settledUntil: number,
): { events: StoredEvent[]; waiting: string[] } {
  const inferred: Inferred[] = [];
  const waiting = new Set<string>();
  for (const type of ['email_opened', 'email_clicked'] as const) {
    const all = missing.leads.filter((lead) => lead.type === type);
    const leads = all.filter((lead) => Date.parse(lead.last_at) <= settledUntil);
    for (const lead of all) if (!leads.includes(lead)) waiting.add(lead.email);

    const room = new Map<string, DayRoom>(
      missing.days.filter((day) => day.type === type).map((
        { day, events, leads: distinct },
      ) => [day, { events, leads: distinct }]),
    );
    const ordinals = new Map(leads.map((lead) => [lead, lead.inferred]));
    const add = (lead: ActiveLead, at: number, timeIs: Inferred['timeIs']) => {
      const ordinal = (ordinals.get(lead) ?? 0) + 1;
      ordinals.set(lead, ordinal);
      inferred.push({
        type,
        campaign: missing.provider_campaign_id,
        email: lead.email,
        account: lead.account,
        ordinal,
        at,
        earliest: Date.parse(lead.earliest_at),
        latest: Date.parse(lead.last_at) + sameActivity,
        timeIs,
      });
    };

    const rest: { lead: ActiveLead; count: number; days: Set<string> }[] = [];
    for (const lead of leads) {
      const days = new Set(lead.observed_days);
      let count = lead.missing;
      if (!lead.last_is_observed) {
        const at = Date.parse(lead.last_at);
        add(lead, at, 'exact');
        useRoom(room, dayOf(at), !days.has(dayOf(at)));
        days.add(dayOf(at));
        count--;
      }
      if (count > 0) rest.push({ lead, count, days });
    }
    if (leads.length < all.length) {
      for (const { lead } of rest) waiting.add(lead.email);
      continue;
    }
    const spans = rest.map(({ lead }) => spanOf(lead.earliest_at, lead.latest_at));
    const placed = placeOnDays(
      rest.map(({ count, days }, index) => ({
        count,
        days,
        first: dayOf(spans[index]?.from ?? 0),
        last: dayOf(spans[index]?.to ?? 0),
      })),
      room,
    );
    rest.forEach(({ lead }, index) => {
      const span = spans[index];
      if (span === undefined) return;
      for (const at of momentsOn(placed[index] ?? [], span.from, span.to)) add(lead, at, 'estimated');
    });
  }
  return { events: inferred.map((event) => write(provider, event)), waiting: [...waiting] };
}

/**
 * Events for bounces and unsubscribes that the provider shows as a lead's state. A bounce is placed on a day on which the
 * provider counts more bounces of the mailbox than we have; an unsubscribe at the lead's last change during the outage.
 */
export function inferEndings(provider: string, missing: MissingEndings): StoredEvent[] {
  const bounced = missing.leads.filter((lead) => lead.type === 'email_bounced');
  const unsubscribed = missing.leads.filter((lead) => lead.type === 'lead_unsubscribed');
  const events = unsubscribed.map((lead) => ending(lead, Date.parse(lead.latest_at)));

  for (const account of new Set(bounced.map((lead) => lead.account))) {
    const leads = bounced.filter((lead) => lead.account === account);
    const room = new Map<string, DayRoom>(
      missing.account_days.filter((day) => day.account === account).map((day) => [
        day.day,
        { events: day.events, leads: day.events },
      ]),
    );
    const spans = leads.map((lead) => spanOf(lead.earliest_at, lead.latest_at));
    const placed = placeOnDays(
      spans.map((span) => ({
        count: 1,
        days: new Set<string>(),
        first: dayOf(span.from),
        last: dayOf(span.to),
      })),
      room,
    );
    leads.forEach((lead, index) => {
      const { from, to } = spans[index] ?? { from: 0, to: 0 };
      const [at] = momentsOn(placed[index] ?? [], from, to);
      // The campaign's counter confirms the bounce; without a day of the mailbox, right after the last mail is the likeliest.
      events.push(ending(lead, at ?? Math.min(from + minute, to)));
    });
  }
  return events.map((event) => write(provider, event));
}

function ending(lead: EndedLead, at: number): Inferred {
  return {
    type: lead.type,
    campaign: lead.provider_campaign_id,
    email: lead.email,
    account: lead.account,
    ordinal: 1,
    at,
    earliest: Date.parse(lead.earliest_at),
    latest: Date.parse(lead.latest_at) + 2 * minute,
    timeIs: 'estimated',
  };
}

/** The key has lead, type and ordinal, never the time: a second run that chooses another day gives the same key. */
function write(provider: string, event: Inferred): StoredEvent {
  const { type, campaign, email, account, ordinal, timeIs } = event;
  const time = new Date(event.at).toISOString();
  return {
    key: digestUuid(JSON.stringify([provider, 'inferred', type, campaign, email, ordinal])),
    provider_campaign_id: campaign,
    event: {
      type,
      occurred_at: time,
      provider_campaign_ids: [campaign],
      email,
      ...(account === null ? {} : { email_account: account }),
    },
    payload: {
      inferred: true,
      event_type: type,
      timestamp: time,
      time_is: timeIs,
      lead_email: email,
      // A delivery for this lead in this span is the same fact; see private.match_recovered_facts.
      earliest_at: new Date(event.earliest).toISOString(),
      latest_at: new Date(event.latest).toISOString(),
    },
  };
}

function useRoom(room: Map<string, DayRoom>, day: string, isFresh: boolean): void {
  const at = room.get(day);
  if (at !== undefined) room.set(day, { events: at.events - 1, leads: at.leads - (isFresh ? 1 : 0) });
}

function spanOf(earliest: string, latest: string): { from: number; to: number } {
  const to = Date.parse(latest);
  return { from: Math.min(Date.parse(earliest), to), to };
}

/** Moments on the given days within the span; several on one day are spread evenly. */
function momentsOn(days: readonly string[], from: number, to: number): number[] {
  const perDay = new Map<string, number>();
  for (const day of days) perDay.set(day, (perDay.get(day) ?? 0) + 1);
  return [...perDay].flatMap(([day, count]) => {
    const start = Math.max(from, Date.parse(`${day}T00:00:00Z`));
    const end = Math.min(to, Date.parse(`${day}T00:00:00Z`) + 86_400_000 - 1);
    return Array.from(
      { length: count },
      (_, index) => Math.floor(start + Math.max(end - start, 0) * (index + 1) / (count + 1)),
    );
  });
}

function dayOf(moment: number): string {
  return new Date(moment).toISOString().slice(0, 10);
}
