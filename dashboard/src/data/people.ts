// Inviting, changing and removing people. Only operators may; the function checks.
import * as z from 'zod/mini';
import { functionFailure } from './failure.ts';
import { supabase } from './supabase.ts';

const invited = z.object({
  user_id: z.string(),
  added: z.boolean(),
  state: z.enum(['invited', 'active']),
  sent: z.enum(['mail', 'link', 'just_sent', 'nothing']),
  link: z.optional(z.string()),
  mail_problem: z.optional(z.enum(['not_configured', 'address_not_allowed', 'limit_reached'])),
});

export type Invited = z.infer<typeof invited>;

const linked = z.object({ purpose: z.enum(['invite', 'recovery']), link: z.string() });

export type HandedLink = z.infer<typeof linked>;

const removed = z.object({ removed: z.boolean(), account_deleted: z.boolean() });

export interface Invitation {
  email: string;
  name: string;
  role: 'operator' | 'client';
  clientId: string | null;
}

export async function invitePerson({ email, name, role, clientId }: Invitation): Promise<Invited> {
  return invited.parse(
    await invoke({
      action: 'invite',
      email,
      role,
      client_id: clientId,
      ...(name.trim() === '' ? {} : { name: name.trim() }),
      return_to: returnTo(),
    }),
  );
}

export const resendInvitation = async (userId: string): Promise<Invited> =>
  invited.parse(await invoke({ action: 'resend', user_id: userId, return_to: returnTo() }));

export const makeLink = async (userId: string): Promise<HandedLink> =>
  linked.parse(await invoke({ action: 'link', user_id: userId, return_to: returnTo() }));

export async function changePerson(
  userId: string,
  changes: { name?: string; role: 'operator' | 'client'; clientId: string | null },
): Promise<void> {
  await invoke({
    action: 'change',
    user_id: userId,
    role: changes.role,
    client_id: changes.clientId,
    ...(changes.name === undefined ? {} : { name: changes.name }),
  });
}

export const removePerson = async (userId: string): Promise<z.infer<typeof removed>> =>
  removed.parse(await invoke({ action: 'remove', user_id: userId }));

/** This dashboard's own page for links. */
const returnTo = (): string => new URL(`${import.meta.env.BASE_URL}welcome`, location.origin).href;

async function invoke(body: Record<string, unknown>): Promise<unknown> {
  const { data, error } = await supabase().functions.invoke<unknown>('people', { body });
  if (error) throw await functionFailure(error);
  return data;
}
