import { z } from 'zod';
import { normalizeEmail } from '../shared/state.ts';
import { read } from './errors.ts';
import { type LeadField, leadFields } from './types.ts';
import type { Behaviour } from './options.ts';
import type { SmartleadCampaign, SmartleadWorkspace, SmartleadWorld } from './state.ts';
import type { Person } from './types.ts';

const field = z.string().nullable().optional();

export const leadShape = ({ customFieldsPerLead: most }: Behaviour) =>
  z.strictObject({
    email: z.string().transform(normalizeEmail),
    ...Object.fromEntries(leadFields.map((name) => [name, field])) as Record<LeadField, typeof field>,
    custom_fields: z.record(z.string(), z.string())
      .refine((fields) => Object.keys(fields).length <= most, `must have less than or equal to ${most} keys`)
      .default({}),
  });
export type LeadRow = z.output<ReturnType<typeof leadShape>>;

const settingNames = [
  'ignore_global_block_list',
  'ignore_unsubscribe_list',
  'ignore_duplicate_leads_in_other_campaign',
  'ignore_community_bounce_list',
  'return_lead_ids',
] as const;

const flag = z.boolean().optional();
const settingsShape = z.strictObject(
  Object.fromEntries(settingNames.map((name) => [name, flag])) as Record<
    (typeof settingNames)[number],
    typeof flag
  >,
);

const importShape = (behaviour: Behaviour) =>
  z.strictObject({
    lead_list: z.array(leadShape(behaviour)).min(1).max(behaviour.leadsPerCall),
    settings: settingsShape.default({}),
  });

/** A person is the same in every campaign, so new values show everywhere. */
export function updatePerson(person: Person, { email: _, custom_fields: custom, ...fields }: LeadRow): void {
  for (const name of leadFields) if (fields[name] !== undefined) person.fields[name] = fields[name];
  Object.assign(person.customFields, custom);
}

function createPerson(world: SmartleadWorld, workspace: SmartleadWorkspace, email: string): Person {
  const person: Person = {
    id: world.takeId('lead'),
    created: world.simulatedNow,
    email,
    fields: Object.fromEntries(leadFields.map((name) => [name, null])) as Person['fields'],
    customFields: {},
    isUnsubscribed: false,
    unsubscribedClients: [],
  };
  workspace.addPerson(person);
  return person;
}

function isUnsubscribed({ data: { clientId } }: SmartleadCampaign, person: Person | undefined): boolean {
  if (person === undefined) return false;
  return person.isUnsubscribed || (clientId !== null && person.unsubscribedClients.includes(clientId));
}

const isElsewhere = (
  { campaigns }: SmartleadWorkspace,
  campaign: SmartleadCampaign,
  email: string,
): boolean =>
  [...campaigns.values()].some((other) => other !== campaign && other.leads.find(email) !== undefined);

const address = /^[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;.]{2,}$/;

/** Adds leads to a campaign and counts as the live service does, not as its documents say. */
export function importLeads(
  world: SmartleadWorld,
  workspace: SmartleadWorkspace,
  campaign: SmartleadCampaign,
  body: unknown,
  behaviour: Behaviour,
  nothingAdded: boolean,
) {
  const { lead_list: rows, settings } = read(importShape(behaviour), body);
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
  const isSet = settings.ignore_duplicate_leads_in_other_campaign ?? false;
  const skipsOthers = isSet === (behaviour.duplicatesFlag === 'true-skips');
  const newlyAddedLeads: Record<string, number> = {};
  const existingLeads: Record<string, number> = {};
  const existingLeadsInOtherCampaigns: Record<string, number> = {};
  const earlier = new Set<string>();
  for (const row of rows) {
    const { email } = row;
    const known = workspace.personNamed(email);
    if (!address.test(email)) {
      answer.invalid_email_count += 1;
      answer.invalid_emails.push(email);
    } else if (earlier.has(email)) {
      answer.duplicate_count += 1;
    } else if (settings.ignore_global_block_list !== true && workspace.isBlocked(email)) {
      answer.block_count += 1;
    } else if (settings.ignore_community_bounce_list !== true && record.bounceList.includes(email)) {
      answer.bounce_count += 1;
    } else if (settings.ignore_unsubscribe_list !== true && isUnsubscribed(campaign, known)) {
      answer.unsubscribed_leads.push(email);
    } else if (known !== undefined && campaign.leads.find(email) !== undefined) {
      // The values are taken over; a lead that was paused stays paused.
      updatePerson(known, row);
      answer.already_added_to_campaign += 1;
      existingLeads[email] = known.id;
    } else if (known !== undefined && skipsOthers && isElsewhere(workspace, campaign, email)) {
      answer.duplicate_count += 1;
      existingLeadsInOtherCampaigns[email] = known.id;
    } else if (record.remainingInPlan <= 0) {
      answer.is_lead_limit_exhausted = true;
      answer.lead_import_stopped_count += 1;
    } else {
      const person = known ?? createPerson(world, workspace, email);
      updatePerson(person, row);
      world.addLink(campaign, person);
      record.remainingInPlan -= 1;
      answer.total_leads += 1;
      newlyAddedLeads[email] = person.id;
    }
    earlier.add(email);
  }
  world.dirty = true;
  if (settings.return_lead_ids !== true) return answer;
  return { ...answer, emailToLeadIdMap: { newlyAddedLeads, existingLeads, existingLeadsInOtherCampaigns } };
}

/** What people do to a lead in the provider's own screens, which no call of the API does. */
export interface LeadChange {
  campaignId: string | number;
  email: string;
  /** Its new address; the id stays. */
  newEmail?: string;
  remove?: true;
}

export function changeLead(world: SmartleadWorld, change: LeadChange): { id: number } {
  for (const workspace of world.workspaces.values()) {
    const campaign = workspace.campaigns.get(Number(change.campaignId));
    const link = campaign?.leads.find(change.email);
    const person = workspace.person(link);
    if (campaign === undefined || link === undefined || person === undefined) continue;
    world.dirty = true;
    if (change.remove) campaign.leads.remove(new Set([link]));
    else workspace.rename(person, campaign, link, change.newEmail ?? change.email);
    return { id: person.id };
  }
  throw new Error(`No campaign ${change.campaignId} has a lead ${change.email}`);
}
