import { z } from 'zod';
import { oneLine } from '../platform/one-line.ts';

const connectionId = z.uuid();

/** A key is sent in a header or a URL: visible ASCII without spaces. */
const apiKey = z.string().trim().min(8).max(1000).regex(
  /^[\x21-\x7e]+$/,
  'contains spaces, line breaks or characters that no API key has; copy it again',
);

const name = oneLine(200);

/** The body of the provider-connection function: one action per call. */
export const connectionRequest = z.discriminatedUnion('action', [
  z.strictObject({
    action: z.literal('save'),
    /** Absent = a new connection. */
    connection_id: connectionId.optional(),
    provider: z.enum(['instantly', 'smartlead']).default('instantly'),
    /** For a new connection: null = shared by many clients. */
    client_id: z.uuid().nullable().optional(),
    name: name.optional(),
    api_key: apiKey,
    /** A white-label host where this key is valid; null = the usual URL, absent = unchanged. Operators only. */
    base_url: z.url().max(300).nullable().optional(),
    /** Confirms that the key of another workspace is intended. */
    accept_workspace_change: z.boolean().default(false),
  }),
  z.strictObject({ action: z.literal('test'), connection_id: connectionId }),
  z.strictObject({ action: z.literal('pause'), connection_id: connectionId }),
  z.strictObject({ action: z.literal('resume'), connection_id: connectionId }),
  z.strictObject({ action: z.literal('register_webhook'), connection_id: connectionId }),
  z.strictObject({
    action: z.literal('rotate_webhook_secret'),
    connection_id: connectionId,
    grace_hours: z.number().min(0).max(24 * 14).default(24),
  }),
  /** A webhook secret chosen by the provider: included in each delivery (body), or signing it (signature). */
  z.strictObject({
    action: z.literal('save_provider_secret'),
    connection_id: connectionId,
    secret: oneLine(500, 16),
    use: z.enum(['body', 'signature']),
  }),
  z.strictObject({
    action: z.literal('remove'),
    connection_id: connectionId,
    /** The connection's name, as a client's confirmation; operators need none. */
    confirm_name: z.string().max(200).optional(),
  }),
  /** Encrypts every key and secret again under the current master key; `reseal` is its name in 0.1. */
  z.strictObject({ action: z.literal('reencrypt') }),
  z.strictObject({ action: z.literal('reseal') }),
]);

export type ConnectionRequest = z.infer<typeof connectionRequest>;
