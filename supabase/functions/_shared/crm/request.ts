import { z } from 'zod';
import { crmEvents, crmFields, stageStatuses } from './choices.ts';

const token = z.string().trim().min(8).max(500).regex(
  /^[\x21-\x7e]+$/,
  'contains characters that no token has',
);
const connectionId = z.uuid();
const name = z.string().trim().min(1).max(100);

/** What is pushed and read; stage names and the account are taken from the CRM itself. */
const settings = {
  events: z.array(z.enum(crmEvents)).min(1, 'choose at least one event'),
  pipeline_id: name,
  /** The stage of a deal that a positive reply makes. */
  lead_stage_id: name,
  /** To which a booked meeting moves it; null = it stays. */
  meeting_stage_id: name.nullable(),
  /** The contact's property that says yes after an unsubscribe. */
  unsubscribed_property: name.nullable(),
  /** Our field → property of the contact. */
  mapping: z.partialRecord(z.enum(crmFields), name),
  /** Stage → what it says about the meeting; stages that say nothing are left out. */
  statuses: z.record(name, z.enum(stageStatuses)),
};

/** The body of the function crm: one action per call. */
export const crmRequest = z.discriminatedUnion('action', [
  /** For the scheduler: push and read what is due. */
  z.strictObject({ action: z.literal('run') }),
  /** What an account offers: with a token that is not saved yet, or with the saved one. */
  z.strictObject({ action: z.literal('look'), token }),
  z.strictObject({ action: z.literal('look_again'), connection_id: connectionId }),
  z.strictObject({
    action: z.literal('connect'),
    /** null = of the whole agency. */
    client_id: z.uuid().nullable(),
    provider: z.literal('hubspot').default('hubspot'),
    token,
    ...settings,
  }),
  /** The whole of the settings; without a token the saved one stays. */
  z.strictObject({
    action: z.literal('change'),
    connection_id: connectionId,
    token: token.optional(),
    ...settings,
  }),
  z.strictObject({ action: z.literal('switch'), connection_id: connectionId, on: z.boolean() }),
  z.strictObject({ action: z.literal('disconnect'), connection_id: connectionId }),
  /** Contact and deal of one lead, now. */
  z.strictObject({ action: z.literal('push'), lead_id: z.uuid() }),
  /** One push again, or all that failed since a moment. */
  z.strictObject({ action: z.literal('retry'), connection_id: connectionId, push_id: z.uuid() }),
  z.strictObject({
    action: z.literal('retry_failed'),
    connection_id: connectionId,
    since: z.iso.datetime({ offset: true }),
  }),
]);

export type CrmRequest = z.infer<typeof crmRequest>;
export type CrmSettings = z.infer<z.ZodObject<typeof settings>>;
