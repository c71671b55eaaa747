// Leads of Smartlead in our shape, ours in its, and its answer to them.
import { describe, expect, it } from 'vitest';
import type { OutgoingLead } from '../../supabase/functions/_shared/providers/provider.ts';
import {
  httpLink,
  readAddedLeads,
  readLead,
  saysNothing,
  writeLead,
} from '../../supabase/functions/_shared/providers/smartlead/lead-mapping.ts';
import { addedLeads, campaignLead } from '../../supabase/functions/_shared/providers/smartlead/schemas.ts';

describe('a lead', () => {
  const read = (lead: Record<string, unknown>, row: Record<string, unknown> = {}) =>
    readLead(campaignLead.parse({ ...row, lead: { id: 77, email: ' Ingrid@Fjordpak.test', ...lead } }));
  const bare = {
    provider_lead_id: '77',
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
    open_count: 0,
    click_count: 0,
    reply_count: 0,
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

  it('is read with what is known of it', () => {
    expect(read({})).toStrictEqual(bare);
    expect(read({ custom_fields: {} })).toStrictEqual(bare);
    expect(read({ email: null })).toBeUndefined();
    expect(read({
      first_name: 'Ingrid',
      last_name: 'Holm',
      company_name: 'Fjordpak',
      phone_number: 471,
      website: 'https://fjordpak.test',
      location: 'Oslo',
      linkedin_profile: 'linkedin.test/in/ingrid',
      company_url: 'javascript:alert(1)',
      custom_fields: {
        Functie: 'CFO',
        Branche: 'Packaging',
        'company size': 240,
        nested: {},
        campaign_id: 'c',
      },
    }, { lead_category_id: '3' })).toStrictEqual({
      ...bare,
      first_name: 'Ingrid',
      last_name: 'Holm',
      company_name: 'Fjordpak',
      job_title: 'CFO',
      industry: 'Packaging',
      company_size: '240',
      website: 'https://fjordpak.test',
      phone: '471',
      interest_value: 3,
      payload: {
        Functie: 'CFO',
        Branche: 'Packaging',
        'company size': 240,
        location: 'Oslo',
        linkedin_profile: 'https://linkedin.test/in/ingrid',
      },
    });
  });

  it('keeps its own fields before ours, and no id of the provider', () => {
    const custom_fields = { location: 'Bergen', client_id: 1, user_id: 2, campaign_id: 3 };
    expect(read({ location: 'Oslo', company_url: 'https://fjordpak.test', custom_fields })?.payload).toEqual({
      location: 'Bergen',
      company_url: 'https://fjordpak.test',
    });
    const named = {
      lead: { id: '77', email: 'a@x.test', custom_fields: JSON.parse('{"__proto__":"x"}') as never },
    };
    expect(Object.entries(readLead(named)?.payload ?? {})).toEqual([['__proto__', 'x']]);
  });

  const outgoing: OutgoingLead = {
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

  it('is written in its words, without what it has not', () => {
    expect(writeLead(outgoing)).toStrictEqual({ email: 'ingrid@fjordpak.test' });
    expect(
      writeLead({
        ...outgoing,
        variables: { website: 'w', phone: 'p', linkedin_url: 'https://l.test', no: null },
      }),
    )
      .toStrictEqual({ email: 'ingrid@fjordpak.test', linkedin_profile: 'https://l.test' });
    expect(writeLead({
      ...outgoing,
      first_name: 'Ingrid',
      last_name: 'Holm',
      company_name: 'Fjordpak',
      job_title: 'CFO',
      website: 'https://fjordpak.test',
      phone: '471',
      personalization: 'Nice boxes',
      variables: { rating: 4.5, vip: false, city: 'Oslo' },
    })).toStrictEqual({
      email: 'ingrid@fjordpak.test',
      first_name: 'Ingrid',
      last_name: 'Holm',
      company_name: 'Fjordpak',
      phone_number: '471',
      website: 'https://fjordpak.test',
      custom_fields: {
        job_title: 'CFO',
        icebreaker: 'Nice boxes',
        rating: '4.5',
        vip: 'false',
        city: 'Oslo',
      },
    });
  });

  const leads = ['a', 'b', 'c', 'd', 'e'].map((name) => ({ ...outgoing, email: `${name}@x.test` }));
  const added = (answer: Record<string, unknown>) => readAddedLeads(leads, addedLeads.parse(answer));
  const none = { duplicate: 0, blocked: 0, invalid: 0, skipped: 0 };

  it('was created, or refused by name', () => {
    expect(added({
      total_leads: 1,
      emailToLeadIdMap: { newlyAddedLeads: { 'A@X.test': 1 } },
      invalid_emails: [' B@x.test', 'no address'],
      unsubscribed_leads: ['c@x.test', { email: 'D@x.test' }, { name: 'x' }, null, 7],
      duplicate_count: 2,
      already_added_to_campaign: 3,
      block_count: 4,
      bounce_count: 5,
      invalid_email_count: 6,
      lead_import_stopped_count: 7,
    })).toStrictEqual({
      created: new Map([[0, '1']]),
      named: new Map([[1, 'invalid'], [2, 'blocked'], [3, 'blocked']]),
      refused: { duplicate: 5, blocked: 11, invalid: 6, skipped: 7 },
    });
    expect(added({})).toStrictEqual({ created: new Map(), named: new Map(), refused: none });
  });

  it('that was known counts as created where the total says so', () => {
    const emailToLeadIdMap = {
      newlyAddedLeads: { 'a@x.test': 1 },
      existingLeads: { 'a@x.test': 9, 'b@x.test': 2 },
      existingLeadsInOtherCampaigns: { 'b@x.test': 8, 'c@x.test': 3 },
    };
    const created = (total_leads: number) => [...added({ total_leads, emailToLeadIdMap }).created];
    expect(created(4)).toEqual([[0, '1'], [1, '2'], [2, '3']]);
    expect(created(3)).toEqual([[0, '1']]);
    expect([...added({ total_leads: 0, emailToLeadIdMap: { newlyAddedLeads: {} } }).created]).toEqual([]);
  });

  it('beyond the plan is neither refused nor created', () => {
    const ended = { is_lead_limit_exhausted: true, lead_import_stopped_count: 5 };
    expect(added({ ...ended, error: 'Limit', message: 'M' })).toMatchObject({
      planLimit: { providerMessage: 'Limit' },
      refused: none,
    });
    expect(added({ ...ended, message: 'M' }).planLimit).toEqual({ providerMessage: 'M' });
    expect(added(ended).planLimit).toEqual({ providerMessage: undefined });
  });

  it.each([
    [{}, true],
    [
      { message: 'ok', emailToLeadIdMap: { newlyAddedLeads: {}, existingLeads: {} }, unsubscribed_leads: [] },
      true,
    ],
    [{ total_leads: 1 }, false],
    [{ block_count: 1 }, false],
    [{ duplicate_count: 1 }, false],
    [{ invalid_email_count: 1 }, false],
    [{ already_added_to_campaign: 1 }, false],
    [{ lead_import_stopped_count: 1 }, false],
    [{ bounce_count: 1 }, false],
    [{ unsubscribed_leads: ['a@x.test'] }, false],
    [{ emailToLeadIdMap: { existingLeads: { 'a@x.test': 1 } } }, false],
    [{ is_lead_limit_exhausted: true }, false],
  ])('the answer %o says nothing: %s', (answer, isNothing) => {
    expect(saysNothing(addedLeads.parse(answer))).toBe(isNothing);
  });
});

const longest = (prefix: string, length: number) => `${prefix}${'x'.repeat(length - prefix.length)}`;

it.each<[value: string | null | undefined, link: string | null]>([
  ['https://fjordpak.test', 'https://fjordpak.test'],
  [' HTTP://fjordpak.test/a?b#c ', 'HTTP://fjordpak.test/a?b#c'],
  ['www.fjordpak.test/contact', 'https://www.fjordpak.test/contact'],
  ['fjordpak.test', 'https://fjordpak.test'],
  ['fjordpak.test:8080', 'https://fjordpak.test:8080'],
  ['fjordpak.test:8080/a', 'https://fjordpak.test:8080/a'],
  ['fjordpak.test?a=b', 'https://fjordpak.test?a=b'],
  ['fjordpak.test#a', 'https://fjordpak.test#a'],
  ['blåbær.test', 'https://blåbær.test'],
  [longest('https://', 2048), longest('https://', 2048)],
  [longest('https://', 2049), null],
  [longest('a.test/', 2040), `https://${longest('a.test/', 2040)}`],
  [longest('a.test/', 2041), null],
  ['see https://fjordpak.test', null],
  ['https://fjordpak.test and more', null],
  ['https://a"b', null],
  ['https://a<b', null],
  ['https://a\u0007b', null],
  ['https://', null],
  ['javascript:alert(1)', null],
  ['data:text/html,x.test', null],
  ['mailto:a@x.test', null],
  ['a@x.test', null],
  ['a\\b.test', null],
  ['//x.test', null],
  ['fjordpak.t', null],
  ['fjordpak', null],
  ['.test', null],
  ['n/a', null],
  ['fjordpak.test:port', null],
  ['fjordpak.test/a b', null],
  ['fjordpak.test/"', null],
  ['two words.test', null],
  ['', null],
  [null, null],
  [undefined, null],
])('the link of %j is %j', (value, link) => expect(httpLink(value)).toBe(link));
