// Campaigns and leads of Instantly in our shape, and ours in its.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  readCampaign,
  writeCampaign,
} from '../../supabase/functions/_shared/providers/instantly/campaign-mapping.ts';
import { readLead, writeLead } from '../../supabase/functions/_shared/providers/instantly/lead-mapping.ts';
import type { InstantlyLead } from '../../supabase/functions/_shared/providers/instantly/schemas.ts';
import type { CampaignSettings, OutgoingLead } from '../../supabase/functions/_shared/providers/provider.ts';

describe('a campaign', () => {
  it('is read with its times and its status', () => {
    expect(
      readCampaign({
        id: 'p-1',
        name: 'Bakeries',
        status: 1,
        timestamp_created: '2026-10-01T08:00:00Z',
        timestamp_updated: '2026-10-02T08:00:00Z',
      }),
    ).toEqual({
      provider_campaign_id: 'p-1',
      name: 'Bakeries',
      created_at: '2026-10-01T08:00:00.000Z',
      updated_at: '2026-10-02T08:00:00.000Z',
      status: 'active',
    });
  });

  it.each([
    [0, 'draft'],
    [1, 'active'],
    [2, 'paused'],
    [3, 'completed'],
    [4, 'running_subsequences'],
    [-1, 'accounts_unhealthy'],
    [-2, 'bounce_protect'],
    [-99, 'account_suspended'],
    [99, null],
    [null, null],
    [undefined, null],
  ])('with status %s is %s', (status, expected) => {
    const campaign = { id: 'p', name: 'N', timestamp_created: '2026-10-01', timestamp_updated: '2026-10-01' };
    expect(readCampaign({ ...campaign, status }).status).toBe(expected);
  });

  const settings: CampaignSettings = {
    name: 'Bakeries [12345678]',
    timeZone: 'Europe/Amsterdam',
    sendingDays: [1, 5],
    sendingFrom: '09:00',
    sendingTo: '16:30',
    startOn: '2027-01-04',
    endOn: '2027-02-26',
    dailyLimit: 40,
    sendingAccounts: ['mia@outreach.test'],
    sendingAccountTags: ['Bakeries'],
    steps: [
      { delay_days: 0, subject: 'Rye', body: 'Hi,\r\nrye?\n' },
      { delay_days: 3, subject: '', body: 'And?' },
      { delay_days: 5, subject: '', body: 'Well?' },
    ],
    stopOnReply: true,
    stopForCompany: false,
    trackOpens: true,
    trackClicks: false,
    plainText: false,
    unsubscribeHeader: true,
    unsubscribeText: null,
  };
  const now = new Date('2026-11-28T00:00:00Z');
  const bare = {
    name: 'Bakeries [12345678]',
    campaign_schedule: {
      schedules: [{
        name: 'Sending hours',
        timing: { from: '09:00', to: '16:30' },
        days: { 0: false, 1: true, 2: false, 3: false, 4: false, 5: true, 6: false },
        timezone: 'Europe/Belgrade',
      }],
    },
    // The delay of a step is before the next one.
    sequences: [{
      steps: [
        {
          type: 'email',
          delay: 3,
          delay_unit: 'days',
          variants: [{ subject: 'Rye', body: 'Hi,<br/>rye?<br/>' }],
        },
        { type: 'email', delay: 5, delay_unit: 'days', variants: [{ subject: '', body: 'And?' }] },
        { type: 'email', delay: 0, delay_unit: 'days', variants: [{ subject: '', body: 'Well?' }] },
      ],
    }],
    stop_on_reply: true,
    stop_for_company: false,
    open_tracking: true,
    link_tracking: false,
    text_only: false,
    insert_unsubscribe_header: true,
  };

  it('is written with every setting', () => {
    expect(writeCampaign(settings, now, ['tag-1'])).toStrictEqual({
      ...bare,
      campaign_schedule: { start_date: '2027-01-04', end_date: '2027-02-26', ...bare.campaign_schedule },
      email_list: ['mia@outreach.test'],
      email_tag_list: ['tag-1'],
      daily_limit: 40,
    });
  });

  it('is written without what is not set', () => {
    const few = { ...settings, startOn: null, endOn: null, dailyLimit: null, sendingAccounts: [] };
    expect(writeCampaign(few, now)).toStrictEqual(bare);
    expect(writeCampaign(few, now, [])).toStrictEqual(bare);
  });
});

