import { z } from 'zod';
import { encryptKey } from '../connections/encryption.ts';
import { endpointPurpose } from '../connections/reencrypt.ts';
import type { Caller } from '../platform/caller.ts';
import { callFunction } from '../platform/database.ts';
import { AppError } from '../platform/errors.ts';
import { jsonResponse, readBody, requireMethod } from '../platform/http.ts';
import { createRunner } from '../platform/one-run.ts';
import type { FunctionOptions } from '../platform/signed-in-function.ts';
import { requireReachableUrl } from '../platform/outbound.ts';
import { deliver, type DeliverOptions, takenDelivery } from './deliver.ts';
import { type OutgoingRequest, outgoingRequest } from './request.ts';
import { saveMailSettings, showMailSettings, testMail } from './mail-settings.ts';
import { sendNotifications } from './send-notifications.ts';
import { leaseSeconds, recordResults, sendDue } from './send.ts';
import { makeSecret } from './signature.ts';

const endpoint = z.looseObject({ id: z.uuid(), format: z.string() });
type Endpoint = z.infer<typeof endpoint>;

/** POST { action, … }: endpoints for operators and secret keys; sending for secret keys. */
export function createOutgoing(): (
  request: Request,
  caller: Caller,
  options: FunctionOptions,
) => Promise<Response> {
  const send = createRunner();
  return async (request, caller, options) => {
    requireMethod(request, 'POST');
    // Before the body is read: for everybody else there is nothing to find out here.
    if (caller.kind === 'client') {
      throw new AppError('FORBIDDEN', 'Only operators can manage endpoints; ask the agency');
    }
    const body = await readBody(request, outgoingRequest);
    const { environment } = options;
    const delivering: DeliverOptions = {
      fetch: options.fetch,
      now: options.now,
      masterKeys: environment.masterKeys,
    };
    if (body.action === 'send') {
      if (caller.kind !== 'service') {
        throw new AppError('FORBIDDEN', 'Only the scheduler sends; events leave by themselves');
      }
      options.runInBackground(send(async () => {
        const { database, functionsUrl } = options;
        // Side by side: a mail does not wait for an endpoint that is slow.
        await Promise.all([
          sendDue({ ...delivering, database }),
          sendNotifications({ ...delivering, database, functionsUrl }),
        ]);
      }));
      return jsonResponse({ sending: true }, 202);
    }
    const answer = jsonResponse(await act(body, caller.userId, options, delivering));
    // It may hold a secret.
    answer.headers.set('cache-control', 'no-store');
    return answer;
  };
}

async function act(
  body: Exclude<OutgoingRequest, { action: 'send' }>,
  actor: string | null,
  options: FunctionOptions,
  delivering: DeliverOptions,
): Promise<unknown> {
  const { database } = options;
  switch (body.action) {
    case 'add': {
      await requireReachableUrl(body.url, options.address);
      const id = crypto.randomUUID();
      const { secret, ...encrypted } = await encryptSecret(id, options);
      const saved = await callFunction(database, 'save_endpoint', {
        target_endpoint_id: id,
        saved: { ...withoutAction(body), ...encrypted },
        actor,
      }, endpoint);
      return withSecret(saved, secret);
    }
    case 'change': {
      if (body.url !== undefined) await requireReachableUrl(body.url, options.address);
      const saved = { name: body.name, url: body.url, format: body.format, events: body.events };
      return {
        endpoint: await callFunction(
          database,
          'save_endpoint',
          { target_endpoint_id: body.endpoint_id, saved, actor },
          endpoint,
        ),
      };
    }
    case 'rotate_secret': {
      const { secret, encrypted_secret, master_key_id } = await encryptSecret(body.endpoint_id, options);
      const rotated = await callFunction(database, 'rotate_endpoint_secret', {
        target_endpoint_id: body.endpoint_id,
        encrypted: encrypted_secret,
        key_id: master_key_id,
        actor,
      }, endpoint);
      return withSecret(rotated, secret);
    }
    case 'switch':
      return {
        endpoint: await callFunction(
          database,
          'switch_endpoint',
          { target_endpoint_id: body.endpoint_id, is_on: body.on, actor },
          endpoint,
        ),
      };
    case 'remove':
      await callFunction(
        database,
        'remove_endpoint',
        { target_endpoint_id: body.endpoint_id, actor },
        z.unknown(),
      );
      return { endpoint_id: body.endpoint_id, removed: true };
    case 'test': {
      const taken = await callFunction(database, 'start_endpoint_test', {
        target_endpoint_id: body.endpoint_id,
        lease_seconds: leaseSeconds,
        actor,
      }, z.tuple([takenDelivery]));
      const result = await deliver(taken[0], delivering);
      await recordResults(database, [result]);
      const { event_id, status, answer, error, duration_ms } = result;
      return { event_id, delivered: error === null, status, answer, error, duration_ms };
    }
    case 'read_mail':
      return await showMailSettings(database);
    case 'save_mail':
      return await saveMailSettings(body, actor, options);
    case 'test_mail':
      return await testMail(body.to, options);
    case 'replay':
    case 'replay_failed':
      return {
        replayed: await callFunction(database, 'replay_outgoing', {
          target_endpoint_id: body.endpoint_id,
          target_event_id: body.action === 'replay' ? body.event_id : null,
          failed_since: body.action === 'replay' ? null : body.since,
          actor,
        }, z.number()),
      };
  }
}

async function encryptSecret(endpointId: string, { environment }: FunctionOptions) {
  const secret = makeSecret();
  const { encryptedKey, masterKeyId } = await encryptKey(
    environment.masterKeys,
    endpointPurpose(endpointId),
    secret,
  );
  return { secret, encrypted_secret: encryptedKey, master_key_id: masterKeyId };
}

/** A chat verifies nothing, so no secret is shown for it. */
const withSecret = (saved: Endpoint, secret: string) => ({
  endpoint: saved,
  secret: saved.format === 'json' ? secret : null,
});

const withoutAction = ({ action: _, ...rest }: Extract<OutgoingRequest, { action: 'add' }>) => rest;
