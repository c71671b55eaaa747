import { describe, expect, it } from 'vitest';
import {
  type ExportRow,
  leadFromBusiness,
} from '../../supabase/functions/_shared/export/lead-from-business.ts';
import { splitName } from '../../supabase/functions/_shared/platform/person-name.ts';
import { judgeReceipts } from '../../supabase/functions/_shared/export/receipts.ts';
import { writeCampaign } from '../../supabase/functions/_shared/providers/instantly/campaign-mapping.ts';
import { writeSequences } from '../../supabase/functions/_shared/providers/smartlead/campaign-mapping.ts';
import { readSequence } from '../../supabase/functions/_shared/export/sequence.ts';
import { readCustomerProfile } from '../../supabase/functions/_shared/providers/custom-fields.ts';
import { readCategory } from '../../supabase/functions/_shared/providers/smartlead/interest.ts';
import { readInterest } from '../../supabase/functions/_shared/providers/instantly/interest.ts';
import { readLead, writeLead } from '../../supabase/functions/_shared/providers/instantly/lead-mapping.ts';
import type { InstantlyLead } from '../../supabase/functions/_shared/providers/instantly/schemas.ts';
import { allowedTimeZone } from '../../supabase/functions/_shared/providers/instantly/time-zone.ts';

const business: ExportRow['business'] = {
  name: 'Bakery Blum',
  category: null,
  rating: null,
  email_source: null,
  first_name: null,
  last_name: null,
  job_title: null,
  subject_line: null,
  icebreaker: '  ',
  website: null,
  phone: null,
  address: null,
  city: null,
  state: null,
  zip: null,
  linkedin_url: null,
  facebook_url: null,
  linkedin_contact_name: null,
  linkedin_contact_title: null,
  linkedin_contact_url: null,
  custom_variables: {},
};

describe('leadFromBusiness', () => {
  const row = (recipient: ExportRow['recipient'], more: Partial<ExportRow['business']> = {}): ExportRow => ({
    receipt_id: 1,
    resent: false,
    recipient,
    email: 'info@blum.test',
    business: { ...business, ...more },
  });

  it('uses the business name as company, and as first name where no person is known', () => {
    expect(leadFromBusiness(row('business'))).toMatchObject({
      company_name: 'Bakery Blum',
      first_name: 'Bakery Blum',
      last_name: null,
    });
    expect(leadFromBusiness(row('business', { first_name: 'Anna', last_name: 'Blum' }))).toMatchObject({
      company_name: 'Bakery Blum',
      first_name: 'Anna',
      last_name: 'Blum',
    });
  });

  it('leaves out what is empty, and sends only text, numbers, booleans or null', () => {
    expect(leadFromBusiness(row('business')).variables).toEqual({ company: 'Bakery Blum' });
    const body = writeLead(leadFromBusiness(row('business', { rating: 4.5, city: 'Berlin' })));
    expect(body).toEqual({
      email: 'info@blum.test',
      first_name: 'Bakery Blum',
      company_name: 'Bakery Blum',
      custom_variables: { company: 'Bakery Blum', rating: 4.5, city: 'Berlin' },
    });
  });

  it.each([
    ['Anna Blum', 'Anna', 'Blum'],
    ['Dr. Anna van den Berg', 'Anna', 'van den Berg'],
    ['Cher', 'Cher', null],
    ['  ', null, null],
    [null, null, null],
  ])('splits %j into %j and %j', (name, first, last) => {
    expect(splitName(name)).toEqual({ first, last });
  });
});

describe('judgeReceipts', () => {
  const sent = ['a', 'b', 'c'].map((name) => ({ email: `${name}@x.test`, resent: name === 'c' }));
  const refused = { duplicate: 0, blocked: 0, invalid: 0, skipped: 0 };

  it('goes by the positions of the created leads', () => {
    const created = new Map([[0, 'id-a'], [1, 'id-b'], [2, 'id-c']]);
    expect(judgeReceipts(sent, { created, refused }, new Map()).map((receipt) => receipt.outcome))
      .toEqual(['created', 'created', 'created']);
  });

  it('tells a duplicate from an address that an interrupted run had sent', () => {
    const present = new Map([['b@x.test', 'id-b'], ['c@x.test', 'id-c']]);
    const result = { created: new Map([[0, 'id-a']]), refused: { ...refused, duplicate: 2 } };
    expect(judgeReceipts(sent, result, present)).toMatchObject([
      { outcome: 'created', reason: null },
      { outcome: 'duplicate', reason: 'in_provider_campaign', providerLeadId: 'id-b' },
      { outcome: 'created', reason: 'confirmed_after_interruption', providerLeadId: 'id-c' },
    ]);
  });

  it('names the reason where only one is possible, and says so where it is not', () => {
    const created = new Map([[0, 'id-a'], [2, 'id-c']]);
    const reasonOf = (counts: Partial<typeof refused>) =>
      judgeReceipts(sent, { created, refused: { ...refused, ...counts } }, new Map())[1];
    expect(reasonOf({ blocked: 1 })).toMatchObject({ outcome: 'blocked', reason: 'on_provider_block_list' });
    expect(reasonOf({ invalid: 1 })).toMatchObject({ outcome: 'invalid', reason: 'refused_by_provider' });
    expect(reasonOf({ skipped: 1 })).toMatchObject({ outcome: 'skipped', reason: 'refused_by_provider' });
    expect(reasonOf({ blocked: 1, invalid: 1 })).toMatchObject({
      outcome: 'failed',
      reason: 'refused_by_provider',
    });
  });
});

