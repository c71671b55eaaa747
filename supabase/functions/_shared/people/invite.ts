import { z } from 'zod';
import type { Caller } from '../platform/caller.ts';
import { callFunction, type ServiceClient } from '../platform/database.ts';
import { type MailIdentity, mailInvitation, type MailProblem, makeLink } from './accounts.ts';
import { findPerson, type Person } from './person.ts';
import type { Invitation } from './request.ts';

export interface InvitationAnswer {
  user_id: string;
  /** False: it was a member already, with this role and client. */
  added: boolean;
  /** `active`: the account has been used, so there is nothing to accept. */
  state: 'invited' | 'active';
  /** `just_sent`: a mail went out less than a minute ago, and a second would make its link worthless. */
  sent: 'mail' | 'link' | 'just_sent' | 'nothing';
  link?: string;
  mail_problem?: MailProblem;
}

/** Seconds in which a second press sends nothing. */
const resendPause = 60;

/**
 * Makes the account first and the membership second: interrupted in between, the same call completes it, because an account
 * that no one has used is invited again.
 */
export async function invite(
  body: Invitation,
  caller: Caller,
  database: ServiceClient,
): Promise<InvitationAnswer> {
  await callFunction(
    database,
    'check_invitation',
    { new_role: body.role, new_client_id: body.client_id },
    z.boolean(),
  );
  const known = await findPerson(database, { address: body.email });
  const belongsElsewhere = known?.role != null &&
    (known.role !== body.role || known.client_id !== body.client_id);
  if (known && (known.is_confirmed || belongsElsewhere)) return await add(known, body, caller, database);
  if (known?.role != null && body.send === 'mail' && wasJustMailed(known)) {
    return { user_id: known.user_id, added: false, state: 'invited', sent: 'just_sent' };
  }

  const options = { name: body.name, returnTo: body.return_to };
  const { userId, answer } = await send(body.email, body.send, options, database);
  if (userId === undefined) {
    // Confirmed since we looked.
    const person = await findPerson(database, { address: body.email });
    if (person) return await add(person, body, caller, database);
  }
  const id = userId ?? '';
  const added = await addMember(id, body, true, caller, database);
  await recordInvitation(id, body.email, answer.sent, caller, database);
  return { user_id: id, added, state: 'invited', ...answer };
}

/** Invites again: the earlier link is worthless from then on. */
export async function resend(
  person: Person,
  returnTo: string | undefined,
  caller: Caller,
  database: ServiceClient,
): Promise<InvitationAnswer> {
  const base = { user_id: person.user_id, added: false, state: 'invited' as const };
  if (wasJustMailed(person)) return { ...base, sent: 'just_sent' };
  const { userId, answer } = await send(person.email, 'mail', { returnTo }, database);
  if (userId === undefined) return { ...base, state: 'active', sent: 'nothing' };
  await recordInvitation(person.user_id, person.email, answer.sent, caller, database);
  return { ...base, ...answer };
}

/** A mail, or the link where no mail is wanted or none can be sent. No user id: the account has been used. */
async function send(
  email: string,
  how: 'mail' | 'link',
  given: { name?: string | undefined; returnTo?: string | undefined },
  database: ServiceClient,
): Promise<{ userId: string | undefined; answer: Pick<InvitationAnswer, 'sent' | 'link' | 'mail_problem'> }> {
  const options = { ...given, identity: await readIdentity(database) };
  let problem: MailProblem | undefined;
  if (how === 'mail') {
    const mailed = await mailInvitation(database, email, options);
    if (mailed.outcome === 'sent') return { userId: mailed.userId, answer: { sent: 'mail' } };
    if (mailed.outcome === 'account_exists') return { userId: undefined, answer: { sent: 'nothing' } };
    problem = mailed.problem;
  }
  const link = await makeLink(database, 'invite', email, options);
  return {
    userId: link.userId,
    answer: { sent: 'link', link: link.url, ...(problem ? { mail_problem: problem } : {}) },
  };
}

const readIdentity = (database: ServiceClient): Promise<MailIdentity> =>
  callFunction(database, 'read_mail_identity', {}, z.record(z.string(), z.string()));

const wasJustMailed = (person: Person): boolean =>
  person.seconds_since_mail !== null && person.seconds_since_mail < resendPause;

/** Somebody with an account needs no invitation. */
async function add(
  person: Person,
  body: Invitation,
  caller: Caller,
  database: ServiceClient,
): Promise<InvitationAnswer> {
  const added = await addMember(person.user_id, body, !person.is_confirmed, caller, database);
  return {
    user_id: person.user_id,
    added,
    state: person.is_confirmed ? 'active' : 'invited',
    sent: 'nothing',
  };
}

async function addMember(
  userId: string,
  body: Invitation,
  isNewAccount: boolean,
  caller: Caller,
  database: ServiceClient,
): Promise<boolean> {
  const { added } = await callFunction(database, 'add_member', {
    target_user_id: userId,
    address: body.email,
    new_role: body.role,
    new_client_id: body.client_id,
    is_new_account: isNewAccount,
    actor: caller.userId,
  }, z.object({ added: z.boolean() }));
  return added;
}

async function recordInvitation(
  userId: string,
  address: string,
  sent: InvitationAnswer['sent'],
  caller: Caller,
  database: ServiceClient,
): Promise<void> {
  await callFunction(database, 'record_invitation', {
    target_user_id: userId,
    address,
    what: sent === 'mail' ? 'invitation_sent' : 'invitation_link_made',
    actor: caller.userId,
  }, z.unknown());
}
