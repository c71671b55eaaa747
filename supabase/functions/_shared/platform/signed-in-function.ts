import { lookup } from 'node:dns/promises';
import process from 'node:process';
import { withSupabase } from '@supabase/server';
import { runInBackground } from './background.ts';
import { type Caller, identifyCaller, requireMembership } from './caller.ts';
import type { Database } from './database.types.ts';
import type { ServiceClient } from './database.ts';
import { type Environment, readEnvironment } from './environment.ts';
import { discardBody, errorResponse } from './http.ts';
import { type AddressRules, createOutboundFetch } from './outbound.ts';

/** What every function that works with providers needs. */
export interface FunctionOptions {
  database: ServiceClient;
  /** The database with the rights of the caller: row level security decides. Of a secret key it is the one above. */
  asCaller: ServiceClient;
  environment: Environment;
  /** Obeys the rules of outbound.ts. */
  fetch: typeof fetch;
  /** The same rules, for an address that is saved. */
  address: AddressRules;
  now: () => Date;
  runInBackground: (work: Promise<unknown>) => void;
  /** Public URL of the functions, to which providers deliver. */
  functionsUrl: string;
}

/** As the runtime's own fetch resolves a name: all of its addresses. */
const resolve = async (host: string): Promise<string[]> =>
  (await lookup(host, { all: true })).map(({ address }) => address);

/** The wiring of a function for users (token) and programs (any named secret key). */
export function createSignedInFunction(
  handle: (request: Request, caller: Caller, options: FunctionOptions) => Promise<Response>,
): (request: Request) => Promise<Response> {
  const answer = withSupabase<Database>({ auth: ['secret:*', 'user'] }, async (request, context) => {
    try {
      const environment = readEnvironment((name) => process.env[name]);
      const caller = identifyCaller(context);
      await requireMembership(caller, context.supabaseAdmin);
      const address = { allowsPrivate: environment.allowsPrivateEndpoints, resolve };
      return await handle(request, caller, {
        database: context.supabaseAdmin,
        asCaller: caller.kind === 'service' ? context.supabaseAdmin : context.supabase,
        environment,
        functionsUrl: environment.functionsUrl ?? `${process.env['SUPABASE_URL']}/functions/v1`,
        fetch: createOutboundFetch({ ...address, fetch, now: Date.now }),
        address,
        now: () => new Date(),
        runInBackground,
      });
    } catch (error) {
      return errorResponse(error);
    }
  });
  return async (request) => {
    const response = await answer(request);
    // A refused request may still be sending its body.
    await discardBody(request);
    return response;
  };
}
