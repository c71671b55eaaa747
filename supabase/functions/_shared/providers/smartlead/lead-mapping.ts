import { normalizeEmailAddress, readAddress } from '../../events/email-address.ts';
import type { AddLeadsResult, JsonScalar, OutgoingLead, ProviderLead } from '../provider.ts';
import { asInteger, asText, isScalar, readCustomerProfile } from '../custom-fields.ts';
import type { AddedLeads, CampaignLead } from './schemas.ts';

/** Keys that could hold an id of the provider; they never reach a row that a client can read. */
const providerIdKeys = new Set(['campaign_id', 'client_id', 'user_id']);

/**
 * A Smartlead lead in our shape; undefined when it has no address. It has no counters and no times: those come from the
 * statistics, mail by mail.
 */
export function readLead(row: CampaignLead): ProviderLead | undefined {
  const { lead } = row;
  const email = readAddress(lead.email);
  if (email === undefined) return undefined;
  // fromEntries, not assignment: a custom field may be named "__proto__".
  const variables: Record<string, JsonScalar> = Object.fromEntries(
    Object.entries(lead.custom_fields ?? {}).filter((entry): entry is [string, JsonScalar] =>
      !providerIdKeys.has(entry[0]) && isScalar(entry[1])
    ),
  );
  const place = {
    location: asText(lead.location),
    linkedin_profile: httpLink(asText(lead.linkedin_profile)),
    company_url: httpLink(asText(lead.company_url)),
  };
  for (const [name, value] of Object.entries(place)) {
    if (value !== null) variables[name] ??= value;
  }
  return {
    provider_lead_id: lead.id,
    email,
    first_name: asText(lead.first_name),
    last_name: asText(lead.last_name),
    company_name: asText(lead.company_name),
    ...readCustomerProfile(lead.custom_fields ?? {}),
    website: asText(lead.website),
    phone: asText(lead.phone_number),
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
    interest_value: asInteger(row.lead_category_id),
    interest_changed_at: null,
    sender_account: null,
    payload: Object.keys(variables).length > 0 ? variables : null,
    updated_at: null,
  };
}

/** The body for adding a lead to Smartlead, which refuses unknown keys; custom values are text. */
export function writeLead(lead: OutgoingLead): Record<string, unknown> {
  const body: Record<string, unknown> = { email: lead.email };
  const fields = {
    first_name: lead.first_name,
    last_name: lead.last_name,
    company_name: lead.company_name,
    phone_number: lead.phone,
    website: lead.website,
    linkedin_profile: asText(lead.variables['linkedin_url']),
  };
  for (const [name, value] of Object.entries(fields)) if (value !== null) body[name] = value;
  const known = new Set(['website', 'phone', 'linkedin_url']);
  const custom: [string, string][] = [];
  if (lead.job_title !== null) custom.push(['job_title', lead.job_title]);
  if (lead.personalization !== null) custom.push(['icebreaker', lead.personalization]);
  for (const [name, value] of Object.entries(lead.variables)) {
    if (!known.has(name) && value !== null) custom.push([name, String(value)]);
  }
  if (custom.length > 0) body['custom_fields'] = Object.fromEntries(custom);
  return body;
}

/** True for an answer that neither adds nor refuses anything: happens under load, and sending again works. */
export function saysNothing(answer: AddedLeads): boolean {
  const counters = [
    answer.total_leads,
    answer.block_count,
    answer.duplicate_count,
    answer.invalid_email_count,
    answer.already_added_to_campaign,
    answer.lead_import_stopped_count,
    answer.bounce_count,
    answer.unsubscribed_leads?.length ?? 0,
    Object.keys(answer.emailToLeadIdMap?.existingLeads ?? {}).length,
  ];
  return counters.every((value) => value === 0) && answer.is_lead_limit_exhausted !== true;
}

/**
 * The result of a batch. `total_leads` is what was really added; a lead that Smartlead already knew is added to the campaign
 * too, and counts as created when the totals show that all known ones were.
 */
export function readAddedLeads(leads: OutgoingLead[], answer: AddedLeads): AddLeadsResult {
  const lower = (map: Record<string, string> | null | undefined) =>
    new Map(Object.entries(map ?? {}).map(([email, id]) => [keyOf(email), id]));
  const added = lower(answer.emailToLeadIdMap?.newlyAddedLeads);
  const known = new Map([
    ...lower(answer.emailToLeadIdMap?.existingLeadsInOtherCampaigns),
    ...lower(answer.emailToLeadIdMap?.existingLeads),
  ]);
  if (answer.total_leads >= added.size + known.size) {
    for (const [email, id] of known) if (!added.has(email)) added.set(email, id);
  }

  const invalid = new Set((answer.invalid_emails ?? []).map(keyOf));
  const unsubscribed = new Set((answer.unsubscribed_leads ?? []).flatMap(addressOf));
  const created = new Map<number, string>();
  const named = new Map<number, 'blocked' | 'invalid'>();
  leads.forEach((lead, index) => {
    const id = added.get(lead.email);
    if (id !== undefined) created.set(index, id);
    else if (invalid.has(lead.email)) named.set(index, 'invalid');
    else if (unsubscribed.has(lead.email)) named.set(index, 'blocked');
  });
  const planEnded = answer.is_lead_limit_exhausted === true;
  return {
    created,
    named,
    ...(planEnded ? { planLimit: { providerMessage: answer.error ?? answer.message ?? undefined } } : {}),
    refused: {
      duplicate: answer.duplicate_count + answer.already_added_to_campaign,
      blocked: answer.block_count + answer.bounce_count + unsubscribed.size,
      invalid: answer.invalid_email_count,
      skipped: planEnded ? 0 : answer.lead_import_stopped_count,
    },
  };
}

/** The normalised address; an unusable one stays as it is and matches none of ours. */
function keyOf(address: string): string {
  return normalizeEmailAddress(address) ?? address;
}

function addressOf(row: unknown): string[] {
  if (typeof row === 'string') return [keyOf(row)];
  const email = asText((row as { email?: unknown } | null)?.email);
  return email === null ? [] : [keyOf(email)];
}

/** The longest URL, in characters. */
const maxUrlLength = 2048;

const web = /^https?:\/\/[^\s<>"\p{Cc}]+$/iu;
/** A host with a dot and no scheme, as people write it: "www.fjordpak.test/contact". */
const bare = /^[^\s<>"/?#:@\\\p{Cc}]+\.[^\s<>"/?#:@\\\p{Cc}.]{2,}(:\d+)?([/?#][^\s<>"\p{Cc}]*)?$/u;

/**
 * An external link, if a page may make it clickable: http or https, nothing that runs (`javascript:`, `data:`). The same
 * rules as private.http_link.
 */
export function httpLink(value: string | null | undefined): string | null {
  const link = value?.trim() ?? '';
  if (link.length > maxUrlLength) return null;
  if (web.test(link)) return link;
  return bare.test(link) && link.length + 8 <= maxUrlLength ? `https://${link}` : null;
}
