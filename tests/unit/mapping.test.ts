import { describe, expect, it } from 'vitest';
import { readCustomerProfile } from '../../supabase/functions/_shared/providers/custom-fields.ts';
import { readCategory } from '../../supabase/functions/_shared/providers/smartlead/interest.ts';
import { readInterest } from '../../supabase/functions/_shared/providers/instantly/interest.ts';
import { readLead } from '../../supabase/functions/_shared/providers/instantly/lead-mapping.ts';
import type { InstantlyLead } from '../../supabase/functions/_shared/providers/instantly/schemas.ts';
import { allowedTimeZone } from '../../supabase/functions/_shared/providers/instantly/time-zone.ts';

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
