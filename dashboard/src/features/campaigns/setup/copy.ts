// What an email says, before anybody gets it: its variables, a preview with a lead, and hints.
import type { Mail, SampleLead, Sequence } from '../../../data/campaign-setup.ts';

/** Fields of a lead that a variable can name, as an agency reads them. */
export const fieldVariables: readonly { name: string; label: string }[] = [
  { name: 'firstName', label: 'First name' },
  { name: 'lastName', label: 'Last name' },
  { name: 'companyName', label: 'Company' },
  { name: 'jobTitle', label: 'Job title' },
  { name: 'icebreaker', label: 'Icebreaker' },
  { name: 'subject_line', label: 'Subject line of the lead' },
  { name: 'category', label: 'Category' },
  { name: 'city', label: 'City' },
  { name: 'state', label: 'State' },
  { name: 'website', label: 'Website' },
  { name: 'phone', label: 'Phone' },
];

const text = (value: unknown): string | undefined => {
  const shown = typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
  return typeof shown === 'string' && shown.trim() !== '' ? shown.trim() : undefined;
};

/** What each variable is for one lead, under every name that the export gives it. */
export function valuesOf(lead: SampleLead): ReadonlyMap<string, string> {
  const first = text(lead.first_name) ?? text(lead.name);
  const values: Record<string, unknown> = {
    ...(lead.custom_variables as Record<string, unknown> | null ?? {}),
    email: lead.email,
    firstName: first,
    first_name: first,
    lastName: lead.last_name,
    last_name: lead.last_name,
    companyName: lead.name,
    company_name: lead.name,
    company: lead.name,
    jobTitle: lead.job_title,
    job_title: lead.job_title,
    icebreaker: lead.icebreaker,
    personalization: lead.icebreaker,
    subject_line: lead.subject_line,
    category: lead.category,
    rating: lead.rating,
    address: lead.address,
    city: lead.city,
    state: lead.state,
    zip: lead.zip,
    website: lead.website,
    phone: lead.phone,
    phone_number: lead.phone,
    linkedin_url: lead.linkedin_url,
    linkedin_contact_title: lead.linkedin_contact_title,
    facebook_url: lead.facebook_url,
    email_source: lead.email_source,
  };
  return new Map(
    Object.entries(values).flatMap(([name, value]) => {
      const shown = text(value);
      return shown === undefined ? [] : [[name, shown] as const];
    }),
  );
}

export type Piece = { kind: 'text' | 'value' | 'fallback' | 'missing'; text: string };

const variable = /\{\{\s*(\w+)\s*(?:\|([^{}]*))?\}\}/g;
/** What the provider fills itself, such as the signature of the mailbox. */
const ofProvider =
  /^(sl_|sending|sender|account|signature|unsubscribe|opt_?out|organization|current|random$)/i;

/** The text as a lead reads it, in pieces, so that the filled ones can be marked. */
export function render(template: string, values: ReadonlyMap<string, string>): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const match of template.matchAll(variable)) {
    if (match.index > at) pieces.push({ kind: 'text', text: template.slice(at, match.index) });
    const [whole, name = '', fallback] = match;
    const value = values.get(name);
    if (value !== undefined) pieces.push({ kind: 'value', text: value });
    else if (fallback !== undefined && fallback.trim() !== '') {
      pieces.push({ kind: 'fallback', text: fallback.trim() });
    } else if (ofProvider.test(name)) pieces.push({ kind: 'text', text: whole });
    else pieces.push({ kind: 'missing', text: name });
    at = match.index + whole.length;
  }
  if (at < template.length) pieces.push({ kind: 'text', text: template.slice(at) });
  return pieces;
}

/** Variables of a sequence that only we can fill and that have no fallback. */
function neededVariables(sequence: Sequence): Set<string> {
  const found = new Set<string>();
  for (const { subject, body } of sequence.flatMap(mailsOf)) {
    for (const [, name = '', fallback] of `${subject} ${body}`.matchAll(variable)) {
      if (fallback === undefined && !ofProvider.test(name)) found.add(name);
    }
  }
  return found;
}

