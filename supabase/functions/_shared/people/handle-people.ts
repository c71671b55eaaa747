import { z } from 'zod';
import type { Caller } from '../platform/caller.ts';
import { callFunction, type ServiceClient } from '../platform/database.ts';
import { AppError } from '../platform/errors.ts';
import { jsonResponse, readBody, requireMethod } from '../platform/http.ts';
import { deleteAccount, makeLink, rename } from './accounts.ts';
import { invite, resend } from './invite.ts';
import { type Person, requirePerson } from './person.ts';
import { type PeopleRequest, peopleRequest } from './request.ts';

/** POST { action: invite | resend | link | change | remove, … } from an operator or a secret key. */
export async function handlePeople(
  request: Request,
  caller: Caller,
  { database }: { database: ServiceClient },
): Promise<Response> {
  requireMethod(request, 'POST');
  // Before the body is read: for everybody else there is nothing to find out here.
  if (caller.kind === 'client') {
    throw new AppError('FORBIDDEN', 'Only operators can invite, change or remove people; ask the agency');
  }
  const body = await readBody(request, peopleRequest);
  switch (body.action) {
    case 'invite':
      return withoutStore(jsonResponse(await invite(body, caller, database)));
    case 'resend': {
      const person = await requirePerson(database, body.user_id);
      if (person.is_confirmed) {
        throw new AppError(
          'VALIDATION_FAILED',
          'This person has accepted already and can sign in; for a forgotten password make a link',
        );
      }
      return withoutStore(jsonResponse(await resend(person, body.return_to, caller, database)));
    }
    case 'link': {
      const person = await requirePerson(database, body.user_id);
      return withoutStore(jsonResponse(await link(person, body.return_to, caller, database)));
    }
    case 'change':
      return jsonResponse(await change(body, caller, database));
    case 'remove':
      return jsonResponse(await remove(body.user_id, caller, database));
  }
}

/** A link to hand over. It is as much as the person's password, so who made it is recorded before it leaves. */
async function link(
  person: Person,
  returnTo: string | undefined,
  caller: Caller,
  database: ServiceClient,
): Promise<unknown> {
  const purpose = person.is_confirmed ? 'recovery' : 'invite';
  await callFunction(database, 'record_invitation', {
    target_user_id: person.user_id,
    address: person.email,
    what: purpose === 'invite' ? 'invitation_link_made' : 'password_link_made',
    actor: caller.userId,
  }, z.unknown());
  const made = await makeLink(database, purpose, person.email, { returnTo });
  return { user_id: person.user_id, purpose, link: made.url };
}

async function change(
  body: Extract<PeopleRequest, { action: 'change' }>,
  caller: Caller,
  database: ServiceClient,
): Promise<unknown> {
  const person = await requirePerson(database, body.user_id);
  const role = body.role ?? person.role;
  // An operator has no client; who becomes one loses it.
  const clientId = role === 'operator' ? body.client_id ?? null : body.client_id ?? person.client_id;
  const { changed } = await callFunction(database, 'change_member', {
    target_user_id: person.user_id,
    address: person.email,
    new_role: role,
    new_client_id: clientId,
    actor: caller.userId,
  }, z.object({ changed: z.boolean() }));
  if (body.name !== undefined) await rename(database, person.user_id, body.name);
  return { user_id: person.user_id, role, client_id: clientId, changed: changed || body.name !== undefined };
}

/** Rights and sessions end in the database first; then the account goes, where an invitation had made it. */
async function remove(userId: string, caller: Caller, database: ServiceClient): Promise<unknown> {
  const person = await requirePerson(database, userId).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'NOT_FOUND') return null;
    throw error;
  });
  const removed = await callFunction(
    database,
    'remove_member',
    { target_user_id: userId, address: person?.email ?? '', actor: caller.userId },
    z.object({ removed: z.boolean(), sessions_ended: z.number(), made_account: z.boolean() }),
  );
  const isDeleted = removed.made_account && await deleteAccount(database, userId);
  return {
    user_id: userId,
    removed: removed.removed,
    sessions_ended: removed.sessions_ended,
    account_deleted: isDeleted,
  };
}

function withoutStore(response: Response): Response {
  response.headers.set('cache-control', 'no-store');
  return response;
}
