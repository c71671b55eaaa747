import { describe, expect, it } from 'vitest';
import { readInstantlyWebhook } from '../../supabase/functions/_shared/providers/instantly/webhook-mapping.ts';
import { businessKey } from '../../supabase/functions/_shared/events/business-key.ts';
import { delivery } from '../support/deliveries.ts';

const campaign = '019a1c3e-5f20-7c11-9d0a-3b7f1e22a001';
const other = '019a1c3e-5f20-7c11-9d0a-3b7f1e22a002';

const eventOf = (type: string, fields: Record<string, unknown> = {}) => {
  const reading = readInstantlyWebhook(delivery(type, { campaign, campaign_id: campaign, ...fields }));
  if (!reading.event) throw new Error(reading.reason);
  return reading.event;
};

describe('readInstantlyWebhook reads', () => {
  it.each([
    // What Instantly sends.
    ['email_sent', 'email_sent'],
    ['email_opened', 'email_opened'],
    ['link_clicked', 'email_clicked'],
    ['email_link_clicked', 'email_clicked'],
    ['reply_received', 'reply_received'],
    ['auto_reply_received', 'auto_reply_received'],
    ['email_bounced', 'email_bounced'],
    ['lead_unsubscribed', 'lead_unsubscribed'],
    ['lead_neutral', 'lead_neutral'],
    ['lead_interested', 'lead_interested'],
    ['lead_not_interested', 'lead_not_interested'],
    ['lead_meeting_booked', 'lead_meeting_booked'],
    ['lead_meeting_completed', 'lead_meeting_completed'],
    ['lead_closed', 'lead_closed'],
    ['lead_out_of_office', 'lead_out_of_office'],
    ['lead_wrong_person', 'lead_wrong_person'],
    ['lead_no_show', 'lead_no_show'],
    ['campaign_completed', 'campaign_completed'],
    ['account_error', 'account_error'],
    ['supersearch_enrichment_completed', 'enrichment_completed'],
    // What older plans expected.
    ['email_clicked', 'email_clicked'],
    ['email_unsubscribed', 'lead_unsubscribed'],
    ['email_spam_report', 'email_spam_reported'],
    ['lead_completed', 'lead_completed'],
    ['lead_error', 'lead_error'],
    ['campaign_started', 'campaign_started'],
    ['campaign_paused', 'campaign_paused'],
    ['account_suspended', 'account_suspended'],
  ])('%s as %s', (name, type) => {
    expect(eventOf(name)).toMatchObject({ type, provider_campaign_ids: [campaign] });
    expect(eventOf(name).label).toBeUndefined();
  });

  it('a custom label with its text, whatever its case and script', () => {
    expect(eventOf('Отправить презентацию')).toMatchObject({
      type: 'lead_labelled',
      label: 'Отправить презентацию',
    });
    expect(eventOf('Send Deck later')).toMatchObject({ type: 'lead_labelled', label: 'Send Deck later' });
  });

  it('a type that it does not know and that has no lead as unknown, with its name', () => {
    const reading = readInstantlyWebhook({
      event_type: 'warmup_paused',
      timestamp: '2026-10-05T08:15:21.903Z',
    });
    expect(reading.event).toMatchObject({
      type: 'unknown',
      label: 'warmup_paused',
      provider_campaign_ids: [],
    });
  });

  it('the flat lead data and the names of the custom variables', () => {
    const event = eventOf('email_sent', {
      employees: 240,
      erp: 'none',
      is_public: false,
      Functie: 'Directeur',
      nested: { no: 1 },
    });
    expect(event.lead).toMatchObject({
      first_name: 'Ingrid',
      last_name: 'Holm',
      company_name: 'Fjordpak',
      website: 'https://fjordpak.test',
      phone: null,
      job_title: 'Directeur',
    });
    expect(event.variables).toEqual(['employees', 'erp', 'is_public', 'Functie']);
  });

  it('the real campaign when a custom variable hides campaign_id, and both when either could be real', () => {
    expect(eventOf('email_sent', { campaign_id: '4711' }).provider_campaign_ids).toEqual([campaign]);
    expect(eventOf('email_sent', { campaign: 'Spring sale' }).provider_campaign_ids).toEqual([campaign]);
    expect(eventOf('email_sent', { campaign_id: other }).provider_campaign_ids).toEqual([campaign, other]);
  });

  it('every field on its own: a strange value makes the field absent, not the event', () => {
    const event = eventOf('email_sent', {
      step: 'first',
      variant: { a: 1 },
      timestamp: 'yesterday',
      email_account: 7,
    });
    expect(event).toMatchObject({ type: 'email_sent', email: 'ingrid.holm@fjordpak.test' });
    expect([event.step, event.variant, event.occurred_at]).toEqual([undefined, undefined, undefined]);
  });

  it('addresses in lower case and times as UTC', () => {
    expect(
      eventOf('email_sent', { lead_email: ' Ingrid@FJORDPAK.test ', timestamp: '2026-10-05T10:15:21+02:00' }),
    )
      .toMatchObject({ email: 'ingrid@fjordpak.test', occurred_at: '2026-10-05T08:15:21.000Z' });
  });
});

describe('businessKey', () => {
  const key = (type: string, fields: Record<string, unknown> = {}) => {
    const payload = delivery(type, { campaign, campaign_id: campaign, ...fields });
    return businessKey('instantly', readInstantlyWebhook(payload).event, payload);
  };

  it('is the same for the same fact in another spelling, and differs between facts', () => {
    expect(key('link_clicked')).toBe(key('email_link_clicked'));
    expect(key('email_sent', { unibox_url: 'https://x.test' })).toBe(key('email_sent'));
    const facts = [
      key('email_sent'),
      key('email_opened'),
      key('email_sent', { step: 2 }),
      key('email_sent', { variant: 2 }),
      key('email_sent', { lead_email: 'other@x.test' }),
      key('email_sent', { email_account: 'jon@outreach.test' }),
      key('email_sent', { timestamp: '2026-10-05T08:15:21.904Z' }),
      key('email_sent', { campaign: other, campaign_id: other }),
      key('Label one'),
      key('Label two'),
    ];
    expect(new Set(facts).size).toBe(facts.length);
  });

  it('goes by the mail id for what happens once per mail, and by the time for what repeats', () => {
    const id = { email_id: '019a3a77-0c0d-7e0f-9a1b-2c3d4e5f6071' };
    const later = { ...id, timestamp: '2026-10-09T08:00:00.000Z' };
    expect(key('reply_received', later)).toBe(key('reply_received', id));
    expect(key('email_opened', later)).not.toBe(key('email_opened', id));
    expect(key('lead_interested', later)).not.toBe(key('lead_interested', id));
  });

  it('goes by the whole content where there is no time, in whatever order the fields came', () => {
    const payload = { event_type: 'account_error', email_account: 'jon@x.test', detail: { a: 1, b: [2, 3] } };
    const reordered = {
      detail: { b: [2, 3], a: 1 },
      email_account: 'jon@x.test',
      event_type: 'account_error',
    };
    const of = (value: unknown) => businessKey('instantly', readInstantlyWebhook(value).event, value);
    expect(of(payload)).toBe(of(reordered));
    expect(of(payload)).not.toBe(of({ ...payload, detail: { a: 2, b: [2, 3] } }));
  });
});
