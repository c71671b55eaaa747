import { z } from 'zod';
import type { Caller } from '../platform/caller.ts';
import { callFunction } from '../platform/database.ts';
import { AppError } from '../platform/errors.ts';
import { jsonResponse, readBody, requireMethod } from '../platform/http.ts';
import { createRunner } from '../platform/one-run.ts';
import type { FunctionOptions } from '../platform/signed-in-function.ts';
import type { OpenOptions } from './open-crm.ts';
import { type CrmRequest, crmRequest } from './request.ts';
import { runCrm } from './run.ts';
import { connectionRow, lookWith, saveConnection } from './save-connection.ts';

/** POST { action, … }: CRM accounts for operators and secret keys; pushing and reading for secret keys. */
export function createCrm(): (
  request: Request,
  caller: Caller,
  options: FunctionOptions,
) => Promise<Response> {
  const run = createRunner();
  return async (request, caller, options) => {
    requireMethod(request, 'POST');
    // Before the body is read: for everybody else there is nothing to find out here.
    if (caller.kind === 'client') {
      throw new AppError('FORBIDDEN', 'Only operators can manage the CRM; ask the agency');
    }
    const body = await readBody(request, crmRequest);
    const { database, environment, fetch } = options;
    const opening: OpenOptions = { environment, fetch };
    if (body.action === 'run') {
      if (caller.kind !== 'service') {
        throw new AppError('FORBIDDEN', 'Only the scheduler runs this; what is due is sent automatically');
      }
      options.runInBackground(run(() => runCrm({ ...opening, database })));
      return jsonResponse({ running: true }, 202);
    }
    const answer = jsonResponse(await act(body, caller.userId, options, opening));
    answer.headers.set('cache-control', 'no-store');
    return answer;
  };
}

async function act(
  body: Exclude<CrmRequest, { action: 'run' }>,
  actor: string | null,
  { database }: FunctionOptions,
  opening: OpenOptions,
): Promise<unknown> {
  switch (body.action) {
    case 'look':
    case 'look_again':
      return await lookWith(body, database, opening);
    case 'connect':
    case 'change':
      return { connection: await saveConnection(body, actor, database, opening) };
    case 'switch':
      return {
        connection: await callFunction(
          database,
          'switch_crm',
          { target_connection_id: body.connection_id, is_on: body.on, actor },
          connectionRow,
        ),
      };
    case 'disconnect':
      await callFunction(
        database,
        'remove_crm',
        { target_connection_id: body.connection_id, actor },
        z.unknown(),
      );
      return { connection_id: body.connection_id, disconnected: true };
    case 'push':
      return {
        push_id: await callFunction(
          database,
          'push_crm_lead',
          { target_lead_id: body.lead_id, actor },
          z.uuid(),
        ),
      };
    case 'retry':
    case 'retry_failed':
      return {
        retried: await callFunction(database, 'retry_crm_pushes', {
          target_connection_id: body.connection_id,
          target_push_id: body.action === 'retry' ? body.push_id : null,
          failed_since: body.action === 'retry_failed' ? body.since : null,
          actor,
        }, z.number()),
      };
  }
}