describe('readSequence', () => {
  it('has a default with both variables, keeps a stored one, and refuses a broken one', () => {
    expect(JSON.stringify(readSequence(null))).toContain('{{icebreaker}}');
    expect(readSequence([{ subject: 'S', body: 'B' }])).toEqual([{ delay_days: 0, subject: 'S', body: 'B' }]);
    expect(() => readSequence([{ subject: 'S' }])).toThrow(/0\.body/);
  });

  it('keeps up to four more variants of a step, and each provider gets them in its own shape', () => {
    const variants = [{ subject: 'T', body: 'C\nD' }];
    const steps = readSequence([{ subject: 'S', body: 'B', variants }, {
      delay_days: 3,
      subject: '',
      body: 'F',
    }]);
    expect(steps[0]).toEqual({ delay_days: 0, subject: 'S', body: 'B', variants });
    const tooMany = Array.from({ length: 5 }, () => variants[0]);
    expect(() => readSequence([{ subject: 'S', body: 'B', variants: tooMany }])).toThrow(/0\.variants/);
    const blank = [{ subject: ' ', body: 'C' }];
    expect(() => readSequence([{ subject: 'S', body: 'B', variants: blank }])).toThrow(/needs a subject/);

    const settings = {
      name: 'N',
      timeZone: 'UTC',
      sendingDays: [1],
      sendingFrom: '09:00',
      sendingTo: '17:00',
      dailyLimit: null,
      startOn: null,
      endOn: null,
      sendingAccountTags: [],
      stopOnReply: true,
      stopForCompany: false,
      trackOpens: true,
      trackClicks: true,
      plainText: false,
      unsubscribeText: null,
      sendingAccounts: [],
      unsubscribeHeader: true,
      steps,
    };
    expect(writeCampaign(settings, new Date('2026-11-20T00:00:00Z'))['sequences']).toMatchObject([{
      steps: [
        { delay: 3, variants: [{ subject: 'S', body: 'B' }, { subject: 'T', body: 'C<br/>D' }] },
        { delay: 0, variants: [{ subject: '', body: 'F' }] },
      ],
    }]);
    expect(writeSequences(settings)['sequences']).toEqual([
      {
        seq_number: 1,
        seq_delay_details: { delay_in_days: 0 },
        variant_distribution_type: 'MANUAL_EQUAL',
        seq_variants: [
          { variant_label: 'A', subject: 'S', email_body: 'B' },
          { variant_label: 'B', subject: 'T', email_body: 'C<br>D' },
        ],
      },
      { seq_number: 2, seq_delay_details: { delay_in_days: 3 }, subject: '', email_body: 'F' },
    ]);
  });
});

describe('allowedTimeZone', () => {
  const now = new Date('2026-11-20T00:00:00Z');

  it.each([
    ['Europe/Amsterdam', 'Europe/Belgrade'],
    ['Europe/London', 'Europe/Isle_of_Man'],
    ['America/New_York', 'America/Detroit'],
    ['UTC', 'America/Danmarkshavn'],
    // No allowed zone has Pacific time; this one is an hour off in winter.
    ['America/Los_Angeles', 'America/Dawson'],
    ['Asia/Kolkata', 'Asia/Kolkata'],
  ])('%s → %s', (zone, expected) => {
    expect(allowedTimeZone(zone, now)).toBe(expected);
  });

  it('finds a zone with the same clock for every large city, summer time included', () => {
    for (
      const zone of [
        'America/Denver',
        'America/Toronto',
        'Europe/Paris',
        'Europe/Lisbon',
        'Asia/Tokyo',
        'Asia/Singapore',
        'Australia/Sydney',
      ]
    ) {
      const allowed = allowedTimeZone(zone, now);
      for (const month of [0, 3, 6, 9]) {
        const moment = new Date(Date.UTC(2027, month, 10, 12));
        const clock = (timeZone: string) => moment.toLocaleTimeString('en-GB', { timeZone });
        expect(`${zone} ${clock(allowed)}`).toBe(`${zone} ${clock(zone)}`);
      }
    }
  });

  it('refuses what is not a time zone', () => {
    expect(() => allowedTimeZone('Mars/Olympus', now)).toThrow('"Mars/Olympus" is not a time zone');
  });
});

