// What would go wrong with an export, and when it would be over: every finding with its sentence.
import { describe, expect, it } from 'vitest';
import { type Preview, preview } from '../../supabase/functions/_shared/export/check.ts';
import {
  checkPreview as check,
  goodPreview,
  type PreviewChange as Change,
} from '../support/export-preview.ts';

it('a good campaign has no findings', () => {
  expect(check({})).toEqual({
    findings: [],
    estimate: {
      emails: 10,
      most_a_day: 3,
      first_day: '2026-11-30',
      first_mails_until: '2026-12-03',
      ends_on: '2026-12-03',
      sending_days: 4,
      unsent: 0,
    },
  });
  expect(preview.parse({ ...goodPreview, more: 1 })).toEqual(goodPreview);
});

it('the answer of the database is read as it is, and refused where something is missing', () => {
  const full: Preview = {
    ...goodPreview,
    provider: 'smartlead',
    too_many_variables: { limit: 200, leads: 1, most: 213 },
    settings: { ...goodPreview.settings, sequence: [{ subject: 'S', delay_days: 2 }] },
    holidays: [{ day: '2026-12-25', name: 'Christmas' }],
    costs: [{ currency: 'EUR', cost: 10, cost_per_lead: null }],
    plan: { leads_left: 4, known_at: '2026-11-29' },
  };
  expect(preview.parse(full)).toEqual(full);
  for (const approval of ['missing', 'requested', 'changes_asked', 'approved', 'outdated'] as const) {
    expect(preview.parse({ ...full, approval }).approval).toBe(approval);
  }
  const broken = { ...full, settings: { ...full.settings, sequence: [{ delay_days: 'two' }] } };
  // A sequence that cannot be read is that of the default one here; the export itself says what is wrong with it.
  expect(preview.parse(broken).settings.sequence).toBeNull();
  for (const field of ['too_many_variables', 'holidays', 'costs', 'plan'] as const) {
    const value = Array.isArray(full[field]) ? [{}] : {};
    expect(preview.safeParse({ ...full, [field]: value }).success).toBe(false);
  }
});

const leads = (code: string, level: 'stops' | 'warns' | 'tells', message: string, left_out?: object) => ({
  code,
  level,
  message,
  about: 'leads',
  ...(left_out === undefined ? {} : { left_out }),
});
const copy = (code: string, level: 'stops' | 'warns' | 'tells', message: string) => ({
  code,
  level,
  message,
  about: 'copy',
});
const workspace = (code: string, level: 'stops' | 'warns' | 'tells', message: string) => ({
  code,
  level,
  message,
  about: 'workspace',
});
const reason = (name: string, count: number) => ({ reasons: { [name]: count } });

describe('a finding about leads', () => {
  it.each<[change: Change, findings: object[]]>([
    [{ total: 0, to_send: 0 }, [leads('no_leads', 'stops', 'This campaign has no leads yet')]],
    [{ to_send: 0 }, [leads('no_leads', 'stops', 'None of the leads can be written to')]],
    [{ to_send: 0, ...reason('already_exported', 1_200) }, [
      leads('no_new_leads', 'tells', 'All leads that can be written to are at the provider already'),
      leads('already_exported', 'tells', '1,200 leads at the provider already: only new ones are sent', {
        reason: 'already_exported',
        leads: 1_200,
      }),
    ]],
    [{ missing_variables: { icebreaker: 3, city: 1 } }, [
      leads(
        'missing_variable',
        'warns',
        '3 leads have no value for {{icebreaker}} and would be left out; fill it in, or give it a fallback such as {{icebreaker|your text}}',
        { reason: 'missing_variable', variable: 'icebreaker', leads: 3 },
      ),
      leads(
        'missing_variable',
        'warns',
        '1 lead has no value for {{city}} and would be left out; fill it in, or give it a fallback such as {{city|your text}}',
        { reason: 'missing_variable', variable: 'city', leads: 1 },
      ),
    ]],
    [reason('not_deliverable', 2), [
      leads('not_deliverable', 'warns', '2 leads left out: the address is not verified as deliverable', {
        reason: 'not_deliverable',
        leads: 2,
      }),
    ]],
    [reason('invalid_email', 1), [
      leads('invalid_email', 'warns', '1 lead left out: what the list has is no email address', {
        reason: 'invalid_email',
        leads: 1,
      }),
    ]],
    [reason('no_email', 1), [
      leads('no_email', 'warns', '1 lead left out: there is no address', { reason: 'no_email', leads: 1 }),
    ]],
    [reason('suppressed', 1), [
      leads(
        'suppressed',
        'tells',
        '1 lead left out: unsubscribed, bounced or otherwise not to be written to',
        {
          reason: 'suppressed',
          leads: 1,
        },
      ),
    ]],
    [reason('repeated', 1), [
      leads('repeated', 'tells', '1 lead left out: the same address is in the list twice', {
        reason: 'repeated',
        leads: 1,
      }),
    ]],
    [reason('suppressed', 0), []],
    [{ role_addresses: 1 }, [
      leads(
        'role_addresses',
        'warns',
        '1 lead is a role address such as info@; they answer less and complain more',
      ),
    ]],
    [{ role_addresses: 2 }, [
      leads(
        'role_addresses',
        'warns',
        '2 leads are a role address such as info@; they answer less and complain more',
      ),
    ]],
  ])('of %j', (change, findings) => expect(check(change).findings).toEqual(findings));
});

