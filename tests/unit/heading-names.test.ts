// What headings mean, what a variable may be called, and the words of verifiers.
import { describe, expect, it } from 'vitest';
import {
  isEmailHeading,
  plainHeading,
  readHeading,
} from '../../supabase/functions/_shared/import/headings.ts';
import { fieldTargets, repeatable, targets } from '../../supabase/functions/_shared/import/targets.ts';
import {
  distinctNames,
  isReserved,
  reservedNames,
  variableName,
} from '../../supabase/functions/_shared/import/variable-names.ts';
import { isVerdictWord, readVerdict } from '../../supabase/functions/_shared/import/verifier-words.ts';
import { baseFields } from '../../supabase/functions/_shared/providers/instantly/base-fields.ts';

describe('a heading', () => {
  it.each([
    ['Telefon-Nr.', 'telefon nr'],
    ['email_1.emails_validator.status', 'email 1 emails validator status'],
    ['companyName', 'company name'],
    [' Straße & Größe ', 'strasse groesse'],
    ['ÄÖÜ äöü', 'aeoeue aeoeue'],
    ['Café', 'cafe'],
    ['Ｎｒ １', 'nr 1'],
  ])('%j is plainly %j', (heading, plain) => expect(plainHeading(heading)).toBe(plain));

  it.each([
    ['Work Email', 'email'],
    ['EMail-Adresse', 'email'],
    ['Vorname', 'first_name'],
    ['Last Name', 'last_name'],
    ['Ansprechpartner', 'full_name'],
    ['Job Title', 'job_title'],
    ['Company Name for Emails', 'name'],
    ['Website URL', 'website'],
    ['Telefon', 'phone'],
    ['ZB Status', 'email_deliverability'],
    ['LinkedIn URL', 'linkedin_url'],
    ['Branche', 'category'],
    ['Ice Breaker', 'icebreaker'],
    ['Betreff', 'subject_line'],
    ['Straße und Hausnummer', 'address'],
    ['Ort', 'city'],
    ['Bundesland', 'state'],
    ['PLZ', 'zip'],
    ['Google Rating', 'rating'],
    ['Facebook page', 'facebook_url'],
    ['Email Source', 'email_source'],
    ['Apollo Contact Id', 'skip'],
    ['Phone 4', 'phone'],
    ['Phone 12', 'phone'],
    ['Work 2 email', undefined],
    ['Firma 2', 'name'],
    ['Phone4', undefined],
    ['constructor', undefined],
    ['', undefined],
  ])('%j means %s', (heading, target) => expect(readHeading(heading)).toBe(target));

  it('"state" is first a verdict, which its values correct', () => {
    expect(readHeading('State')).toBe('email_deliverability');
  });

  it('of addresses is short', () => {
    expect([isEmailHeading('EMail'), isEmailHeading('Firma'), isEmailHeading(`email${' '.repeat(54)}`)])
      .toEqual([true, false, true]);
    expect(isEmailHeading(`email${' '.repeat(55)}`)).toBe(false);
  });

  it('means a field, a variable or nothing; only some of them may be in several columns', () => {
    expect([...targets]).toEqual([...fieldTargets, 'variable', 'skip']);
    expect(targets.filter((target) => repeatable.has(target))).toEqual(['email', 'variable', 'skip']);
  });
});

describe('the name of a variable', () => {
  it.each([
    ['Team_Size2', 'Team_Size2'],
    [' Team size ', 'team_size'],
    ['Größe des Teams', 'groesse_des_teams'],
    ['ÄÖÜß', 'aeoeuess'],
    ['Café № 1', 'cafe_no_1'],
    ['_a_', 'a'],
    ['__a -- b__', 'a_b'],
    ['  Team_Size2  ', 'Team_Size2'],
    ['2nd name', 'v_2nd_name'],
    ['***', 'variable'],
    ['', 'variable'],
    ['ＷＩＤＥ', 'wide'],
    ['x'.repeat(60), 'x'.repeat(60)],
    ['x'.repeat(61), 'x'.repeat(60)],
    [`${'x'.repeat(59)}_y`, 'x'.repeat(59)],
    ['City', 'custom_City'],
    ['First name', 'custom_first_name'],
    ['Sender', 'custom_Sender'],
    [`account${'x'.repeat(53)}`, `custom_account${'x'.repeat(46)}`],
    ['\tsize', 'size'],
  ])('of %j is %j', (heading, name) => expect(variableName(heading)).toBe(name));

  it('is not what the providers fill themselves, nor a field of theirs or ours', () => {
    const beginnings = [
      'sl_x',
      'sending_y',
      'SENDERname',
      'account',
      'signature1',
      'unsubscribe',
      'opt_out',
      'optout',
    ];
    const more = [
      'organization_x',
      'current_step',
      'Timestamp',
      'firstname',
      'first_name',
      'zip',
      'status',
      'ID',
    ];
    expect([...beginnings, ...more].filter((name) => !isReserved(name))).toEqual([]);
    expect(['size', 'my_sender', 'x_account', 'opt', 'constructor'].filter(isReserved)).toEqual([]);
    expect([...baseFields].filter((name) => !isReserved(name))).toEqual([]);
    expect(reservedNames.filter((name) => !isReserved(name) || name !== name.toLowerCase())).toEqual([]);
  });

  it('reserves every field of a lead at either provider', () => {
    const names =
      'id lead_id lead_category_id client_id user_id status payload custom_fields custom_variables first_name last_name company_name company job_title title phone_number location linkedin_profile company_url linkedin_url linkedin_contact_title facebook_url email_source category rating icebreaker subject_line address city state zip';
    expect([...reservedNames].sort())
      .toEqual(
        [...new Set([...names.split(' '), ...[...baseFields].map((name) => name.toLowerCase())])].sort(),
      );
  });

  it('differs from all others, also in another letter case', () => {
    expect(distinctNames(['size', 'Size', 'SIZE', 'size_2', 'other'])).toEqual([
      'size',
      'Size_2',
      'SIZE_3',
      'size_2_2',
      'other',
    ]);
    const long = 'x'.repeat(60);
    expect(distinctNames([long, long])).toEqual([long, `${'x'.repeat(56)}_2`]);
  });
});

describe('a verdict', () => {
  it.each([
    ['Safe to Send', 'deliverable'],
    [' VALID ', 'deliverable'],
    ['gültig', 'deliverable'],
    ['catch-all', 'risky'],
    ['catch - all', 'risky'],
    ['do_not_mail', 'undeliverable'],
    ['ungültig', 'undeliverable'],
    ['unknown', 'unknown'],
    ['User managed', 'unverified'],
    ['Unavailable', 'not_found'],
    ['constructor', undefined],
    ['98', undefined],
    ['', undefined],
  ])('%j means %s', (word, meaning) => {
    expect(readVerdict(word)).toBe(meaning);
    expect(isVerdictWord(word)).toBe(meaning !== undefined);
  });

  it.each(['TRUE', 'yes', 'Ja', 'y', 'wahr', 'waar'])('%s is a yes', (word) => {
    expect([readVerdict(` ${word} `), isVerdictWord(word)]).toEqual(['deliverable', false]);
  });

  it.each(['false', 'No', 'nee', 'nein', 'N', 'falsch', 'onwaar'])('%s is a no', (word) => {
    expect([readVerdict(` ${word} `), isVerdictWord(word)]).toEqual(['unverified', false]);
  });

  it('is no longer sentence with a yes or no in it', () => {
    expect([readVerdict('yes please'), readVerdict('oh no'), readVerdict('nyet')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