describe('readLead', () => {
  const lead: InstantlyLead = {
    id: 'lead-1',
    email: ' Ingrid@Fjordpak.test',
    status: 1,
    email_open_count: 0,
    email_reply_count: 0,
    email_click_count: 0,
    status_summary: {},
    payload: {
      firstName: 'Ingrid',
      campaign: 'p-1',
      campaign_id: 'p-1',
      employees: 240,
      nested: { a: 1 },
      Functie: 'CFO',
    },
  };

  it('keeps custom variables and drops copies, provider ids and what is no scalar', () => {
    expect(readLead(lead)).toMatchObject({
      email: 'ingrid@fjordpak.test',
      job_title: 'CFO',
      payload: { employees: 240, Functie: 'CFO' },
    });
    expect(Object.keys(readLead(lead)?.payload ?? {})).toEqual(['employees', 'Functie']);
  });

  it('reads bounced and unsubscribed from the status, and contacted from the last contact', () => {
    const at = '2026-10-05T08:15:20.551Z';
    expect(readLead({ ...lead, status: -1, timestamp_last_contact: at })).toMatchObject({
      bounced_at: at,
      unsubscribed_at: null,
      sent_count: 1,
    });
    expect(readLead({ ...lead, status: -2, timestamp_last_contact: at })).toMatchObject({
      bounced_at: null,
      unsubscribed_at: at,
    });
    expect(readLead({ ...lead, status_summary: { lastStep: { timestamp_executed: at } } })).toMatchObject({
      sent_count: 1,
      sent_at: at,
    });
    expect(readLead(lead)).toMatchObject({ sent_count: 0, sent_at: null, bounced_at: null });
    expect(readLead({ ...lead, email: null })).toBeUndefined();
  });

  it('reads interest numbers; a missing one is untouched, 0 is out of office, others are custom labels', () => {
    expect(readInterest(undefined)).toEqual({
      interest_status: null,
      interest_label: null,
      interest_value: null,
    });
    expect(readInterest(0)).toMatchObject({
      interest_status: 'neutral',
      interest_label: 'lead_out_of_office',
    });
    for (const value of [1, 2, 3, 4]) expect(readInterest(value).interest_status).toBe('positive');
    for (const value of [-1, -2, -3]) expect(readInterest(value).interest_status).toBe('negative');
    expect(readInterest(-4).interest_status).toBe('neutral');
    expect(readInterest(17)).toEqual({ interest_status: null, interest_label: null, interest_value: 17 });
  });

  it.each([
    [{ 'JOB TITLE': 'CEO' }, { job_title: 'CEO' }],
    [{ functie: 'Directeur' }, { job_title: 'Directeur' }],
    [{ Branche: 'Bouw' }, { industry: 'Bouw' }],
    [{ INDUSTRY: ' Retail ' }, { industry: 'Retail' }],
    [{ category: 'Dentist' }, { industry: 'Dentist' }],
    [{ category: 'Dentist', Industry: 'Health care' }, { industry: 'Health care' }],
    [{ Bedrijfsgrootte: '11-50' }, { company_size: '11-50' }],
    [{ 'Company Size': 240 }, { company_size: '240' }],
    [{ job_title: '', Functie: 'CFO' }, { job_title: 'CFO' }],
  ])('finds the profile in %j', (variables, expected) => {
    expect(readCustomerProfile(variables)).toMatchObject(expected);
  });
});

describe('the categories of Smartlead', () => {
  it.each([
    ['Meeting Request', 'lead_meeting_booked'],
    ['Meeting Completed', 'lead_meeting_completed'],
    ['No-Show', 'lead_no_show'],
    ['Closed - Won', 'lead_closed'],
    ['Lost', 'lead_lost'],
  ])('%s names what became of a meeting', (name, type) => {
    expect(readCategory(name, null)).toMatchObject({ type, label: type, isStandard: true });
  });

  it('a name of the agency’s own means what the workspace states', () => {
    expect(readCategory('Contract sent', 'positive')).toMatchObject({
      type: 'lead_interested',
      label: 'Contract sent',
      isStandard: false,
    });
  });
});
