/** Facts for the reports, and what they should come to: plain loops over the facts, no SQL, no shared code. */
import { delivery } from './deliveries.ts';

export interface ReportFact {
  type: string;
  campaign: string;
  email: string;
  at: string;
  step: number;
  variant: number;
}

/** A made-up history of ten days: every lead gets one or two mails, some open, click, reply, are labelled. */
export function makeHistory(campaigns: string[], leads: number, random: () => number): ReportFact[] {
  const facts: ReportFact[] = [];
  const start = Date.UTC(2026, 9, 5);
  let moment = 0;
  for (const campaign of campaigns) {
    for (let number = 0; number < leads; number++) {
      const base = start + Math.floor(random() * 7 * 86_400_000);
      const email = `lead${number}@report.test`;
      for (let step = 1; step <= 1 + Math.floor(random() * 2); step++) {
        const variant = 1 + Math.floor(random() * 2);
        // No two facts at the same moment, because the provider's time is part of a fact's key.
        const add = (type: string, hours: number) =>
          facts.push({
            type,
            campaign,
            email,
            step,
            variant,
            at: new Date(base + (step * 30 + hours) * 3_600_000 + moment++).toISOString(),
          });
        add('email_sent', 0);
        for (let opens = Math.floor(random() * 3); opens > 0; opens--) {
          add('email_opened', 1 + Math.floor(random() * 48));
        }
        if (random() < 0.2) add('link_clicked', 2 + Math.floor(random() * 30));
        if (random() < 0.1) add('auto_reply_received', 1);
        if (random() < 0.25) add('reply_received', 3 + Math.floor(random() * 40));
        if (random() < 0.05) add('email_bounced', 1);
        if (random() < 0.2) add(random() < 0.6 ? 'lead_interested' : 'lead_not_interested', 50);
        if (random() < 0.1) add('lead_meeting_booked', 60 + Math.floor(random() * 20));
      }
    }
  }
  return facts;
}

export const asDelivery = (fact: ReportFact): Record<string, unknown> =>
  delivery(fact.type, {
    campaign: fact.campaign,
    campaign_id: fact.campaign,
    lead_email: fact.email,
    email: fact.email,
    timestamp: fact.at,
    step: fact.step,
    variant: fact.variant,
  });

const positiveLabels = ['lead_interested', 'lead_meeting_booked'];
const labels = [...positiveLabels, 'lead_not_interested'];

/** Numbers of a range of days; a lead counts in the range in which it did something for the first time. */
export function rangeTruth(facts: ReportFact[], from: string, to: string): Record<string, number> {
  const inRange = (at: string) => at.slice(0, 10) >= from && at.slice(0, 10) <= to;
  const events = (type: string) => facts.filter((fact) => fact.type === type && inRange(fact.at)).length;
  const byLead = new Map<string, ReportFact[]>();
  for (const fact of facts) {
    const key = `${fact.campaign} ${fact.email}`;
    byLead.set(key, [...(byLead.get(key) ?? []), fact]);
  }
  const leads = [...byLead.values()];
  const first = (types: string[]) =>
    leads.filter((own) => {
      const times = own.filter(({ type }) => types.includes(type)).map(({ at }) => at).sort();
      return times[0] !== undefined && inRange(times[0]);
    }).length;
  const positive = leads.filter((own) => {
    const latest = own.filter(({ type }) => labels.includes(type)).sort((left, right) =>
      left.at < right.at ? -1 : 1
    ).at(-1);
    return latest !== undefined && positiveLabels.includes(latest.type) && inRange(latest.at);
  }).length;
  return {
    sent: events('email_sent'),
    contacted: first([
      'email_sent',
      'email_opened',
      'link_clicked',
      'reply_received',
      'auto_reply_received',
      'email_bounced',
    ]),
    opened: first(['email_opened']),
    clicked: first(['link_clicked']),
    replied: first(['reply_received']),
    bounced: events('email_bounced'),
    auto_replies: events('auto_reply_received'),
    positive,
    meetings: first(['lead_meeting_booked']),
  };
}

/** Numbers per step and variant of one campaign, over everything. */
export function stepTruth(facts: ReportFact[], campaign: string): Record<string, number>[] {
  const keys = new Set(
    facts.filter((fact) => fact.campaign === campaign).map(({ step, variant }) => `${step} ${variant}`),
  );
  return [...keys].sort().map((key) => {
    const [step = 0, variant = 0] = key.split(' ').map(Number);
    const own = facts.filter((fact) =>
      fact.campaign === campaign && fact.step === step && fact.variant === variant
    );
    const leads = (type: string) =>
      new Set(own.filter((fact) => fact.type === type).map(({ email }) => email)).size;
    return {
      step,
      variant,
      sent: own.filter(({ type }) => type === 'email_sent').length,
      opened: leads('email_opened'),
      clicked: leads('link_clicked'),
      replied: leads('reply_received'),
      auto_replies: own.filter(({ type }) => type === 'auto_reply_received').length,
    };
  });
}
