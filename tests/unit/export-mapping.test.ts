// A business as a lead, and what became of it at the provider.
import { describe, expect, it } from 'vitest';
import {
  type ExportRow,
  exportRow,
  leadFromBusiness,
} from '../../supabase/functions/_shared/export/lead-from-business.ts';
import { judgeReceipt } from '../../supabase/functions/_shared/export/receipts.ts';
import { splitName } from '../../supabase/functions/_shared/platform/person-name.ts';
import { writeLead } from '../../supabase/functions/_shared/providers/instantly/lead-mapping.ts';
import type { AddLeadsResult } from '../../supabase/functions/_shared/providers/provider.ts';

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

  it('writes a LinkedIn contact as a person of the business', () => {
    const contact = {
      linkedin_contact_name: 'Dr. Jo van Berg',
      linkedin_contact_title: ' Owner ',
      linkedin_url: 'https://linkedin.com/company/blum',
    };
    expect(leadFromBusiness(row('linkedin_contact', { ...contact, first_name: 'Anna', phone: '030 1' })))
      .toEqual({
        email: 'info@blum.test',
        first_name: 'Jo',
        last_name: 'van Berg',
        company_name: 'Bakery Blum',
        job_title: 'Owner',
        website: null,
        phone: '030 1',
        personalization: null,
        variables: {
          company: 'Bakery Blum',
          phone: '030 1',
          title: 'Owner',
          linkedin_contact_title: 'Owner',
          linkedin_url: 'https://linkedin.com/company/blum',
        },
      });
    expect(
      leadFromBusiness(
        row('linkedin_contact', { linkedin_contact_url: 'https://linkedin.com/in/jo', linkedin_url: 'x' }),
      ),
    ).toMatchObject({
      first_name: 'Bakery Blum',
      last_name: null,
      job_title: null,
      variables: { linkedin_url: 'https://linkedin.com/in/jo' },
    });
  });

  it('sends every field of the business under its name, above a variable of that name', () => {
    const full = {
      name: 'Bakery Blum',
      category: 'Bakery',
      rating: 4.5,
      email_source: 'website',
      first_name: 'Anna',
      last_name: 'Blum',
      job_title: 'Owner',
      subject_line: 'Rye',
      icebreaker: 'Nice bread',
      website: 'https://blum.test',
      phone: '030 1',
      address: 'Main street 1',
      city: 'Berlin',
      state: 'BE',
      zip: '10115',
      linkedin_url: 'https://linkedin.com/company/blum',
      facebook_url: 'https://facebook.com/blum',
      linkedin_contact_title: 'Owner',
      custom_variables: { city: 'Potsdam', employees: 12 },
    };
    expect(leadFromBusiness(row('business', full))).toEqual({
      email: 'info@blum.test',
      first_name: 'Anna',
      last_name: 'Blum',
      company_name: 'Bakery Blum',
      job_title: 'Owner',
      website: 'https://blum.test',
      phone: '030 1',
      personalization: 'Nice bread',
      variables: {
        employees: 12,
        icebreaker: 'Nice bread',
        subject_line: 'Rye',
        website: 'https://blum.test',
        phone: '030 1',
        address: 'Main street 1',
        city: 'Berlin',
        state: 'BE',
        zip: '10115',
        linkedin_url: 'https://linkedin.com/company/blum',
        facebook_url: 'https://facebook.com/blum',
        email_source: 'website',
        category: 'Bakery',
        company: 'Bakery Blum',
        linkedin_contact_title: 'Owner',
        rating: 4.5,
      },
    });
  });

  it('reads the rows of the database as they are, and no others', () => {
    const stored = row('linkedin_contact', { custom_variables: { a: 'x', b: 1, c: false } });
    expect(exportRow.parse(stored)).toEqual(stored);
    expect(exportRow.parse(row('business'))).toEqual(row('business'));
    expect(exportRow.safeParse({ ...stored, recipient: 'somebody' }).success).toBe(false);
    expect(exportRow.safeParse(row('business', { custom_variables: { a: null as never } })).success).toBe(
      false,
    );
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

describe('judgeReceipt', () => {
  const sent = ['a', 'b', 'c'].map((name) => ({ email: `${name}@x.test`, resent: name === 'c' }));
  const judge = (result: AddLeadsResult, present = new Map<string, string>()) =>
    sent.map((address, index) => judgeReceipt(address, index, result, present));
  const refused = { duplicate: 0, blocked: 0, invalid: 0, skipped: 0 };

  it('goes by the positions of the created leads', () => {
    const created = new Map([[0, 'id-a'], [1, 'id-b'], [2, 'id-c']]);
    expect(judge({ created, refused }).map((receipt) => receipt.outcome))
      .toEqual(['created', 'created', 'created']);
  });

  it('tells a duplicate from an address that an interrupted run had sent', () => {
    const present = new Map([['b@x.test', 'id-b'], ['c@x.test', 'id-c']]);
    const result = { created: new Map([[0, 'id-a']]), refused: { ...refused, duplicate: 2 } };
    expect(judge(result, present)).toMatchObject([
      { outcome: 'created', reason: null },
      { outcome: 'duplicate', reason: 'in_provider_campaign', providerLeadId: 'id-b' },
      { outcome: 'created', reason: 'confirmed_after_interruption', providerLeadId: 'id-c' },
    ]);
  });

  it('names the reason where only one is possible, and says so where it is not', () => {
    const created = new Map([[0, 'id-a'], [2, 'id-c']]);
    const reasonOf = (counts: Partial<typeof refused>) =>
      judge({ created, refused: { ...refused, ...counts } })[1];
    expect(reasonOf({ blocked: 1 })).toMatchObject({ outcome: 'blocked', reason: 'on_provider_block_list' });
    expect(reasonOf({ invalid: 1 })).toMatchObject({ outcome: 'invalid', reason: 'refused_by_provider' });
    expect(reasonOf({ skipped: 1 })).toMatchObject({ outcome: 'skipped', reason: 'refused_by_provider' });
    expect(reasonOf({ blocked: 1, invalid: 1 })).toMatchObject({
      outcome: 'failed',
      reason: 'refused_by_provider',
    });
  });

  it('leaves for later what the plan did not take, and judges what it named', () => {
    const named = new Map<number, 'blocked' | 'invalid'>([[1, 'invalid'], [2, 'blocked']]);
    const planLimit = { providerMessage: undefined };
    const result = { created: new Map<number, string>(), refused: { ...refused, skipped: 3 }, named };
    expect(judge({ ...result, planLimit })).toEqual([
      { outcome: 'planned', reason: 'plan_limit', providerLeadId: null },
      { outcome: 'invalid', reason: 'refused_by_provider', providerLeadId: null },
      { outcome: 'blocked', reason: 'on_provider_block_list', providerLeadId: null },
    ]);
    expect(judge(result).map(({ outcome }) => outcome)).toEqual(['skipped', 'invalid', 'blocked']);
  });
});