/** Variables that a sequence needs and that neither a field nor a custom variable of the leads has. */
export const unknownVariables = (sequence: Sequence, known: ReadonlySet<string>): string[] =>
  [...neededVariables(sequence)].filter((name) => !known.has(name)).sort();

/**
 * The leads that have a value for all of a sequence: the export leaves the others out. If none has, all of them, because then the
 * preview is where somebody sees what is missing.
 */
export function completeLeads(sequence: Sequence, leads: readonly SampleLead[]): readonly SampleLead[] {
  const needed = [...neededVariables(sequence)];
  const complete = leads.filter((lead) => {
    const values = valuesOf(lead);
    return needed.every((name) => values.has(name));
  });
  return complete.length > 0 ? complete : leads;
}

export const mailsOf = (step: Sequence[number]): Mail[] => [step, ...step.variants ?? []];

const spamWords =
  /\b(100% free|act now|best price|buy now|cash bonus|click here|double your|earn money|free (gift|money|trial)|guaranteed?|increase sales|limited time|make money|no obligation|risk[- ]free|special promotion|this is not spam|urgent|winner|won a|€€+|\$\$+|!!+)/gi;

/** What phones show of a subject before they cut it. */
const shownOfSubject = 40;

// How long the values usually are. Of no particular lead, so that the hint stays while another lead is previewed.
const usualValues: Record<string, string> = {
  firstName: 'Sophie',
  first_name: 'Sophie',
  lastName: 'de Vries',
  last_name: 'de Vries',
  companyName: 'Lakeside Foods',
  company_name: 'Lakeside Foods',
  company: 'Lakeside Foods',
  jobTitle: 'Sales Manager',
  job_title: 'Sales Manager',
  city: 'Rotterdam',
};

/** A text about as a lead reads it: the fallback where there is one, because only we know that it is written for somebody. */
const asRead = (template: string): string =>
  template.replaceAll(
    variable,
    (_, name: string, fallback?: string) => fallback?.trim() || (usualValues[name] ?? 'some value'),
  );

/** What makes an email long, loud or likely to be filtered. */
export function hintsOf(mail: Mail): string[] {
  const [subject, body] = [asRead(mail.subject).trim(), asRead(mail.body)];
  const hints: string[] = [];
  const words = mail.body.replaceAll(variable, 'x').split(/\s+/).filter((word) => word !== '').length;
  if (words > 150) hints.push(`${words} words; short emails (under 120) get more replies`);
  if (subject.length > shownOfSubject) {
    const about = subject === mail.subject.trim() ? '' : 'about ';
    hints.push(`The subject has ${about}${subject.length} characters; phones show about ${shownOfSubject}`);
  }
  const loud = [...`${subject} ${body}`.matchAll(spamWords)].map(([word]) => word.toLowerCase());
  if (loud.length > 0) hints.push(`Filters dislike: ${[...new Set(loud)].join(', ')}`);
  const links = body.match(/https?:\/\//g)?.length ?? 0;
  if (links > 1) hints.push(`${links} links; one at most in a first email`);
  if (/[A-Z]{6,}/.test(subject)) hints.push('A subject in capitals reads as shouting');
  return hints;
}

/** What the editor refuses to save, in the words of the server's rules. */
export function problemOf(sequence: Sequence): string | undefined {
  for (const [index, step] of sequence.entries()) {
    for (const [letter, mail] of mailsOf(step).entries()) {
      const place = `Step ${index + 1}, variant ${String.fromCharCode(65 + letter)}`;
      if (mail.body.trim() === '') return `${place} has no text`;
      if (index === 0 && mail.subject.trim() === '') return `${place} has no subject`;
      const both = `${mail.subject} ${mail.body}`;
      if (both.split('{{').length !== both.split('}}').length) {
        return `${place} has a variable that is not closed`;
      }
    }
  }
  return undefined;
}
