import { describe, expect, it } from 'vitest';
import { readInstantlyWebhook } from '../../supabase/functions/_shared/providers/instantly/webhook-mapping.ts';
import { prepareEvent } from '../../supabase/functions/_shared/events/prepared-event.ts';
import { delivery } from '../support/deliveries.ts';

const campaign = '019a1c3e-5f20-7c11-9d0a-3b7f1e22a001';
const id = (number: number) => `019a3a77-0c0d-7e0f-9a1b-2c3d4e5f6${String(number).padStart(3, '0')}`;

/** Values of a lead's custom variable, which replaces the base field of the same name. */
const values: [string, unknown][] = [
  ['a word', 'Enterprise'],
  ['an address', 'crm@somebody.test'],
  ['a uuid', '019a0000-0000-7000-8000-000000000001'],
  ['a time', '2026-01-05T08:00:00.000Z'],
  ['a time far ahead', '9999-12-31T00:00:00.000Z'],
  ['a number', 7],
  ['an empty text', ''],
  ['nothing', null],
  ['a name of every object', 'constructor'],
];
const fields = [
  'timestamp',
  'workspace',
  'campaign_id',
  'campaign_name',
  'campaign',
  'email_account',
  'unibox_url',
  'step',
  'variant',
  'is_first',
  'email_id',
  'email_subject',
  'email_html',
  'reply_text_snippet',
  'reply_subject',
  'reply_text',
  'reply_html',
  'lead_email',
  'email',
];

/** Two replies each of two leads, with all that tells them apart. */
function replies(hidden: Record<string, unknown>) {
  return ['ida@lead.test', 'jon@lead.test'].flatMap((lead, person) =>
    [1, 2].map((nth) => ({
      ...delivery('reply_received', {
        campaign,
        campaign_id: campaign,
        lead_email: lead,
        timestamp: `2026-10-0${nth}T0${person + 1}:00:00.000Z`,
        email_id: id(person * 10 + nth),
        reply_subject: 'Re: books',
        reply_text: `Reply ${nth} of ${lead}`,
        reply_html: `<p>Reply ${nth} of ${lead}</p>`,
        reply_text_snippet: `Reply ${nth}`,
        unibox_url: 'https://app.instantly.ai/app/unibox',
      }),
      ...hidden,
    }))
  );
}
const prepare = (payload: unknown) =>
  prepareEvent('instantly', readInstantlyWebhook, payload, JSON.stringify(payload));

describe.each(fields)('a custom variable named "%s"', (field) => {
  it.each(values)('that holds %s never merges events of different leads', (_, value) => {
    const prepared = replies({ [field]: value }).map(prepare);
    const leads = prepared.map((event) => event.event?.email);
    // Hiding the only field with the address or the campaign gives a dead letter with a reason, never a wrong lead.
    for (const event of prepared) expect(event.event ?? event.reason ?? event.is_test).toBeTruthy();
    const ofIda = prepared.filter((_, index) => index < 2).map((event) => event.key);
    const ofJon = prepared.filter((_, index) => index >= 2).map((event) => event.key);
    expect(ofIda.filter((key) => ofJon.includes(key))).toEqual([]);
    if (field !== 'lead_email' || value !== 'crm@somebody.test') {
      expect(leads).toEqual(['ida@lead.test', 'ida@lead.test', 'jon@lead.test', 'jon@lead.test']);
    }
    // Only the id of a mail in the right form can hide another mail of the same lead; the inbox tells it then.
    const isBelieved = field === 'email_id' && value === '019a0000-0000-7000-8000-000000000001';
    expect(new Set([...ofIda, ...ofJon]).size).toBe(isBelieved ? 2 : 4);
  });
});

it('a hidden type is read from the link into the inbox, which only replies have', () => {
  for (const reply of replies({ event_type: 'Enterprise' })) {
    expect(prepare(reply).event).toMatchObject({ type: 'reply_received' });
  }
});

it('a hidden address comes with the other one, and the database finds the lead', () => {
  const [reply] = replies({ lead_email: 'crm@somebody.test', email: 'ida@lead.test' });
  expect(prepare(reply).event?.emails).toEqual(['crm@somebody.test', 'ida@lead.test']);
});

it('hidden id and time together leave the text', () => {
  const hidden = { email_id: 'VIP', timestamp: '2026-01-05T08:00:00.000Z' };
  expect(new Set(replies(hidden).map((reply) => prepare(reply).key)).size).toBe(4);
});

describe('a test delivery of Instantly', () => {
  it.each([
    ['without a campaign', { campaign: null, campaign_id: null, lead_email: 'ida@lead.test' }],
    ['about its own address', { campaign, campaign_id: campaign, lead_email: 'test@example.com' }],
  ])('%s', (_, fields) => {
    expect(prepare(delivery('email_sent', fields))).toMatchObject({ event: null, is_test: true });
  });

  it('is not an event about a mailbox, or an unsubscribe from everything', () => {
    const nowhere = { campaign: null, campaign_id: null };
    expect(prepare({ ...delivery('account_error'), ...nowhere, lead_email: null, email: null }).event?.type)
      .toBe('account_error');
    expect(prepare({ ...delivery('lead_unsubscribed'), ...nowhere }).event).toMatchObject({
      type: 'lead_unsubscribed',
      provider_campaign_ids: [],
    });
  });
});
