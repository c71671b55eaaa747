import { describe, expect, it } from 'vitest';
import { checkExport, type Preview } from '../../supabase/functions/_shared/export/check.ts';
import { estimateCampaign, type EstimateInput } from '../../supabase/functions/_shared/export/estimate.ts';
import { readSequence, withFooter } from '../../supabase/functions/_shared/export/sequence.ts';
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

describe('a sequence', () => {
  it('gets its footer under every mail', () => {
    expect(withFooter(settings.steps, 'Lakeside BV')).toMatchObject([
      { body: 'Hi {{firstName|there}},\n{{icebreaker}}\n\nLakeside BV' },
      { body: 'And?\n\nLakeside BV', variants: [{ body: 'Well?\n\nLakeside BV' }] },
    ]);
    expect(withFooter(settings.steps, null)).toBe(settings.steps);
  });

  it.each([
    ['two lines of subject', [{ subject: 'a\nb', body: 'B' }]],
    ['open braces', [{ subject: 'S', body: 'Hi {{firstName' }]],
    ['six variants', [{ subject: 'S', body: 'B', variants: new Array(5).fill({ subject: 'S', body: 'B' }) }]],
    ['21 steps', new Array(21).fill({ subject: 'S', body: 'B' })],
    ['another field', [{ subject: 'S', body: 'B', colour: 'red' }]],
    ['a text of blanks', [{ subject: 'S', body: ' \n' }]],
  ])('with %s is refused', (_, stored) => {
    expect(() => readSequence(stored)).toThrow(/cannot be sent/);
  });
});

describe('the estimate', () => {
  const input: EstimateInput = {
    leads: 412,
    delays: [0],
    sendingDays: [1, 2, 3, 4, 5],
    today: '2026-11-30',
    startOn: null,
    endOn: null,
    holidays: new Set(),
    mailsPerDay: 40,
    newLeadsPerDay: null,
  };

  it('counts sending days: 412 leads at 40 a day take eleven weekdays', () => {
    expect(estimateCampaign(input)).toEqual({
      emails: 412,
      most_a_day: 40,
      first_day: '2026-11-30',
      first_mails_until: '2026-12-14',
      ends_on: '2026-12-14',
      sending_days: 11,
      unsent: 0,
    });
  });

  it('leaves out holidays and starts when the campaign does', () => {
    const later = estimateCampaign({
      ...input,
      startOn: '2026-12-23',
      holidays: new Set(['2026-12-25', '2027-01-01']),
    });
    // 23, 24, 28–31 December and 4–8 January.
    expect(later).toMatchObject({ first_day: '2026-12-23', ends_on: '2027-01-08', sending_days: 11 });
  });

  it('gives follow-ups their place in the limit, before new leads', () => {
    const two = estimateCampaign({ ...input, leads: 80, delays: [0, 1] });
    // Monday 40 new; Tuesday their follow-ups; Wednesday 40 new; Thursday the rest.
    expect(two).toMatchObject({ emails: 160, first_mails_until: '2026-12-02', ends_on: '2026-12-03' });
    const week = estimateCampaign({ ...input, leads: 10, delays: [0, 5] });
    // Due on a Saturday, sent on Monday.
    expect(week).toMatchObject({ ends_on: '2026-12-07', sending_days: 2 });
  });

  it('limits new leads and mails each for themselves, as Smartlead does', () => {
    const both = estimateCampaign({
      ...input,
      leads: 30,
      delays: [0, 1],
      mailsPerDay: 100,
      newLeadsPerDay: 10,
    });
    expect(both).toMatchObject({ first_mails_until: '2026-12-02', ends_on: '2026-12-03', most_a_day: 20 });
  });

  it('counts what a last day leaves unsent, and is absent where nothing can be estimated', () => {
    expect(estimateCampaign({ ...input, endOn: '2026-12-01' })).toMatchObject({
      unsent: 332,
      ends_on: null,
      first_mails_until: null,
    });
    expect(estimateCampaign({ ...input, leads: 0 })).toBeUndefined();
    expect(estimateCampaign({ ...input, sendingDays: [] })).toBeUndefined();
    expect(estimateCampaign({ ...input, endOn: '2026-11-01' })).toBeUndefined();
  });
});

