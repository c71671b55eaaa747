import { z } from 'zod';
import { splitName } from '../platform/person-name.ts';
import type { JsonScalar, OutgoingLead } from '../providers/provider.ts';

const text = z.string().nullable();

/** A row of next_export_batch: an address to export and its business. */
export const exportRow = z.object({
  receipt_id: z.number(),
  resent: z.boolean(),
  recipient: z.enum(['business', 'linkedin_contact']),
  email: z.string(),
  business: z.object({
    name: text,
    category: text,
    rating: z.number().nullable(),
    email_source: text,
    first_name: text,
    last_name: text,
    job_title: text,
    subject_line: text,
    icebreaker: text,
    website: text,
    phone: text,
    address: text,
    city: text,
    state: text,
    zip: text,
    linkedin_url: text,
    facebook_url: text,
    linkedin_contact_name: text,
    linkedin_contact_title: text,
    linkedin_contact_url: text,
    /** Names that the database keeps to what providers take (private.variable_name). */
    custom_variables: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  }),
});

export type ExportRow = z.infer<typeof exportRow>;
type Business = ExportRow['business'];

function filled(value: string | null): string | null {
  const trimmed = value?.trim() ?? '';
  return trimmed === '' ? null : trimmed;
}

/** Custom variables with a value; providers accept only text, numbers, booleans and null. */
function variables(business: Business, extra: Record<string, JsonScalar>): Record<string, JsonScalar> {
  const candidates: Record<string, JsonScalar> = {
    icebreaker: filled(business.icebreaker),
    subject_line: filled(business.subject_line),
    website: filled(business.website),
    phone: filled(business.phone),
    address: filled(business.address),
    city: filled(business.city),
    state: filled(business.state),
    zip: filled(business.zip),
    linkedin_url: filled(business.linkedin_url),
    facebook_url: filled(business.facebook_url),
    email_source: filled(business.email_source),
    category: filled(business.category),
    company: filled(business.name),
    linkedin_contact_title: filled(business.linkedin_contact_title),
    rating: business.rating,
    ...extra,
  };
  // A field of ours counts more than a variable of its name.
  const all = Object.entries(candidates).filter(([, value]) => value !== null);
  return { ...business.custom_variables, ...Object.fromEntries(all) };
}

/**
 * The lead for one address. For the business itself its name is the company, and the first name when no person is known. A
 * LinkedIn contact with its own address is a separate lead with the same company name.
 */
export function leadFromBusiness(row: ExportRow): OutgoingLead {
  const { business } = row;
  const shared = {
    email: row.email,
    company_name: filled(business.name),
    website: filled(business.website),
    phone: filled(business.phone),
    personalization: filled(business.icebreaker),
  };
  if (row.recipient === 'linkedin_contact') {
    const name = splitName(business.linkedin_contact_name);
    const title = filled(business.linkedin_contact_title);
    return {
      ...shared,
      first_name: name.first ?? filled(business.name),
      last_name: name.last,
      job_title: title,
      variables: variables(business, {
        title,
        linkedin_url: filled(business.linkedin_contact_url) ?? filled(business.linkedin_url),
      }),
    };
  }
  return {
    ...shared,
    first_name: filled(business.first_name) ?? filled(business.name),
    last_name: filled(business.last_name),
    job_title: filled(business.job_title),
    variables: variables(business, {}),
  };
}
