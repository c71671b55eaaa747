import { threadId } from 'node:worker_threads';
import type pg from 'pg';

// Every process and thread starts from another number, so that no delivery repeats; threads may start in the same millisecond.
let sequence = (Date.now() % 100_000_000) * 40 + threadId * 5_000_011;

const campaignId = (number: number) => `eeeeeeee-0000-4000-8000-${String(number % 20).padStart(12, '0')}`;

/** Creates the campaigns of the deliveries, as a sync would: a delivery of an unknown campaign stays in quarantine. */
export async function listCampaigns(database: pg.Client, connectionId: string): Promise<void> {
  const campaigns = Array.from({ length: 20 }, (_, number) => ({
    provider_campaign_id: campaignId(number),
    name: `Campaign ${number}`,
  }));
  await database.query('select private.register_provider_campaigns($1, $2, true)', [
    connectionId,
    JSON.stringify(campaigns),
  ]);
}

/**
 * A unique delivery of about 1.6 kB: 20 campaigns, 2,000 leads or as many as are asked for, five types. A lead's next event is
 * 200 seconds after its last or more, so that no two of its mails are taken for the same one.
 */
export function nextDelivery(leads = 2000): string {
  const number = sequence++;
  const campaign = campaignId(number);
  const email = `person${(number * 7) % leads}@bench.test`;
  return JSON.stringify({
    timestamp: new Date(Date.UTC(2026, 9, 1) + (number * 100) % 4_000_000_000).toISOString(),
    event_type: ['email_sent', 'email_opened', 'email_opened', 'link_clicked', 'reply_received'][number % 5],
    workspace: '019900aa-1111-7222-8333-444455556666',
    campaign_id: campaign,
    campaign,
    campaign_name: `Campaign ${number % 20}`,
    unibox_url: null,
    email_account: `sender${number % 10}@outreach.test`,
    is_first: false,
    lead_email: email,
    email,
    firstName: 'Ingrid',
    lastName: 'Holm',
    companyName: 'Fjordpak',
    website: 'https://fjordpak.test',
    phone: null,
    personalization: '',
    step: 1,
    variant: 1,
    employees: 240,
    industry: 'Packaging',
    email_subject: 'Closing the books',
    email_html: `<div>Hi Ingrid,<br /><br />${'how long does your close take? '.repeat(28)}</div>`,
  });
}
