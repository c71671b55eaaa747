/** What can be chosen for a CRM: events, fields, meanings of stages. Pages load it too, so it loads nothing. */

/** What is pushed. */
export const crmEvents = ['reply.positive', 'meeting.booked', 'lead.unsubscribed'] as const;
export type CrmEvent = typeof crmEvents[number];

/** Our fields of a lead that can be mapped to a property of a contact; the address itself always is. */
export const crmFields = [
  'first_name',
  'last_name',
  'company',
  'job_title',
  'website',
  'phone',
  'linkedin',
  'reply_class',
  'campaign',
  'last_reply',
] as const;
export type CrmField = typeof crmFields[number];

/**
 * What only the loop writes. The other fields describe the person: where the CRM has a value already, somebody
 * who knows better may have typed it, so it stays.
 */
export const loopFields: ReadonlySet<CrmField> = new Set(['reply_class', 'campaign', 'last_reply']);

/** What a deal in a stage says of the meeting. */
export const stageStatuses = ['booked', 'held', 'no_show', 'won', 'lost'] as const;
export type StageStatus = typeof stageStatuses[number];
