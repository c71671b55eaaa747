import { describe, expect, it } from 'vitest';
import {
  type ExportedCampaign,
  whyNotSending,
} from '../../supabase/functions/_shared/campaigns/why-not-sending.ts';
import { writeCampaign } from '../../supabase/functions/_shared/providers/instantly/campaign-mapping.ts';
import {
  writeSchedule,
  writeSequences,
  writeSettings,
} from '../../supabase/functions/_shared/providers/smartlead/campaign-mapping.ts';
import {
  type CampaignSettings,
  unsupportedSettings,
} from '../../supabase/functions/_shared/providers/campaign-settings.ts';
import { maxVariables, tooManyVariables } from '../../supabase/functions/_shared/providers/variable-limit.ts';
import { loadContract } from '../instantly-simulator/contract.ts';

const settings: CampaignSettings = {
  name: 'Bakeries [12345678]',
  timeZone: 'Europe/Amsterdam',
  sendingDays: [1, 2, 3, 4, 5],
  sendingFrom: '09:00',
  sendingTo: '16:30',
  startOn: '2027-01-04',
  endOn: '2027-02-26',
  dailyLimit: 40,
  sendingAccounts: ['mia@outreach.test'],
  sendingAccountTags: ['Bakeries'],
  steps: [
    { delay_days: 0, subject: 'Rye', body: 'Hi {{firstName|there}},\n{{icebreaker}}' },
    { delay_days: 3, subject: '', body: 'And?', variants: [{ subject: '', body: 'Well?' }] },
  ],
  stopOnReply: false,
  stopForCompany: true,
  trackOpens: false,
  trackClicks: false,
  plainText: true,
  unsubscribeHeader: true,
  unsubscribeText: null,
};

describe('a campaign at Instantly', () => {
  const body = writeCampaign(settings, new Date('2026-11-28T00:00:00Z'), [
    '019ffad2-9b14-7491-94e1-412c61f2fe27',
  ]);

  it('carries every setting under its name', () => {
    expect(body).toMatchObject({
      campaign_schedule: { start_date: '2027-01-04', end_date: '2027-02-26' },
      stop_on_reply: false,
      stop_for_company: true,
      open_tracking: false,
      link_tracking: false,
      text_only: true,
      insert_unsubscribe_header: true,
      email_list: ['mia@outreach.test'],
      email_tag_list: ['019ffad2-9b14-7491-94e1-412c61f2fe27'],
      daily_limit: 40,
    });
  });

  it('fits the official contract', () => {
    const contract = loadContract();
    if (contract === undefined) return;
    expect(contract.validateRequest('POST', '/api/v2/campaigns', {}, body)).toEqual([]);
  });
});

describe('a campaign at Smartlead', () => {
  it('carries what Smartlead has, in its words', () => {
    expect(writeSettings(settings)).toEqual({
      stop_lead_settings: 'REPLY_TO_AN_EMAIL',
      auto_pause_domain_leads_on_reply: true,
      track_settings: ['DONT_TRACK_EMAIL_OPEN', 'DONT_TRACK_LINK_CLICK'],
      send_as_plain_text: true,
      unsubscribe_text: 'Unsubscribe',
    });
    expect(writeSettings({ ...settings, unsubscribeHeader: false, unsubscribeText: 'Stop' })).toMatchObject({
      unsubscribe_text: '',
    });
  });

  it('starts when the sending hours of its first day begin there, in summer and in winter', () => {
    expect(writeSchedule(settings)).toMatchObject({ schedule_start_time: '2027-01-04T08:00:00.000Z' });
    expect(writeSchedule({ ...settings, startOn: '2027-07-05' })).toMatchObject({
      schedule_start_time: '2027-07-05T07:00:00.000Z',
    });
    expect(writeSchedule({ ...settings, startOn: null })).not.toHaveProperty('schedule_start_time');
  });

  it('keeps a fallback behind the name that Smartlead gives a variable', () => {
    expect(JSON.stringify(writeSequences(settings))).toContain(
      'Hi {{first_name|there}},<br>{{icebreaker}}',
    );
  });

  it('has no mailbox tags, last day, Sundays and no continuing after a reply, which is reported', () => {
    const asked = {
      sending_days: [0, 1],
      end_on: '2027-01-01',
      sending_account_tags: ['x'],
      stop_on_reply: false,
      unsubscribe_text: 'Stop',
    };
    expect(unsupportedSettings('smartlead', asked).map(({ setting }) => setting)).toEqual([
      'sending_days',
      'end_on',
      'sending_account_tags',
      'stop_on_reply',
    ]);
    expect(unsupportedSettings('instantly', asked).map(({ setting }) => setting)).toEqual([
      'unsubscribe_text',
    ]);
  });
});

