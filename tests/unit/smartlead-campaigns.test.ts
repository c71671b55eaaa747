// Campaigns of Smartlead in our shape, and ours in its.
import { describe, expect, it } from 'vitest';
import type { CampaignSettings } from '../../supabase/functions/_shared/providers/provider.ts';
import {
  isSubsequence,
  readCampaign,
  writeSchedule,
  writeSequences,
  writeSettings,
} from '../../supabase/functions/_shared/providers/smartlead/campaign-mapping.ts';
import { campaign } from '../../supabase/functions/_shared/providers/smartlead/schemas.ts';

const settings: CampaignSettings = {
  name: 'Bakeries [12345678]',
  timeZone: 'Europe/Amsterdam',
  sendingDays: [5, 1, 6],
  sendingFrom: '09:00:00',
  sendingTo: '16:30:00',
  startOn: null,
  endOn: null,
  dailyLimit: 40,
  sendingAccounts: [],
  sendingAccountTags: [],
  steps: [{ delay_days: 0, subject: 'S', body: 'B' }],
  stopOnReply: true,
  stopForCompany: false,
  trackOpens: true,
  trackClicks: true,
  plainText: false,
  unsubscribeHeader: true,
  unsubscribeText: null,
};

describe('a campaign', () => {
  it('is read with its times, its status and its organisation', () => {
    const stored = campaign.parse({
      id: 9,
      name: 'Bakeries',
      status: 'active',
      created_at: '2026-10-01T08:00:00Z',
      updated_at: '2026-10-02T08:00:00Z',
      client_id: 50,
    });
    expect(readCampaign(stored)).toStrictEqual({
      provider_campaign_id: '9',
      name: 'Bakeries',
      created_at: '2026-10-01T08:00:00.000Z',
      updated_at: '2026-10-02T08:00:00.000Z',
      status: 'active',
      provider_org_id: '50',
    });
    expect(readCampaign(campaign.parse({ id: 9, name: 'B' }))).toMatchObject({
      created_at: null,
      status: null,
      provider_org_id: null,
    });
  });

  it.each([
    ['DRAFTED', 'draft'],
    ['ACTIVE', 'active'],
    ['PAUSED', 'paused'],
    ['STOPPED', 'completed'],
    ['COMPLETED', 'completed'],
    ['ARCHIVED', 'completed'],
    ['constructor', null],
  ])('with status %s is %s', (status, expected) => {
    expect(readCampaign(campaign.parse({ id: 9, name: 'B', status })).status).toBe(expected);
  });

  it.each([[undefined, false], [null, false], [7, true]])(
    'with parent %s is a subsequence: %s',
    (parent, isOne) => {
      expect(isSubsequence(campaign.parse({ id: 9, name: 'B', parent_campaign_id: parent }))).toBe(isOne);
    },
  );
});

describe('a schedule', () => {
  it('has days, hours and the limit', () => {
    const bare = {
      timezone: 'Europe/Amsterdam',
      days_of_the_week: [1, 5, 6],
      start_hour: '09:00',
      end_hour: '16:30',
      min_time_btw_emails: 10,
      max_new_leads_per_day: 40,
    };
    expect(writeSchedule(settings)).toStrictEqual(bare);
    expect(writeSchedule({ ...settings, dailyLimit: null })).toStrictEqual({
      ...bare,
      max_new_leads_per_day: 100,
    });
    expect(writeSchedule({ ...settings, startOn: '2027-01-04' })).toStrictEqual({
      ...bare,
      schedule_start_time: '2027-01-04T08:00:00.000Z',
    });
  });

  it.each([
    ['Europe/Amsterdam', '2027-07-05', '07:00'],
    ['America/New_York', '2027-01-04', '14:00'],
    ['Asia/Kolkata', '2027-01-04', '03:30'],
    ['UTC', '2027-01-04', '09:00'],
  ])('in %s starts on %s at %s UTC', (timeZone, startOn, time) => {
    expect(writeSchedule({ ...settings, timeZone, startOn })).toMatchObject({
      schedule_start_time: `${startOn}T${time}:00.000Z`,
    });
  });

  it('starts right on the night when the clocks change', () => {
    const night = { ...settings, timeZone: 'America/New_York', startOn: '2027-03-14', sendingFrom: '03:00' };
    expect(writeSchedule(night)).toMatchObject({ schedule_start_time: '2027-03-14T07:00:00.000Z' });
    expect(writeSchedule({ ...night, startOn: '2027-11-07' })).toMatchObject({
      schedule_start_time: '2027-11-07T08:00:00.000Z',
    });
  });

  it('leaves out Sunday, and refuses Sundays alone', () => {
    expect(writeSchedule({ ...settings, sendingDays: [0, 7, 6] })).toMatchObject({ days_of_the_week: [6] });
    expect(() => writeSchedule({ ...settings, sendingDays: [0, 7] })).toThrow(expect.objectContaining({
      code: 'VALIDATION_FAILED',
      message: 'Smartlead campaigns send from Monday to Saturday; choose at least one of these days',
    }));
  });

  it('refuses what is no time zone', () => {
    expect(() => writeSchedule({ ...settings, timeZone: 'Mars/Olympus' })).toThrow(expect.objectContaining({
      code: 'VALIDATION_FAILED',
      message: '"Mars/Olympus" is not a time zone; use an IANA name such as "Europe/Amsterdam"',
    }));
  });
});

