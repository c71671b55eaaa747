import { readAddress } from '../../events/email-address.ts';
import type { JsonScalar, OutgoingLead, ProviderLead } from '../provider.ts';
import { readBelievedTime } from '../../events/provider-time.ts';
import { asText, isScalar, readCustomerProfile } from '../custom-fields.ts';
import { readInterest } from './interest.ts';
import type { InstantlyLead } from './schemas.ts';

/** Camel-case copies that Instantly adds to `payload` beside the custom variables; we have them as columns. */
const copies = new Set([
  'firstName',
  'lastName',
  'companyName',
  'jobTitle',
  'website',
  'phone',
  'personalization',
  'email',
]);

/** Keys that could hold an id of the provider; they never reach a row that a client can read. */
export const providerIdKeys: ReadonlySet<string> = new Set([
  'campaign',
  'campaign_id',
  'workspace',
  'organization',
  'list_id',
]);

/** An Instantly lead in our shape; undefined when it has no address. */
export function readLead(lead: InstantlyLead): ProviderLead | undefined {
  const email = readAddress(lead.email);
  if (email === undefined) return undefined;

  // fromEntries, not assignment: a custom variable may be named "__proto__".
  const variables: Record<string, JsonScalar> = Object.fromEntries(
    Object.entries(lead.payload ?? {}).filter((entry): entry is [string, JsonScalar] =>
      !copies.has(entry[0]) && !providerIdKeys.has(entry[0]) && isScalar(entry[1])
    ),
  );
  const profile = readCustomerProfile(lead.payload ?? {});
  // An implausible time is dropped; counters and status still say that it happened.
  const lastContact = readBelievedTime(lead.timestamp_last_contact) ??
    readBelievedTime(lead.status_summary?.lastStep?.timestamp_executed);
  // Instantly keeps no time of a bounce or an unsubscribe; the last contact is the closest it has.
  const ended = lastContact ?? readBelievedTime(lead.timestamp_updated) ?? new Date().toISOString();

  return {
    provider_lead_id: lead.id,
    email,
    first_name: asText(lead.first_name),
    last_name: asText(lead.last_name),
    company_name: asText(lead.company_name),
    job_title: asText(lead.job_title) ?? profile.job_title,
    industry: profile.industry,
    company_size: profile.company_size,
    website: asText(lead.website),
    phone: asText(lead.phone),
    // A lead has no counter of sent mails; all that is certain is that it was contacted.
    sent_count: lastContact === null ? 0 : 1,
    open_count: lead.email_open_count,
    click_count: lead.email_click_count,
    reply_count: lead.email_reply_count,
    sent_at: lastContact,
    opened_at: readBelievedTime(lead.timestamp_last_open),
    clicked_at: readBelievedTime(lead.timestamp_last_click),
    replied_at: readBelievedTime(lead.timestamp_last_reply),
    bounced_at: lead.status === -1 ? ended : null,
    unsubscribed_at: lead.status === -2 ? ended : null,
    ...readInterest(lead.lt_interest_status),
    interest_changed_at: readBelievedTime(lead.timestamp_last_interest_change),
    sender_account: asText(lead.last_contacted_from),
    payload: Object.keys(variables).length > 0 ? variables : null,
    updated_at: readBelievedTime(lead.timestamp_updated),
  };
}

/** The body for adding a lead to Instantly; absent values are omitted, not sent as empty text. */
export function writeLead(lead: OutgoingLead): Record<string, unknown> {
  const body: Record<string, unknown> = { email: lead.email };
  const fields = {
    first_name: lead.first_name,
    last_name: lead.last_name,
    company_name: lead.company_name,
    job_title: lead.job_title,
    website: lead.website,
    phone: lead.phone,
    personalization: lead.personalization,
  };
  for (const [name, value] of Object.entries(fields)) if (value !== null) body[name] = value;
  if (Object.keys(lead.variables).length > 0) body['custom_variables'] = lead.variables;
  return body;
}