describe('a lead', () => {
  const now = new Date('2026-11-28T12:00:00.000Z');
  beforeEach(() => {
    vi.useFakeTimers({ now });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const bare: InstantlyLead = {
    id: 'lead-1',
    email: ' Ingrid@Fjordpak.test',
    status: 1,
    email_open_count: 2,
    email_reply_count: 3,
    email_click_count: 4,
  };
  const readBare = {
    provider_lead_id: 'lead-1',
    email: 'ingrid@fjordpak.test',
    first_name: null,
    last_name: null,
    company_name: null,
    job_title: null,
    industry: null,
    company_size: null,
    website: null,
    phone: null,
    sent_count: 0,
    open_count: 2,
    click_count: 4,
    reply_count: 3,
    sent_at: null,
    opened_at: null,
    clicked_at: null,
    replied_at: null,
    bounced_at: null,
    unsubscribed_at: null,
    interest_status: null,
    interest_label: null,
    interest_value: null,
    interest_changed_at: null,
    sender_account: null,
    payload: null,
    updated_at: null,
  };
  const day = (number: number) => `2026-10-0${number}T08:00:00.000Z`;

  it('of which little is known is read with what there is', () => {
    expect(readLead(bare)).toStrictEqual(readBare);
    expect(readLead({ ...bare, payload: {}, status_summary: {} })).toStrictEqual(readBare);
    expect(readLead({ ...bare, email: undefined })).toBeUndefined();
    expect(readLead({ ...bare, email: 'none' })).toBeUndefined();
  });

  it('is read with all its fields', () => {
    const full: InstantlyLead = {
      ...bare,
      first_name: 'Ingrid',
      last_name: 'Holm',
      company_name: 'Fjordpak',
      job_title: 'CFO',
      website: 'https://fjordpak.test',
      phone: '+47 1',
      lt_interest_status: 2,
      last_contacted_from: 'mia@outreach.test',
      timestamp_last_contact: day(1),
      timestamp_last_open: day(2),
      timestamp_last_click: day(3),
      timestamp_last_reply: day(4),
      timestamp_last_interest_change: day(5),
      timestamp_updated: day(6),
      status_summary: { lastStep: { timestamp_executed: day(7) } },
      payload: { functie: 'Director', branche: 'Packaging', 'company size': 240 },
    };
    expect(readLead(full)).toStrictEqual({
      ...readBare,
      first_name: 'Ingrid',
      last_name: 'Holm',
      company_name: 'Fjordpak',
      job_title: 'CFO',
      industry: 'Packaging',
      company_size: '240',
      website: 'https://fjordpak.test',
      phone: '+47 1',
      sent_count: 1,
      sent_at: day(1),
      opened_at: day(2),
      clicked_at: day(3),
      replied_at: day(4),
      interest_status: 'positive',
      interest_label: 'lead_meeting_booked',
      interest_changed_at: day(5),
      sender_account: 'mia@outreach.test',
      payload: { functie: 'Director', branche: 'Packaging', 'company size': 240 },
      updated_at: day(6),
    });
  });

  it('keeps its own variables, and no copies or ids of the provider', () => {
    const payload = {
      firstName: 'I',
      lastName: 'H',
      companyName: 'F',
      jobTitle: 'C',
      website: 'w',
      phone: 'p',
      personalization: 'x',
      email: 'e',
      campaign: '1',
      campaign_id: '2',
      workspace: '3',
      organization: '4',
      list_id: '5',
      city: 'Oslo',
      nested: {},
    };
    expect(readLead({ ...bare, payload })?.payload).toEqual({
      city: 'Oslo',
    });
    expect(
      Object.entries(readLead({ ...bare, payload: JSON.parse('{"__proto__":"x"}') as never })?.payload ?? {}),
    )
      .toEqual([['__proto__', 'x']]);
  });

  it.each([
    [{ timestamp_last_contact: day(1), timestamp_updated: day(6) }, day(1)],
    [{ status_summary: { lastStep: { timestamp_executed: day(7) } }, timestamp_updated: day(6) }, day(7)],
    [{ timestamp_updated: day(6) }, day(6)],
    [{}, now.toISOString()],
  ])('that ended with %o ended at %s', (times, at) => {
    expect(readLead({ ...bare, ...times, status: -1 })).toMatchObject({
      bounced_at: at,
      unsubscribed_at: null,
    });
    expect(readLead({ ...bare, ...times, status: -2 })).toMatchObject({
      bounced_at: null,
      unsubscribed_at: at,
    });
  });

  it('is written without what it has not', () => {
    const lead: OutgoingLead = {
      email: 'ingrid@fjordpak.test',
      first_name: null,
      last_name: null,
      company_name: null,
      job_title: null,
      website: null,
      phone: null,
      personalization: null,
      variables: {},
    };
    expect(writeLead(lead)).toStrictEqual({ email: 'ingrid@fjordpak.test' });
    const fields = {
      first_name: 'Ingrid',
      last_name: 'Holm',
      company_name: 'Fjordpak',
      job_title: 'CFO',
      website: 'https://fjordpak.test',
      phone: '+47 1',
      personalization: 'Nice boxes',
    };
    expect(writeLead({ ...lead, ...fields, variables: { city: 'Oslo', rating: 4.5 } })).toStrictEqual({
      email: 'ingrid@fjordpak.test',
      ...fields,
      custom_variables: { city: 'Oslo', rating: 4.5 },
    });
  });
});
