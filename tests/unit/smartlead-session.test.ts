import { describe, expect, it } from 'vitest';
import { describeError } from '../../supabase/functions/_shared/platform/errors.ts';
import type { CampaignSettings, OutgoingLead } from '../../supabase/functions/_shared/providers/provider.ts';
import { createRedaction } from '../../supabase/functions/_shared/platform/redaction.ts';
import { SmartleadSession } from '../../supabase/functions/_shared/providers/smartlead/session.ts';
import {
  answer,
  callLog,
  errorOf,
  json,
  key,
  open,
  smartlead,
  useServer,
} from '../support/smartlead-server.ts';

useServer();

const campaign = { id: 2418830, user_id: 90211, name: 'Nordic CFOs', status: 'ACTIVE', client_id: null };
const noCampaign = '2418830';

describe('a call', () => {
  it('carries the key in its address and a User-Agent, and is read whatever its content type', async () => {
    smartlead.handlers = [json([campaign])];
    expect(await open().readWorkspace()).toEqual({ id: '90211', name: 'Smartlead account 90211' });
    expect(smartlead.calls[0]?.url.pathname).toBe('/api/v1/campaigns/');
    expect(smartlead.calls[0]?.url.searchParams.get('api_key')).toBe(key);
    expect(smartlead.calls[0]?.headers['user-agent']).toMatch(/^Replyloop\//);
  });

  it('is repeated on 429 and 5xx', async () => {
    smartlead.handlers = [answer(429, ''), answer(502, '<html>'), json([campaign])];
    await open().readWorkspace();
    expect(smartlead.calls.length).toBe(3);
  });

  it.each([
    [401, '{"message":"Invalid API Key"}', 'unauthorized', 'Invalid API Key'],
    [400, '{"message":"\\"settings.update\\" is not allowed"}', 'bad_request', 'settings.update'],
    [400, '{"error":"flat"}', 'bad_request', 'flat'],
    [422, '{"error":{"code":"VALIDATION_ERROR","message":"nested"}}', 'bad_request', 'nested'],
    [403, '{"message":"Plan lacks API"}', 'forbidden', 'Plan lacks API'],
    [403, '<html>error code: 1010</html>', 'blocked', ''],
    [404, 'Cannot GET /api/v1/campaigns/', 'unexpected_answer', 'Cannot GET'],
    [200, '{"not":"a list"}', 'unexpected_answer', 'shape'],
  ])('answered %s %s is an error of its kind', async (status, text, kind, quoted) => {
    smartlead.handlers = [answer(status, text)];
    const error = await errorOf(open().listCampaigns());
    expect(error).toMatchObject({ kind, provider: 'smartlead' });
    expect(error.message).toContain(quoted);
  });

  it('obeys a long Retry-After by postponing the job', async () => {
    smartlead.handlers = [answer(429, '{"error":{"message":"Too many"}}', { 'retry-after': '120' })];
    expect(await errorOf(open().listCampaigns())).toMatchObject({
      kind: 'rate_limited',
      retryAfterSeconds: 120,
    });
    expect(smartlead.calls.length).toBe(1);
  });

  it('answered 200 with {} or nothing means that the campaign does not exist', async () => {
    for (const text of ['{}', '']) {
      smartlead.handlers = [answer(200, text)];
      expect(await errorOf(open().listLeads(noCampaign, undefined))).toMatchObject({ kind: 'not_found' });
      expect(await open().readTotals([noCampaign])).toEqual([]);
    }
  });
});

describe('the key', () => {
  const forms = [key, encodeURIComponent(key), new URLSearchParams({ k: key }).toString().slice(2)];
  const expectClean = (text: string) => {
    for (const form of forms) expect(text).not.toContain(form);
  };

  it('is in no error, whatever fails, and in no row of the call log', async () => {
    const log = callLog();
    smartlead.handlers = [answer(500, `{"error":"bad url ?api_key=${encodeURIComponent(key)} for ${key}"}`)];
    const refused = await errorOf(open(undefined, log).listCampaigns());
    const closed = await errorOf(open('http://127.0.0.1:9', log).listCampaigns());
    expect(closed.kind).toBe('unreachable');
    await log.flush();
    expect(smartlead.logged.length).toBeGreaterThan(4);
    expectClean(
      JSON.stringify(smartlead.logged) + describeError(refused) + describeError(closed) +
        String(closed.stack),
    );
    expect(smartlead.logged[0]).toMatchObject({ method: 'GET', path: '/api/v1/campaigns/', status: 500 });
  });

  it('is taken out of the message of a failed fetch, which names the whole address in Deno', async () => {
    const failing: typeof fetch = (input) =>
      Promise.reject(new TypeError(`error sending request for url (${String(input)})`));
    const session = new SmartleadSession({
      baseUrl: 'http://smartlead.test',
      apiKey: key,
      fetch: failing,
      retryDelay: 1,
    });
    const text = describeError(await errorOf(session.listCampaigns()));
    expect(text).toContain('error sending request');
    expectClean(text);
  });

  it('is redacted in every form', () => {
    const clean = createRedaction(key);
    for (const form of forms) expectClean(clean(`see ?api_key=${form}&x=1 and ${form}`));
    expect(clean('api_key=another&x=1')).toBe('api_key=[redacted]&x=1');
  });
});

describe('campaigns', () => {
  it('leave out subsequences, which their parents count', async () => {
    smartlead.handlers = [
      json([campaign, { ...campaign, id: 2, parent_campaign_id: 2418830 }, {
        ...campaign,
        id: 3,
        client_id: 7,
        status: 'STOPPED',
      }]),
    ];
    const { items } = await open().listCampaigns();
    expect(items).toMatchObject([
      { provider_campaign_id: '2418830', status: 'active', provider_org_id: null },
      { provider_campaign_id: '3', status: 'completed', provider_org_id: '7' },
    ]);
  });

  const settings: CampaignSettings = {
    name: 'New [1]',
    timeZone: 'Europe/Amsterdam',
    sendingDays: [0, 1, 5],
    sendingFrom: '09:00:00',
    sendingTo: '17:00:00',
    dailyLimit: null,
    unsubscribeHeader: true,
    startOn: null,
    endOn: null,
    sendingAccountTags: [],
    stopOnReply: true,
    stopForCompany: false,
    trackOpens: true,
    trackClicks: true,
    plainText: false,
    unsubscribeText: null,
    sendingAccounts: ['Mia@outreach.test'],
    steps: [{ delay_days: 0, subject: '{{subject_line}}', body: 'Hi {{firstName}},\n{{icebreaker}}' }],
    organization: '7',
  };

  it('are created in several calls, with an IANA zone, days from 1 to 6 and our variables under their names', async () => {
    smartlead.handlers = [
      json({ ok: true, id: 9, name: 'New [1]', created_at: '2026-10-01T00:00:00Z' }),
      json({ ok: true }),
      json({ ok: true }),
      json({ ok: true }),
      json([{ id: 41, from_email: 'mia@outreach.test' }, { id: 42, from_email: 'jon@outreach.test' }]),
      json({ ok: true }),
    ];
    const session = open();
    const created = await session.createCampaign(settings);
    await session.campaignSetup.complete(created.provider_campaign_id, settings);
    const sent = smartlead.calls.map((
      call,
    ) => [call.url.pathname.replace('/api/v1/', ''), call.body === '' ? null : JSON.parse(call.body)]);
    expect(sent[0]).toEqual(['campaigns/create', { name: 'New [1]', client_id: 7 }]);
    expect(sent[1]?.[1]).toMatchObject({
      timezone: 'Europe/Amsterdam',
      days_of_the_week: [1, 5],
      start_hour: '09:00',
      end_hour: '17:00',
    });
    expect(sent[2]?.[1]).toEqual({
      sequences: [{
        seq_number: 1,
        seq_delay_details: { delay_in_days: 0 },
        subject: '{{subject_line}}',
        email_body: 'Hi {{first_name}},<br>{{icebreaker}}',
      }],
    });
    expect(sent.at(-1)).toEqual(['campaigns/9/email-accounts', { email_account_ids: [41] }]);
  });

  it('on Sundays only are refused before anything is made', async () => {
    await expect(open().createCampaign({ ...settings, sendingDays: [0] })).rejects.toThrow(
      /Monday to Saturday/,
    );
    await expect(open().createCampaign({ ...settings, timeZone: 'Mars/Base' })).rejects.toThrow(
      /not a time zone/,
    );
    expect(smartlead.calls).toEqual([]);
  });
});

describe('leads', () => {
  const person = (email: string): OutgoingLead => ({
    email,
    first_name: 'Ingrid',
    last_name: null,
    company_name: 'Fjordpak',
    job_title: 'CFO',
    website: 'https://fjordpak.test',
    phone: null,
    personalization: 'Nice boxes',
    variables: { icebreaker: 'Nice boxes', rating: 4.5, website: 'https://fjordpak.test', city: 'Bergen' },
  });
  const counters = {
    ok: true,
    upload_count: 2,
    total_leads: 1,
    block_count: 0,
    duplicate_count: 0,
    invalid_email_count: 1,
    invalid_emails: ['not-an-address'],
    already_added_to_campaign: 0,
    unsubscribed_leads: [],
  };

  it('are added with the settings it knows, custom values as text, and a receipt from the real counters', async () => {
    smartlead.handlers = [
      json({
        ...counters,
        emailToLeadIdMap: { newlyAddedLeads: { 'ingrid@fjordpak.test': 33 }, existingLeads: {} },
      }),
    ];
    const result = await open().addLeads('9', [person('ingrid@fjordpak.test'), person('not-an-address')]);
    expect(result.created).toEqual(new Map([[0, '33']]));
    expect(result.named).toEqual(new Map([[1, 'invalid']]));
    expect(result.refused).toEqual({ duplicate: 0, blocked: 0, invalid: 1, skipped: 0 });
    const { lead_list, settings } = JSON.parse(smartlead.calls[0]?.body ?? '') as Record<string, unknown[]>;
    expect(lead_list?.[0]).toEqual({
      email: 'ingrid@fjordpak.test',
      first_name: 'Ingrid',
      company_name: 'Fjordpak',
      website: 'https://fjordpak.test',
      custom_fields: { job_title: 'CFO', icebreaker: 'Nice boxes', rating: '4.5', city: 'Bergen' },
    });
    expect(settings).toMatchObject({ ignore_unsubscribe_list: false, return_lead_ids: true });
  });

  it('that were not added without a reason are sent once more; twice is a failure that is retried later', async () => {
    const nothing = { ...counters, total_leads: 0, invalid_email_count: 0, invalid_emails: [] };
    smartlead.handlers = [
      json(nothing),
      json({ ...counters, emailToLeadIdMap: { newlyAddedLeads: { 'a@b.test': 1 } } }),
    ];
    expect((await open().addLeads('9', [person('a@b.test')])).created.size).toBe(1);
    smartlead.handlers = [json(nothing)];
    const error = await errorOf(open().addLeads('9', [person('a@b.test')]));
    expect([error.kind, error.isTemporary, smartlead.calls.length]).toEqual(['unavailable', true, 4]);
  });

  it('are listed with counters as text, and found in the campaign', async () => {
    const row = (id: number, email: string) => ({
      lead_category_id: 1,
      status: 'INPROGRESS',
      lead: { id, email, custom_fields: { Functie: 'CFO' } },
    });
    smartlead.handlers = [
      json({ total_leads: '2', offset: 0, limit: 100, data: [row(1, 'A@b.test'), row(2, 'c@d.test')] }),
    ];
    const page = await open().listLeads('9', undefined, '2026-10-01T00:00:00Z');
    expect(page).toMatchObject({
      items: [{ provider_lead_id: '1', email: 'a@b.test', interest_value: 1, job_title: 'CFO' }, {}],
      next: undefined,
    });
    expect(smartlead.calls[0]?.url.searchParams.get('event_time_gt')).toBe('2026-10-01T00:00:00Z');
    expect(await open().findLeads('9', ['c@d.test', 'x@y.test'])).toEqual(new Map([['c@d.test', '2']]));
  });
});

describe('the verdict on a lead', () => {
  const categories = json([
    { id: 1, name: 'Interested', sentiment_type: 'positive' },
    { id: 3, name: 'Not Interested', sentiment_type: 'negative' },
  ]);

  it.each([['positive', 1], ['negative', 3], ['neutral', null], [null, null]] as const)(
    '%s becomes the category %s',
    async (interest, category_id) => {
      smartlead.handlers = [
        json({ id: 33 }),
        ...(category_id === null ? [] : [categories]),
        answer(200, 'success'),
      ];
      await open().setInterest('9', 'a@b.test', interest);
      const call = smartlead.calls.at(-1);
      expect([call?.url.pathname, JSON.parse(call?.body ?? '')]).toEqual([
        '/api/v1/campaigns/9/leads/33/category',
        { category_id, pause_lead: false },
      ]);
    },
  );

  it('of an address that Smartlead does not know is an error', async () => {
    smartlead.handlers = [json({})];
    expect(await errorOf(open().setInterest('9', 'a@b.test', 'positive'))).toMatchObject({
      kind: 'not_found',
    });
  });
});
