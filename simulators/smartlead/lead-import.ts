import { z } from 'zod';
import { type LeadChange, normalizeEmail } from '../shared/state.ts';
import { type LeadField, leadFields, newPerson, type Person } from './records.ts';
import type { RouteContext } from './api.ts';
import type { SmartleadCampaign, SmartleadWorkspace, SmartleadWorld } from './state.ts';

const field = z.string().nullable().optional();
const flag = z.boolean().default(false);

/** 400 at a time live and in today's docs, 350 on one page, 100 in older ones. */
export const importBody = z.strictObject({
  lead_list: z.array(z.strictObject({
    email: z.string().transform(normalizeEmail),
    ...Object.fromEntries(leadFields.map((name) => [name, field])) as Record<LeadField, typeof field>,
    custom_fields: z.record(z.string(), z.string()).default({}),
  })).min(1).max(400),
  settings: z.strictObject({
    ignore_global_block_list: flag,
    ignore_unsubscribe_list: flag,
    ignore_duplicate_leads_in_other_campaign: flag,
    ignore_community_bounce_list: flag,
    return_lead_ids: flag,
  }).prefault({}),
});
type Import = z.output<typeof importBody>;

/** A person is the same in every campaign, so new values show everywhere. */
function updatePerson(person: Person, { email: _, custom_fields, ...fields }: Import['lead_list'][0]): void {
  for (const name of leadFields) if (fields[name] !== undefined) person[name] = fields[name];
  Object.assign(person.custom_fields, custom_fields);
}

const hasUnsubscribed = ({ data: { client_id: client } }: SmartleadCampaign, person: Person): boolean =>
  person.is_unsubscribed || (client !== null && person.unsubscribed_client_id_map[client] === true);

const isElsewhere = (workspace: SmartleadWorkspace, campaign: SmartleadCampaign, email: string): boolean =>
  workspace.allCampaigns.some((other) => other !== campaign && other.leads.find(email) !== undefined);

const address = /^[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;.]{2,}$/;

/** Adds leads to a campaign and counts as the live service does, not as its documents say. */
export function importLeads(
  campaign: SmartleadCampaign,
  { lead_list: rows, settings }: Import,
  { world, workspace, nothingAdded }: RouteContext,
) {
  const { record } = workspace;
  const answer = {
    ok: true,
    upload_count: rows.length,
    total_leads: 0,
    block_count: 0,
    duplicate_count: 0,
    invalid_email_count: 0,
    invalid_emails: [] as string[],
    already_added_to_campaign: 0,
    unsubscribed_leads: [] as string[],
    is_lead_limit_exhausted: false,
    lead_import_stopped_count: 0,
    bounce_count: 0,
  };
  if (nothingAdded) return answer;
  const { ignore_duplicate_leads_in_other_campaign: isSet } = settings;
  const skipsOthers = isSet === (world.behaviour.duplicatesFlag === 'true-skips');
  const ids = () => ({}) as Record<string, number>;
  const emailToLeadIdMap = {
    newlyAddedLeads: ids(),
    existingLeads: ids(),
    existingLeadsInOtherCampaigns: ids(),
  };
  const earlier = new Set<string>();
  for (const row of rows) {
    const { email } = row;
    const known = workspace.people.find(email);
    if (!address.test(email)) {
      answer.invalid_email_count += 1;
      answer.invalid_emails.push(email);
    } else if (earlier.has(email)) {
      answer.duplicate_count += 1;
    } else if (!settings.ignore_global_block_list && workspace.isBlocked(email)) {
      answer.block_count += 1;
    } else if (!settings.ignore_community_bounce_list && record.bounceList.includes(email)) {
      answer.bounce_count += 1;
    } else if (known && !settings.ignore_unsubscribe_list && hasUnsubscribed(campaign, known)) {
      answer.unsubscribed_leads.push(email);
    } else if (known !== undefined && campaign.leads.find(email) !== undefined) {
      // The values are taken over; a lead that was paused stays paused.
      updatePerson(known, row);
      answer.already_added_to_campaign += 1;
      emailToLeadIdMap.existingLeads[email] = known.id;
    } else if (known !== undefined && skipsOthers && isElsewhere(workspace, campaign, email)) {
      answer.duplicate_count += 1;
      emailToLeadIdMap.existingLeadsInOtherCampaigns[email] = known.id;
    } else if (record.remainingInPlan <= 0) {
      answer.is_lead_limit_exhausted = true;
      answer.lead_import_stopped_count += 1;
    } else {
      const person = known ?? newPerson(world.takeId('lead'), world.simulatedNow, email);
      if (known === undefined) workspace.people.add(person);
      updatePerson(person, row);
      world.addLink(campaign, person);
      record.remainingInPlan -= 1;
      answer.total_leads += 1;
      emailToLeadIdMap.newlyAddedLeads[email] = person.id;
    }
    earlier.add(email);
  }
  return settings.return_lead_ids ? { ...answer, emailToLeadIdMap } : answer;
}

export function changeLead(world: SmartleadWorld, change: LeadChange): { id: number } {
  const { workspace, campaign, lead: link } = world.placeOf(change);
  if (change.remove) campaign.leads.remove(new Set([link]));
  else {
    const person = workspace.person(link);
    campaign.leads.rename(link, change.newEmail ?? change.email);
    if (person !== undefined) workspace.people.rename(person, link.email);
  }
  return { id: link.person };
}
