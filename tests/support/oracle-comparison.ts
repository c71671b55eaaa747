// What the database holds of a set of delivered facts, beside what the oracle says of them.
import { type DayTruth, type Fact, type LeadTruth, truthOf } from './oracle.ts';
import type { Project } from './project.ts';
import type { ProviderDriver } from './providers.ts';

interface Comparison {
  what: string;
  /** Both sorted by key: equal means that nothing was lost and nothing counted twice. */
  seen: [string, unknown][];
  truth: [string, unknown][];
}

/** Leads, days and totals of the campaigns of these facts. */
export async function compareWithOracle(
  project: Pick<Project, 'sql'>,
  provider: ProviderDriver,
  facts: Fact[],
): Promise<Comparison[]> {
  const isSmartlead = provider.name === 'smartlead';
  const truth = truthOf(facts, { explained: isSmartlead, correctReplies: isSmartlead });
  const campaigns = [...new Set(facts.map((fact) => fact.campaign))];
  const mapped =
    `join private.provider_campaigns as p on p.campaign_id = x.campaign_id where p.provider_campaign_id = any ($1)`;

  const leads = await project.sql<Record<string, unknown>>(
    `select p.provider_campaign_id, x.* from public.synced_leads as x ${mapped}`,
    [campaigns],
  );
  const seenLeads = leads.map((
    row,
  ): [string, LeadTruth] => [`${row['provider_campaign_id']} ${row['email']}`, {
    sent: Number(row['sent_count']),
    opens: Number(row['open_count']),
    clicks: Number(row['click_count']),
    replies: Number(row['reply_count']),
    autoReplies: Number(row['auto_reply_count']),
    status: String(row['lead_status']),
    interest: row['interest_status'] === null ? null : String(row['interest_status']),
    sender: row['sender_account'] === null ? null : String(row['sender_account']),
    lastEventAt: row['last_event_at'] instanceof Date ? row['last_event_at'].toISOString() : null,
  }]);

  const counts = (row: Record<string, unknown>): DayTruth => ({
    sent: Number(row['sent']),
    contacted: Number(row['contacted']),
    opens: Number(row['opens']),
    opened: Number(row['opened']),
    clicks: Number(row['clicks']),
    clicked: Number(row['clicked']),
    replies: Number(row['replies']),
    replied: Number(row['replied']),
    autoReplies: Number(row['auto_replies']),
    bounced: Number(row['bounced']),
    unsubscribed: Number(row['unsubscribed']),
  });
  const days = await project.sql(
    `select p.provider_campaign_id, x.day::text as day_text, x.* from public.campaign_activity as x ${mapped}`,
    [campaigns],
  );
  const totals = await project.sql(
    `select p.provider_campaign_id, x.* from public.campaign_activity_totals as x ${mapped}`,
    [campaigns],
  );
  const withNumbers = [...truth.days].filter(([, day]) => Object.values(day).some((value) => value > 0));
  return [
    { what: 'leads', seen: sorted(seenLeads), truth: sorted(truth.leads) },
    {
      what: 'days',
      seen: sorted(days.map((row) => [`${row['provider_campaign_id']} ${row['day_text']}`, counts(row)])),
      truth: sorted(withNumbers),
    },
    {
      what: 'totals',
      seen: sorted(totals.map((row) => [String(row['provider_campaign_id']), counts(row)])),
      truth: sorted(truth.totals),
    },
  ];
}

function sorted(entries: Iterable<[string, unknown]>): [string, unknown][] {
  return [...entries].sort(([left], [right]) => left.localeCompare(right));
}