describe('the variants of a step', () => {
  const steps = [
    { delay_days: 0, subject: 'S', body: 'B', variants: [{ subject: 'T', body: 'C\nD' }] },
    { delay_days: 3, subject: '', body: 'F' },
  ];

  it('come to each provider in its own shape', () => {
    expect(writeCampaign({ ...settings, steps }, new Date('2026-11-20T00:00:00Z'))['sequences']).toEqual([{
      steps: [
        {
          type: 'email',
          delay: 3,
          delay_unit: 'days',
          variants: [{ subject: 'S', body: 'B' }, { subject: 'T', body: 'C<br/>D' }],
        },
        { type: 'email', delay: 0, delay_unit: 'days', variants: [{ subject: '', body: 'F' }] },
      ],
    }]);
    expect(writeSequences({ ...settings, steps })['sequences']).toEqual([
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

describe('why a campaign does not send', () => {
  const campaign: ExportedCampaign = {
    campaign_id: '00000000-0000-4000-8000-000000000001',
    client_id: '00000000-0000-4000-8000-000000000002',
    name: 'C',
    provider: 'smartlead',
    provider_status: 'active',
    time_zone: 'Europe/Amsterdam',
    sending_days: [1, 2, 3, 4, 5],
    sending_from: '09:00',
    sending_to: '17:00',
    start_on: null,
    end_on: null,
    connection_id: null,
    provider_campaign_id: '1',
    pause: null,
    leads_waiting: 1,
    mailboxes: { chosen: 1, active: 1 },
  };
  const monday = new Date('2026-11-30T10:00:00Z');
  const codes = (change: Partial<ExportedCampaign>, now = monday) =>
    whyNotSending({ ...campaign, ...change }, null, now, true).reasons.map(({ code }) => code);

  it('is nothing for one that sends', () => {
    expect(whyNotSending(campaign, null, monday, true)).toMatchObject({ is_sending: true, reasons: [] });
  });

  it.each<[string, Partial<ExportedCampaign>, Date, string[]]>([
    ['too early there', {}, new Date('2026-11-30T07:59:00Z'), ['out_of_schedule']],
    ['Sunday there', {}, new Date('2026-11-29T10:00:00Z'), ['out_of_schedule']],
    ['not begun', { start_on: '2026-12-01' }, monday, ['not_started']],
    ['over', { end_on: '2026-11-29' }, monday, ['over']],
    ['paused', { provider_status: 'paused' }, monday, ['campaign_paused']],
    ['a holiday', { provider_status: 'paused', pause: { day: '2026-11-30', reason: 'A day' } }, monday, [
      'paused_by_schedule',
      'campaign_paused',
    ]],
    ['no lead left', { leads_waiting: 0 }, monday, ['no_new_leads']],
    ['no mailbox', { mailboxes: { chosen: 2, active: 0 } }, monday, ['all_accounts_unhealthy']],
  ])('%s', (_, change, now, expected) => {
    expect(codes(change, now)).toEqual(expected);
  });

  it('is in our words what Instantly reports, and in its own what we do not know', () => {
    const reported = { status: 'daily_limit_met', message: 'Limit', since: null, last_sent_at: null };
    expect(whyNotSending(campaign, reported, monday, true).reasons).toEqual([
      { code: 'daily_limit_met', message: 'The daily limit of the campaign is reached' },
    ]);
    expect(
      whyNotSending(campaign, { ...reported, status: 'moon_phase', message: 'Full moon' }, monday, true)
        .reasons,
    )
      .toEqual([{ code: 'moon_phase', message: 'Full moon' }]);
  });
});

describe('a list with more variables than Smartlead takes', () => {
  const columns = [
    { target: 'email' },
    { target: 'city' },
    { target: 'website' },
    ...Array.from({ length: maxVariables.smartlead }, () => ({ target: 'variable' })),
  ];

  it('is reported before it is imported, with the fields that Smartlead has no place for', () => {
    expect(tooManyVariables('smartlead', columns)).toContain(
      'at most 200 variables of a lead, and this list makes 201',
    );
    expect(tooManyVariables('smartlead', columns.slice(0, -1))).toBeUndefined();
  });

  it('is nothing to Instantly, nor to a campaign that has no provider yet', () => {
    expect(tooManyVariables('instantly', columns)).toBeUndefined();
    expect(tooManyVariables(null, columns)).toBeUndefined();
  });
});
