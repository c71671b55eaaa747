import { z } from 'zod';
import { oneLine } from '../platform/one-line.ts';
import { eventTypes } from './payload.ts';

const name = oneLine(120);
const url = z.string().trim().min(1).max(2000);
const format = z.enum(['json', 'slack', 'teams']);
const events = z.array(z.enum(eventTypes)).min(1, 'choose at least one event');
const endpointId = z.uuid();

/** The body of the function outgoing: one action per call. */
export const outgoingRequest = z.discriminatedUnion('action', [
  /** For the scheduler: send what is due. */
  z.strictObject({ action: z.literal('send') }),
  z.strictObject({
    action: z.literal('add'),
    /** null = of the whole agency. */
    client_id: z.uuid().nullable(),
    name,
    url,
    format: format.default('json'),
    events,
  }),
  /** Only what is sent changes; the client of an endpoint never does. */
  z.strictObject({
    action: z.literal('change'),
    endpoint_id: endpointId,
    name: name.optional(),
    url: url.optional(),
    format: format.optional(),
    events: events.optional(),
  }),
  z.strictObject({ action: z.literal('rotate_secret'), endpoint_id: endpointId }),
  z.strictObject({ action: z.literal('switch'), endpoint_id: endpointId, on: z.boolean() }),
  z.strictObject({ action: z.literal('remove'), endpoint_id: endpointId }),
  z.strictObject({ action: z.literal('test'), endpoint_id: endpointId }),
  /** One event again, or all that failed since a moment. */
  z.strictObject({ action: z.literal('replay'), endpoint_id: endpointId, event_id: z.uuid() }),
  z.strictObject({
    action: z.literal('replay_failed'),
    endpoint_id: endpointId,
    since: z.iso.datetime({ offset: true }),
  }),
  z.strictObject({ action: z.literal('read_mail') }),
  /** Who sends notifications by email, and over which API. Without a key the saved one stays. */
  z.strictObject({
    action: z.literal('save_mail'),
    sender_address: z.email().max(320),
    base_url: url,
    api_key: z.string().trim().min(8).max(500).regex(/^[\x21-\x7e]+$/, 'contains characters that no key has')
      .optional(),
    dashboard_url: z.url({ protocol: /^https?$/ }).max(500),
  }),
  z.strictObject({ action: z.literal('test_mail'), to: z.email().max(320) }),
]);

export type OutgoingRequest = z.infer<typeof outgoingRequest>;