describe('a finding about the copy', () => {
  it.each<[change: Change, findings: object[]]>([
    [{ has_postal_address: false }, [
      copy(
        'no_postal_address',
        'warns',
        'No postal address in the first email; many countries want one: write it into the footer',
      ),
    ]],
    [{ settings: { unsubscribe_header: false } }, [
      copy(
        'no_unsubscribe',
        'warns',
        'No one can unsubscribe: switch on one-click unsubscribe, or offer it in the footer',
      ),
    ]],
    [{ settings: { unsubscribe_header: false }, mentions_unsubscribe: true }, []],
    [{ settings: { plain_text: true, track_opens: true } }, [
      copy('opens_in_plain_text', 'warns', 'Plain text has no picture to count opens by: opens will be 0'),
    ]],
    [{ settings: { plain_text: true } }, []],
    [{ settings: { track_opens: true } }, []],
    [{ settings: { end_on: '2026-11-29' } }, [
      copy('already_over', 'stops', 'The last day, 2026-11-29, is over'),
    ]],
    [{ settings: { end_on: '2026-11-30' } }, [
      copy('ends_too_early', 'warns', '7 emails do not go out before the last day, 2026-11-30'),
    ]],
    [{ settings: { end_on: '2026-12-02' } }, [
      copy('ends_too_early', 'warns', '1 email does not go out before the last day, 2026-12-02'),
    ]],
    [{ settings: { end_on: '2026-12-03' } }, []],
    // Five years are not enough, but no last day says so.
    [{ to_send: 10_000, mailboxes: { daily_limit: 1 } }, []],
    [{ holidays: [{ day: '2026-11-30', name: 'A' }, { day: '2026-12-04', name: 'B' }] }, [
      copy('holidays', 'tells', 'Paused on 1 holiday: B (2026-12-04)'),
    ]],
    [{
      holidays: [{ day: '2026-12-01', name: 'A' }, { day: '2026-12-02', name: 'B' }, {
        day: '2027-01-01',
        name: 'C',
      }],
    }, [
      copy('holidays', 'tells', 'Paused on 2 holidays: A (2026-12-01), B (2026-12-02)'),
    ]],
    [{ holidays: [{ day: '2026-12-02', name: 'A' }], settings: { end_on: '2026-12-02' } }, [
      copy('ends_too_early', 'warns', '4 emails do not go out before the last day, 2026-12-02'),
      copy('holidays', 'tells', 'Paused on 1 holiday: A (2026-12-02)'),
    ]],
    [{ holidays: [{ day: '2026-12-02', name: 'A' }], to_send: 0 }, [
      leads('no_leads', 'stops', 'None of the leads can be written to'),
    ]],
  ])('of %j', (change, findings) => expect(check(change).findings).toEqual(findings));

  it('names a holiday as long as nothing says when the campaign ends', () => {
    const holidays = [{ day: '2031-01-01', name: 'A' }];
    expect(check({ holidays, to_send: 10_000, mailboxes: { daily_limit: 1 } }).findings).toMatchObject([
      { code: 'holidays' },
    ]);
  });
});

it.each<[Preview['approval'], string | undefined]>([
  ['not_needed', undefined],
  ['approved', undefined],
  ['missing', 'The client has to approve leads and emails first: ask for approval'],
  ['requested', 'Approval was asked for and is not given yet'],
  ['changes_asked', 'The client asked for changes: make them, then ask again'],
  ['outdated', 'Leads or emails were changed after the client approved them: ask again'],
])('an approval that is %s says %s', (approval, message) => {
  expect(check({ approval }).findings)
    .toEqual(message === undefined ? [] : [{ code: 'approval', level: 'stops', message, about: 'approval' }]);
});

