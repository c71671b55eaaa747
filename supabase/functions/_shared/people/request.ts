import { z } from 'zod';
import { oneLine } from '../platform/one-line.ts';
import { normalizeEmailAddress } from '../events/email-address.ts';

const userId = z.uuid();

/** One form of an address everywhere; a person can be mailed at it. */
const email = z.string().max(320).transform((value, context) => {
  const address = normalizeEmailAddress(value);
  if (address === null || address.length > 255) {
    context.addIssue({ code: 'custom', message: 'is not an email address; check it for typing errors' });
    return z.NEVER;
  }
  return address;
});

const name = oneLine(200);

/** A page of the dashboard. Auth decides whether it may be linked to; otherwise the link leads to the site's address. */
const returnTo = z.url({ protocol: /^https?$/ }).max(500).optional();

const role = z.enum(['operator', 'client']);

/** The body of the people function: one action per call. */
export const peopleRequest = z.discriminatedUnion('action', [
  z.strictObject({
    action: z.literal('invite'),
    email,
    role,
    client_id: z.uuid().nullable().default(null),
    name: name.optional(),
    /** `link`: no mail, the answer holds the link. */
    send: z.enum(['mail', 'link']).default('mail'),
    return_to: returnTo,
  }),
  z.strictObject({ action: z.literal('resend'), user_id: userId, return_to: returnTo }),
  z.strictObject({ action: z.literal('link'), user_id: userId, return_to: returnTo }),
  z.strictObject({
    action: z.literal('change'),
    user_id: userId,
    role: role.optional(),
    client_id: z.uuid().nullable().optional(),
    name: name.optional(),
  }),
  z.strictObject({ action: z.literal('remove'), user_id: userId }),
]);

export type PeopleRequest = z.infer<typeof peopleRequest>;
export type Invitation = Extract<PeopleRequest, { action: 'invite' }>;
