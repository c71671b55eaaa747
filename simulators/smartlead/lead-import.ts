import { ValidationError } from './errors.ts';
import { normalizeEmail } from './state.ts';
import { leadFields } from './types.ts';
import { check, isEmail, isObject } from './validate.ts';
import type { Behaviour } from './options.ts';
import type { CampaignSpace, Workspace, World } from './state.ts';
import type { JsonObject, Lead, LeadField } from './types.ts';
import type { Shape } from './validate.ts';

const settingsShape = {
  ignore_global_block_list: { type: 'boolean' },
  ignore_unsubscribe_list: { type: 'boolean' },
  ignore_duplicate_leads_in_other_campaign: { type: 'boolean' },
  ignore_community_bounce_list: { type: 'boolean' },
  return_lead_ids: { type: 'boolean' },
} as const satisfies Shape;

const leadShape: Shape = {
  email: { type: 'string', required: true },
  ...Object.fromEntries(leadFields.map((name) => [name, { type: 'string', nullable: true }])),
  custom_fields: { type: 'object' },
};

export interface LeadRow {
  email: string;
  fields: Partial<Record<LeadField, string | null>>;
  customFields: Record<string, string>;
}

export type ImportSettings = Partial<Record<keyof typeof settingsShape, boolean>>;

/** One lead of a body, checked in Joi's words. */
export function readLead(value: unknown, path: string, behaviour: Behaviour): LeadRow {
  const row = check(value, leadShape, path);
  const custom = (row.custom_fields as JsonObject | undefined) ?? {};
  const names = Object.keys(custom);
  const prefix = path === '' ? '' : `${path}.`;
  if (names.length > behaviour.customFieldsPerLead) {
    throw new ValidationError(
      `"${prefix}custom_fields" must have less than or equal to ${behaviour.customFieldsPerLead} keys`,
    );
  }
  for (const name of names) {
    if (typeof custom[name] === 'string') continue;
    throw new ValidationError(`"${prefix}custom_fields.${name}" must be a string`);
  }
  const given = leadFields.filter((name) => row[name] !== undefined);
  return {
    email: normalizeEmail(String(row.email)),
    fields: Object.fromEntries(given.map((name) => [name, row[name] as string | null])),
    customFields: custom as Record<string, string>,
  };
}

export function readImport(
  body: unknown,
  behaviour: Behaviour,
): { rows: LeadRow[]; settings: ImportSettings } {
  const fields = check(body, { lead_list: { type: 'array', required: true }, settings: { type: 'object' } });
  const list = fields.lead_list as unknown[];
  const settings = isObject(fields.settings) ? check(fields.settings, settingsShape, 'settings') : {};
  if (list.length === 0) throw new ValidationError('"lead_list" must contain at least 1 items');
  if (list.length > behaviour.leadsPerCall) {
    throw new ValidationError(
      `"lead_list" must contain less than or equal to ${behaviour.leadsPerCall} items`,
    );
  }
  return {
    rows: list.map((row, index) => readLead(row, `lead_list[${index}]`, behaviour)),
    settings: settings as ImportSettings,
  };
}

/** A person is the same in every campaign, so new values show everywhere. */
export function updatePerson(lead: Lead, row: LeadRow): void {
  Object.assign(lead.fields, row.fields);
  Object.assign(lead.customFields, row.customFields);
}

function createPerson(world: World, workspace: Workspace, row: LeadRow): Lead {
  const lead: Lead = {
    id: world.identifiers.take('lead'),
    created: world.simulatedNow,
    email: row.email,
    fields: Object.fromEntries(leadFields.map((name) => [name, row.fields[name] ?? null])) as Lead['fields'],
    customFields: { ...row.customFields },
    isUnsubscribed: false,
    unsubscribedClients: [],
  };
  workspace.addLead(lead);
  return lead;
}