it('the mails of a step are variants that alternate', () => {
  const variants = [{ subject: 'T', body: 'C {{firstName}}' }, { subject: 'U', body: 'D' }];
  const steps = [{ delay_days: 0, subject: 'S', body: 'B', variants }, {
    delay_days: 3,
    subject: '',
    body: 'F',
  }];
  expect(writeSequences({ ...settings, steps })).toStrictEqual({
    sequences: [
      {
        seq_number: 1,
        seq_delay_details: { delay_in_days: 0 },
        variant_distribution_type: 'MANUAL_EQUAL',
        seq_variants: [
          { variant_label: 'A', subject: 'S', email_body: 'B' },
          { variant_label: 'B', subject: 'T', email_body: 'C {{first_name}}' },
          { variant_label: 'C', subject: 'U', email_body: 'D' },
        ],
      },
      { seq_number: 2, seq_delay_details: { delay_in_days: 3 }, subject: '', email_body: 'F' },
    ],
  });
});

it('settings say what is not tracked, and how people unsubscribe', () => {
  expect(writeSettings(settings)).toStrictEqual({
    stop_lead_settings: 'REPLY_TO_AN_EMAIL',
    auto_pause_domain_leads_on_reply: false,
    track_settings: [],
    send_as_plain_text: false,
    unsubscribe_text: 'Unsubscribe',
  });
  expect(writeSettings({ ...settings, trackOpens: false, unsubscribeText: 'Stop' })).toMatchObject({
    track_settings: ['DONT_TRACK_EMAIL_OPEN'],
    unsubscribe_text: 'Stop',
  });
  expect(
    writeSettings({ ...settings, trackClicks: false, unsubscribeText: 'Stop', unsubscribeHeader: false }),
  )
    .toMatchObject({ track_settings: ['DONT_TRACK_LINK_CLICK'], unsubscribe_text: '' });
});

it.each([
  ['{{firstName}} {{lastName}}', '{{first_name}} {{last_name}}'],
  ['{{companyName}}, {{phone}}, {{jobTitle}}', '{{company_name}}, {{phone_number}}, {{job_title}}'],
  ['{{personalization}}', '{{icebreaker}}'],
  ['{{  firstName  |there you}}', '{{first_name|there you}}'],
  ['{{firstName\n}}', '{{first_name}}'],
  ['{{city}} {{ constructor }}', '{{city}} {{constructor}}'],
  ['{{two words}} {firstName} {{firstName|{x}}}', '{{two words}} {firstName} {{firstName|{x}}}'],
])('a mail with %j is written as %j', (text, written) => {
  const steps = [{ delay_days: 2, subject: text, body: `${text}\r\n\nB` }];
  expect(writeSequences({ ...settings, steps })).toStrictEqual({
    sequences: [{
      seq_number: 1,
      seq_delay_details: { delay_in_days: 2 },
      subject: written,
      email_body: `${written.replace('\n', '<br>')}<br><br>B`,
    }],
  });
});