describe('the check before an export', () => {
  const read: Preview = {
    connection_id: '00000000-0000-4000-8000-000000000001',
    provider: 'instantly',
    is_dedicated: true,
    total: 10,
    to_send: 10,
    skipped: 0,
    reasons: {},
    missing_variables: {},
    role_addresses: 0,
    today: '2026-11-30',
    settings: {
      sending_days: [1, 2, 3, 4, 5],
      daily_limit: 5,
      start_on: null,
      end_on: null,
      sequence: [{ delay_days: 0 }],
      sending_account_tags: [],
      stop_on_reply: true,
      track_opens: false,
      plain_text: false,
      unsubscribe_header: true,
      unsubscribe_text: null,
      provider_status: null,
    },
    holidays: [],
    mailboxes: {
      chosen: 1,
      active: 1,
      daily_limit: 3,
      without_limit: 0,
      sent_today: 0,
      unknown: [],
      not_sending: [],
      tags_without_mailbox: [],
      shared_with: 0,
    },
    costs: [],
    has_postal_address: true,
    mentions_unsubscribe: false,
    approval: 'not_needed',
    plan: null,
    too_many_variables: null,
  };
  const codes = (change: Partial<Preview>) =>
    checkExport({ ...read, ...change }).findings.map(({ code }) => code);

  it('finds nothing in a good campaign, and takes the lower of limit and mailboxes', () => {
    expect(checkExport(read)).toMatchObject({ findings: [], estimate: { most_a_day: 3, sending_days: 4 } });
  });

  it('counts Smartlead’s limit as new leads, 100 without one', () => {
    const smartlead = { ...read, provider: 'smartlead' as const, to_send: 250 };
    const mailboxes = { ...read.mailboxes, daily_limit: 1000 };
    expect(
      checkExport({ ...smartlead, mailboxes, settings: { ...read.settings, daily_limit: null } }).estimate,
    )
      .toMatchObject({ most_a_day: 100, sending_days: 3 });
  });

  it.each<[Partial<Preview>, string[]]>([
    [{ total: 0, to_send: 0 }, ['no_leads']],
    [{ to_send: 0, reasons: { already_exported: 10 } }, ['no_new_leads', 'already_exported']],
    [{ missing_variables: { icebreaker: 3 }, reasons: { missing_variable: 3 } }, ['missing_variable']],
    [{ reasons: { suppressed: 1, not_deliverable: 2, repeated: 3 } }, [
      'not_deliverable',
      'suppressed',
      'repeated',
    ]],
    [{ role_addresses: 2 }, ['role_addresses']],
    [{ provider: 'smartlead', too_many_variables: { limit: 200, leads: 3, most: 213 } }, [
      'too_many_variables',
    ]],
    [{ approval: 'outdated' }, ['approval']],
    [{ has_postal_address: false }, ['no_postal_address']],
    [{ settings: { ...read.settings, unsubscribe_header: false } }, ['no_unsubscribe']],
    [{ plan: { leads_left: 4, known_at: '' } }, ['plan_limit']],
    [{ is_dedicated: false, mailboxes: { ...read.mailboxes, chosen: 0, active: 0 } }, ['no_mailboxes']],
    [{ mailboxes: { ...read.mailboxes, active: 0 } }, ['no_active_mailbox']],
    [{ mailboxes: { ...read.mailboxes, unknown: ['x@y.test'] } }, ['unknown_mailboxes']],
    [{ settings: { ...read.settings, end_on: '2026-12-01' } }, ['ends_too_early']],
    [{ settings: { ...read.settings, end_on: '2026-11-01' } }, ['already_over']],
    [{ holidays: [{ day: '2026-12-01', name: 'A day' }, { day: '2027-12-01', name: 'Later' }] }, [
      'holidays',
    ]],
    [{ settings: { ...read.settings, plain_text: true, track_opens: true } }, ['opens_in_plain_text']],
    [{ provider: 'smartlead', settings: { ...read.settings, sending_days: [0, 1] } }, [
      'unsupported_sending_days',
    ]],
  ])('finds %o', (change, expected) => {
    expect(codes(change)).toEqual(expected);
  });

  it('says which leads are behind a finding that leaves some out', () => {
    const reasons = { suppressed: 1, not_deliverable: 2, repeated: 3, missing_variable: 4 };
    const { findings } = checkExport({ ...read, reasons, missing_variables: { icebreaker: 4, city: 1 } });
    expect(findings.map(({ left_out }) => left_out)).toEqual([
      { reason: 'missing_variable', variable: 'icebreaker', leads: 4 },
      { reason: 'missing_variable', variable: 'city', leads: 1 },
      { reason: 'not_deliverable', leads: 2 },
      { reason: 'suppressed', leads: 1 },
      { reason: 'repeated', leads: 3 },
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