interface ImportAnswer {
  ok: true;
  upload_count: number;
  total_leads: number;
  block_count: number;
  duplicate_count: number;
  invalid_email_count: number;
  invalid_emails: string[];
  already_added_to_campaign: number;
  unsubscribed_leads: string[];
  is_lead_limit_exhausted: boolean;
  lead_import_stopped_count: number;
  bounce_count: number;
  emailToLeadIdMap?: {
    newlyAddedLeads: Record<string, number>;
    existingLeads: Record<string, number>;
    existingLeadsInOtherCampaigns: Record<string, number>;
  };
}

const emptyAnswer = (rows: number): ImportAnswer => ({
  ok: true,
  upload_count: rows,
  total_leads: 0,
  block_count: 0,
  duplicate_count: 0,
  invalid_email_count: 0,
  invalid_emails: [],
  already_added_to_campaign: 0,
  unsubscribed_leads: [],
  is_lead_limit_exhausted: false,
  lead_import_stopped_count: 0,
  bounce_count: 0,
});

function isUnsubscribed(campaign: CampaignSpace, lead: Lead | undefined): boolean {
  if (lead === undefined) return false;
  const { clientId } = campaign.data;
  return lead.isUnsubscribed || (clientId !== null && lead.unsubscribedClients.includes(clientId));
}

/** Adds leads to a campaign and counts as the live service does, not as its documents say. */
export function importLeads(
  world: World,
  workspace: Workspace,
  campaign: CampaignSpace,
  request: { rows: LeadRow[]; settings: ImportSettings },
  behaviour: Behaviour,
  nothingAdded: boolean,
): ImportAnswer {
  const { rows, settings } = request;
  const answer = emptyAnswer(rows.length);
  if (nothingAdded) return answer;
  const flag = settings.ignore_duplicate_leads_in_other_campaign ?? false;
  const skipsOthers = flag === (behaviour.duplicatesFlag === 'true-skips');
  const ids: NonNullable<ImportAnswer['emailToLeadIdMap']> = {
    newlyAddedLeads: {},
    existingLeads: {},
    existingLeadsInOtherCampaigns: {},
  };
  const earlier = new Set<string>();
  for (const row of rows) {
    const { email } = row;
    const known = workspace.leadByEmail.get(email);
    if (!isEmail(email)) {
      answer.invalid_email_count += 1;
      answer.invalid_emails.push(email);
    } else if (earlier.has(email)) {
      answer.duplicate_count += 1;
    } else if (settings.ignore_global_block_list !== true && workspace.isBlocked(email)) {
      answer.block_count += 1;
    } else if (
      settings.ignore_community_bounce_list !== true && workspace.record.bounceList.includes(email)
    ) {
      answer.bounce_count += 1;
    } else if (settings.ignore_unsubscribe_list !== true && isUnsubscribed(campaign, known)) {
      answer.unsubscribed_leads.push(email);
    } else if (known !== undefined && campaign.find(email) !== undefined) {
      // The values are taken over; a lead that was paused stays paused.
      updatePerson(known, row);
      answer.already_added_to_campaign += 1;
      ids.existingLeads[email] = known.id;
    } else if (known !== undefined && skipsOthers && isElsewhere(workspace, campaign, email)) {
      answer.duplicate_count += 1;
      ids.existingLeadsInOtherCampaigns[email] = known.id;
    } else if (workspace.record.remainingInPlan <= 0) {
      answer.is_lead_limit_exhausted = true;
      answer.lead_import_stopped_count += 1;
    } else {
      const lead = known ?? createPerson(world, workspace, row);
      updatePerson(lead, row);
      world.addLink(campaign, lead);
      workspace.record.remainingInPlan -= 1;
      answer.total_leads += 1;
      ids.newlyAddedLeads[email] = lead.id;
    }
    earlier.add(email);
  }
  if (settings.return_lead_ids === true) answer.emailToLeadIdMap = ids;
  world.dirty = true;
  return answer;
}

const isElsewhere = (workspace: Workspace, campaign: CampaignSpace, email: string): boolean =>
  [...workspace.campaigns.values()].some((other) => other !== campaign && other.find(email) !== undefined);
