import { describe, expect, it } from 'vitest';
import { estimateCampaign, type EstimateInput } from '../../supabase/functions/_shared/export/estimate.ts';
import { checkPreview as check, type PreviewChange as Change } from '../support/export-preview.ts';

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

  it('limits new leads, and no follow-ups that weekends pile up', () => {
    const piled = { ...input, startOn: '2026-12-03', leads: 30, delays: [0, 3], mailsPerDay: null };
    // Ten each on Thursday, Friday and Monday, when the follow-ups of both days are due; the rest on Thursday.
    expect(estimateCampaign({ ...piled, newLeadsPerDay: 10 })).toMatchObject({
      most_a_day: 30,
      ends_on: '2026-12-10',
      sending_days: 4,
    });
  });

  it('counts what a last day leaves unsent, and is absent where nothing can be estimated', () => {
    expect(estimateCampaign({ ...input, endOn: '2026-12-01' })).toMatchObject({
      unsent: 332,
      ends_on: null,
      first_mails_until: null,
    });
    expect(estimateCampaign({ ...input, leads: 0 })).toBeUndefined();
    expect(estimateCampaign({ ...input, sendingDays: [] })).toBeUndefined();
    expect(estimateCampaign({ ...input, delays: [] })).toBeUndefined();
    expect(estimateCampaign({ ...input, endOn: '2026-11-01' })).toBeUndefined();
    expect(estimateCampaign({ ...input, mailsPerDay: 0 })).toBeUndefined();
  });

  it('sends on the last day itself', () => {
    expect(estimateCampaign({ ...input, leads: 80, endOn: '2026-12-01' })).toMatchObject({
      unsent: 0,
      first_mails_until: '2026-12-01',
      ends_on: '2026-12-01',
    });
  });

  it('begins today where the first day is over', () => {
    expect(estimateCampaign({ ...input, startOn: '2026-11-02' })).toMatchObject({ first_day: '2026-11-30' });
  });

  it('without limits sends a step a day, and the last step before the one before it', () => {
    const steps = { ...input, leads: 7, delays: [0, 1, 1] };
    expect(estimateCampaign({ ...steps, mailsPerDay: null })).toEqual({
      emails: 21,
      most_a_day: 7,
      first_day: '2026-11-30',
      first_mails_until: '2026-11-30',
      ends_on: '2026-12-02',
      sending_days: 3,
      unsent: 0,
    });
    // Monday 5 first mails; Tuesday 5 second; Wednesday 5 third; Thursday 2 first, and so on.
    expect(estimateCampaign({ ...steps, mailsPerDay: 5 })).toMatchObject({
      first_mails_until: '2026-12-03',
      ends_on: '2026-12-07',
      sending_days: 6,
    });
  });

  it('waits a day between two mails of a lead, whatever the sequence says', () => {
    const twice = estimateCampaign({ ...input, leads: 1, delays: [0, 0] });
    expect(twice).toMatchObject({ ends_on: '2026-12-01', sending_days: 2 });
  });

  it('counts no day on which nothing is due', () => {
    expect(estimateCampaign({ ...input, leads: 1, delays: [9, 3] })).toMatchObject({
      first_day: '2026-11-30',
      first_mails_until: '2026-11-30',
      ends_on: '2026-12-03',
      sending_days: 2,
    });
  });

  it('looks five years ahead, and no further', () => {
    const everyDay = { ...input, sendingDays: [0, 1, 2, 3, 4, 5, 6], mailsPerDay: 1 };
    expect(estimateCampaign({ ...everyDay, leads: 1_830 })).toMatchObject({ unsent: 0, sending_days: 1_830 });
    expect(estimateCampaign({ ...everyDay, leads: 1_831 })).toMatchObject({
      unsent: 1,
      first_mails_until: null,
      ends_on: null,
    });
  });
});

describe('the estimate of an export', () => {
  const estimate = (change: Change) => check({ to_send: 250, ...change }).estimate;

  it.each<[what: string, change: Change, most: number]>([
    ['the lower of limit and mailboxes', { mailboxes: { daily_limit: 3 } }, 3],
    ['the limit where it is lower', { mailboxes: { daily_limit: 8 } }, 5],
    ['the mailboxes without a limit', { settings: { daily_limit: null }, mailboxes: { daily_limit: 8 } }, 8],
    ['the limit where the mailboxes have none', { mailboxes: { daily_limit: null } }, 5],
    ['the limit where one mailbox has none', { mailboxes: { daily_limit: 3, without_limit: 1 } }, 5],
    ['everything where nothing limits it', {
      settings: { daily_limit: null },
      mailboxes: { without_limit: 1 },
    }, 250],
  ])('of Instantly takes %s', (_, change, most) => expect(estimate(change)?.most_a_day).toBe(most));

  const sequence = [{}, { delay_days: 1 }];
  it.each<[what: string, change: Change, most: number]>([
    [
      'the limit as new leads',
      { settings: { daily_limit: 50, sequence }, mailboxes: { daily_limit: null } },
      100,
    ],
    ['100 new leads without one', {
      settings: { daily_limit: null, sequence },
      mailboxes: { daily_limit: null },
    }, 200],
    ['the mailboxes as a limit of mails', {
      settings: { daily_limit: 50, sequence },
      mailboxes: { daily_limit: 70 },
    }, 70],
    ['no other where a mailbox has none', {
      settings: { daily_limit: 50, sequence },
      mailboxes: { without_limit: 1 },
    }, 100],
  ])('of Smartlead takes %s', (_, change, most) => {
    expect(estimate({ provider: 'smartlead', ...change })?.most_a_day).toBe(most);
  });

  it('has the days of the campaign; Smartlead sends on no Sunday', () => {
    const days = { settings: { sending_days: [0], daily_limit: 250 }, mailboxes: { daily_limit: null } };
    expect(estimate(days)).toMatchObject({ first_day: '2026-12-06' });
    expect(estimate({ provider: 'smartlead', ...days })).toBeNull();
    const dated = { start_on: '2026-12-02', end_on: '2026-12-04', daily_limit: 100 };
    const holidays = [{ day: '2026-12-03', name: 'A day' }];
    expect(estimate({ holidays, settings: dated, mailboxes: { daily_limit: null } })).toMatchObject({
      first_day: '2026-12-02',
      sending_days: 2,
      unsent: 50,
    });
  });

  it('without a sequence is that of the default one', () => {
    expect(estimate({ to_send: 1, settings: { sequence: null } })).toMatchObject({
      emails: 2,
      ends_on: '2026-12-03',
    });
  });
});
