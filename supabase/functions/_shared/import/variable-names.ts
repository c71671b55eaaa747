/**
 * What a custom variable may be called, so that both providers take it and mails can use it as {{name}}. The same rules as
 * private.variable_name and private.is_reserved_variable in SQL; a test compares them.
 */
import { baseFields } from '../providers/instantly/base-fields.ts';

/** Beginnings that providers fill themselves; an export asks no lead for them. */
const ofTheProvider = /^(sl_|sending|sender|account|signature|unsubscribe|opt_?out|organization|current)/;

/** Fields of a lead at either provider, keys that hold their ids, and what an export makes of a business itself. */
const reserved: ReadonlySet<string> = new Set([
  // A variable named like a field of a delivery would hide it.
  ...[...baseFields].map((name) => name.toLowerCase()),
  ...['id', 'lead_id', 'lead_category_id', 'client_id', 'user_id', 'status', 'payload'],
  ...['custom_fields', 'custom_variables', 'first_name', 'last_name', 'company_name', 'company', 'job_title'],
  ...['title', 'phone_number', 'location', 'linkedin_profile', 'company_url', 'linkedin_url'],
  ...['linkedin_contact_title', 'facebook_url', 'email_source', 'category', 'rating', 'icebreaker'],
  ...['subject_line', 'address', 'city', 'state', 'zip'],
]);

export const reservedNames: readonly string[] = [...reserved];

export function isReserved(name: string): boolean {
  const lower = name.toLowerCase();
  return ofTheProvider.test(lower) || reserved.has(lower);
}

const longest = 60;

/** A heading as the name of a variable: "Größe des Teams" → groesse_des_teams; a reserved one gets custom_ in front. */
export function variableName(heading: string): string {
  let name = heading.replace(/^ +| +$/g, '');
  if (!/^[A-Za-z][A-Za-z0-9_]{0,59}$/.test(name)) {
    name = Array.from(name.normalize('NFKC'), (letter) => letter.toLowerCase()).join('')
      .replaceAll('ä', 'ae').replaceAll('ö', 'oe').replaceAll('ü', 'ue').replaceAll('ß', 'ss')
      .normalize('NFKD').replace(/[\u0300-\u036f]/g, '')
      .replace(/[^a-z0-9]+/g, '_').replace(/^_|_$/g, '');
    if (name === '') name = 'variable';
    else if (/^[0-9]/.test(name)) name = `v_${name}`;
    name = name.slice(0, longest).replace(/_$/, '');
  }
  return isReserved(name) ? `custom_${name.slice(0, longest - 7)}` : name;
}

/** Names that differ, also without regard to letter case: the second team_size becomes team_size_2. */
export function distinctNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let free = name;
    for (let count = 2; taken.has(free.toLowerCase()); count++) {
      free = `${name.slice(0, longest - 4)}_${count}`;
    }
    taken.add(free.toLowerCase());
    return free;
  });
}
