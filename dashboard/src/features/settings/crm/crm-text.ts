// CRM settings in words, and what they are before somebody chooses.
import type {
  CrmEvent,
  CrmField,
  StageStatus,
} from '../../../../../supabase/functions/_shared/crm/choices.ts';
import type { CrmConnection, CrmSettings, Offer, Pipeline } from '../../../data/crm.ts';

export const eventTexts: Record<CrmEvent, { label: string; hint: string }> = {
  'reply.positive': {
    label: 'Positive replies',
    hint: 'A contact and a deal, when somebody is interested.',
  },
  'meeting.booked': {
    label: 'Booked meetings',
    hint: 'The same, with the deal in the stage for meetings.',
  },
  'lead.unsubscribed': {
    label: 'Unsubscribes',
    hint: 'Says so on a contact that is there; makes none.',
  },
};

export const fieldNames: Record<CrmField, string> = {
  first_name: 'First name',
  last_name: 'Last name',
  company: 'Company',
  job_title: 'Job title',
  website: 'Website',
  phone: 'Phone',
  linkedin: 'LinkedIn',
  reply_class: 'Class of the reply',
  campaign: 'Campaign',
  last_reply: 'Last reply',
};

export const statusNames: Record<StageStatus, string> = {
  booked: 'Meeting booked',
  held: 'Meeting held',
  no_show: 'No show',
  won: 'Won',
  lost: 'Lost',
};

/** Where HubSpot itself keeps these. */
const usualProperties: Partial<Record<CrmField, string>> = {
  first_name: 'firstname',
  last_name: 'lastname',
  company: 'company',
  job_title: 'jobtitle',
  website: 'website',
  phone: 'phone',
  linkedin: 'hs_linkedin_url',
};

const meetingWords = /meeting|appointment|demo|call|afspraak|kennismaking|termin|gespräch|rendez/i;

/** A pipeline as most agencies would set it up: the first open stage for replies, the one that sounds like a meeting. */
export function suggestStages(
  pipeline: Pipeline,
): Pick<CrmSettings, 'pipeline_id' | 'lead_stage_id' | 'meeting_stage_id' | 'statuses'> {
  const open = pipeline.stages.filter(({ status }) => status === null);
  const meeting = open.find(({ name }) => meetingWords.test(name));
  const lead = open.find((stage) => stage !== meeting) ?? pipeline.stages[0];
  const own = pipeline.stages.flatMap(({ id, status }) => status === null ? [] : [[id, status] as const]);
  return {
    pipeline_id: pipeline.id,
    lead_stage_id: lead?.id ?? '',
    meeting_stage_id: meeting?.id ?? null,
    statuses: { ...Object.fromEntries(own), ...(meeting ? { [meeting.id]: 'booked' as const } : {}) },
  };
}

export function suggestSettings({ pipelines, properties }: Offer): CrmSettings {
  const texts = new Set(properties.filter(({ kind }) => kind === 'text').map(({ name }) => name));
  return {
    events: ['reply.positive', 'meeting.booked'],
    ...suggestStages(pipelines[0] ?? { id: '', name: '', stages: [] }),
    unsubscribed_property: null,
    mapping: Object.fromEntries(
      Object.entries(usualProperties).filter(([, property]) => texts.has(property)),
    ) as CrmSettings['mapping'],
  };
}

export const savedSettings = (connection: CrmConnection): CrmSettings => ({
  events: connection.events,
  pipeline_id: connection.pipeline_id,
  lead_stage_id: connection.lead_stage_id,
  meeting_stage_id: connection.meeting_stage_id,
  unsubscribed_property: connection.unsubscribed_property,
  mapping: connection.mapping,
  statuses: Object.fromEntries(
    connection.stages.flatMap(({ id, status }) => status === null ? [] : [[id, status]]),
  ),
});

/** What the account still has of the settings; what it has not is to be chosen again. */
export function keepWhatIsThere(settings: CrmSettings, offer: Offer): CrmSettings {
  const pipeline = offer.pipelines.find(({ id }) => id === settings.pipeline_id);
  const has = (name: string | null, kind: 'text' | 'flag') =>
    offer.properties.some((property) => property.name === name && property.kind === kind);
  const flag = has(settings.unsubscribed_property, 'flag') ? settings.unsubscribed_property : null;
  const stageOf = (id: string | null) => pipeline?.stages.some((stage) => stage.id === id) ? id : undefined;
  const lead = stageOf(settings.lead_stage_id);
  const first = offer.pipelines[0];
  return {
    ...settings,
    ...(pipeline
      ? {
        lead_stage_id: lead ?? suggestStages(pipeline).lead_stage_id,
        meeting_stage_id: stageOf(settings.meeting_stage_id) ?? null,
        statuses: Object.fromEntries(Object.entries(settings.statuses).filter(([id]) => stageOf(id))),
      }
      : first
      ? suggestStages(first)
      : {}),
    unsubscribed_property: flag,
    mapping: Object.fromEntries(
      Object.entries(settings.mapping).filter(([, property]) => has(property, 'text')),
    ) as CrmSettings['mapping'],
  };
}

/** Whether nothing of the settings is missing in the account. */
export function isWholly(settings: CrmSettings, offer: Offer): boolean {
  const kept = keepWhatIsThere(settings, offer);
  return kept.pipeline_id === settings.pipeline_id && kept.lead_stage_id === settings.lead_stage_id &&
    kept.meeting_stage_id === settings.meeting_stage_id &&
    kept.unsubscribed_property === settings.unsubscribed_property &&
    Object.keys(kept.mapping).length === Object.keys(settings.mapping).length;
}

/** What is still to be chosen before these settings can be saved; undefined = nothing. */
export function whatIsMissing(settings: CrmSettings): string | undefined {
  if (settings.events.length === 0) return 'Choose what is pushed.';
  if (settings.pipeline_id === '' || settings.lead_stage_id === '') {
    return 'Make a pipeline for deals in HubSpot first.';
  }
  if (settings.events.includes('lead.unsubscribed') && settings.unsubscribed_property === null) {
    return 'Choose the property that says that somebody unsubscribed.';
  }
  const chosen = Object.values(settings.mapping);
  const twice = chosen.find((property, index) => chosen.indexOf(property) !== index);
  return twice === undefined
    ? undefined
    : `Two fields go to “${twice}”. Choose another property for one of them.`;
}

export function stateOf(row: CrmConnection) {
  if (row.switched_off_at) {
    return { label: 'Switched off', tone: isOffByHand(row) ? 'neutral' as const : 'bad' as const };
  }
  if (row.failing_since) return { label: 'Failing', tone: 'bad' as const };
  if (row.last_push_at ?? row.last_read_at) return { label: 'Working', tone: 'good' as const };
  return { label: 'Not used yet', tone: 'brand' as const };
}

/** By a person, who knows; everything else is to be repaired. */
export const isOffByHand = (row: CrmConnection): boolean =>
  row.switched_off_reason === 'An operator switched it off';