describe('a finding about the workspace', () => {
  const six = ['a@x.test', 'b@x.test', 'c@x.test', 'd@x.test', 'e@x.test', 'f@x.test'];

  it.each<[change: Change, findings: object[]]>([
    [{ mailboxes: { chosen: 0, active: 0 } }, [
      workspace(
        'no_mailboxes',
        'warns',
        'No mailbox of this workspace is known yet; sync it, then check again',
      ),
    ]],
    [{ is_dedicated: false, mailboxes: { chosen: 0, active: 0 } }, [
      workspace(
        'no_mailboxes',
        'stops',
        'No mailbox is chosen, and the workspace is shared with other clients: choose which ones send',
      ),
    ]],
    [{ mailboxes: { active: 0 } }, [
      workspace('no_active_mailbox', 'stops', 'None of the chosen mailboxes can send at the moment'),
    ]],
    [{ mailboxes: { active: 0, not_sending: ['a@x.test'] } }, [
      workspace('no_active_mailbox', 'stops', 'None of the chosen mailboxes can send at the moment'),
    ]],
    [{ mailboxes: { chosen: 0, active: 0, unknown: ['a@x.test'] } }, [
      workspace('unknown_mailboxes', 'warns', 'Not a mailbox of this workspace: a@x.test'),
    ]],
    [{ mailboxes: { unknown: six } }, [
      workspace(
        'unknown_mailboxes',
        'warns',
        'Not a mailbox of this workspace: a@x.test, b@x.test, c@x.test, d@x.test, e@x.test and 1 more',
      ),
    ]],
    [{ mailboxes: { not_sending: six.slice(1) } }, [
      workspace(
        'resting_mailboxes',
        'warns',
        'Paused or with an error: b@x.test, c@x.test, d@x.test, e@x.test, f@x.test',
      ),
    ]],
    [{ mailboxes: { tags_without_mailbox: ['Bakeries'] } }, [
      workspace('unknown_tags', 'warns', 'No mailbox has the tag Bakeries'),
    ]],
    [{ mailboxes: { shared_with: 1 } }, [
      workspace(
        'shared_mailboxes',
        'tells',
        '1 other active campaign sends from these mailboxes too, so it may take longer',
      ),
    ]],
    [{ mailboxes: { shared_with: 2 } }, [
      workspace(
        'shared_mailboxes',
        'tells',
        '2 other active campaigns send from these mailboxes too, so it may take longer',
      ),
    ]],
    [{ plan: { leads_left: 0, known_at: '' } }, [
      workspace(
        'plan_limit',
        'stops',
        "The provider's plan took 0 leads more at the last export; 10 would be refused",
      ),
    ]],
    [{ plan: { leads_left: 1, known_at: '' } }, [
      workspace(
        'plan_limit',
        'warns',
        "The provider's plan took 1 lead more at the last export; 9 would be refused",
      ),
    ]],
    [{ plan: { leads_left: 10, known_at: '' } }, []],
    [{ provider: 'smartlead', too_many_variables: { limit: 200, leads: 1, most: 1_213 } }, [
      workspace(
        'too_many_variables',
        'warns',
        '1 lead has more variables than the 200 that Smartlead takes, up to 1,213; nothing is left out by us, but Smartlead may refuse such a lead: delete columns that no email uses',
      ),
    ]],
    [{ too_many_variables: { limit: 200, leads: 2, most: 201 } }, [
      workspace(
        'too_many_variables',
        'warns',
        '2 leads have more variables than the 200 that Smartlead takes, up to 201; nothing is left out by us, but Smartlead may refuse such a lead: delete columns that no email uses',
      ),
    ]],
    [{ provider: 'smartlead', settings: { sending_days: [0, 1] } }, [
      workspace('unsupported_sending_days', 'warns', 'Smartlead campaigns do not send on Sundays'),
    ]],
  ])('of %j', (change, findings) => expect(check(change).findings).toEqual(findings));
});

it('what stops an export comes first, then what warns, then what is good to know', () => {
  const reasons = { suppressed: 1, not_deliverable: 2, repeated: 3 };
  const { findings } = check({ reasons, approval: 'missing', has_postal_address: false, role_addresses: 1 });
  expect(findings.map(({ code }) => code)).toEqual([
    'approval',
    'not_deliverable',
    'role_addresses',
    'no_postal_address',
    'suppressed',
    'repeated',
  ]);
});
