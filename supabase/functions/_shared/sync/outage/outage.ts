import { z } from 'zod';
import { callFunction, type ServiceClient } from '../../platform/database.ts';

/** How far the mails of an outage are read, by the provider's clock. */
const mailPosition = z.object({
  since: z.string().optional(),
  page: z.string().optional(),
  /** Newest mail that was read. */
  reached: z.string().optional(),
  done: z.boolean().optional(),
  /** When the last page was read, by our clock. */
  read_at: z.string().optional(),
});
export type MailPosition = z.infer<typeof mailPosition>;

const outage = z.object({
  id: z.number(),
  starts_at: z.string(),
  /** Null while the outage lasts. */
  ends_at: z.string().nullable(),
  /** When the provider switched the webhook off, by its clock; null when that is not known of all of the outage. */
  switched_off_at: z.string().nullable(),
  mails: mailPosition,
});
/** A time without a working webhook. */
export type WebhookOutage = z.infer<typeof outage>;

export async function readOutage(
  database: ServiceClient,
  connectionId: string,
): Promise<WebhookOutage | null> {
  return await callFunction(
    database,
    'read_webhook_outage',
    { target_connection_id: connectionId },
    outage.nullable(),
  );
}
