// The last steps of a first deployment: somebody who can sign in, and a workspace whose campaigns come in.
import { z } from 'zod';
import { makeOperator, readParameters } from '../cli/operator.ts';
import { Failure } from '../shared/failure.ts';
import type { Context } from './context.ts';
import { hasTable } from './database-steps.ts';
import type { Step } from './steps.ts';

export const operatorStep: Step<Context> = {
  name: 'first operator',
  async plan(context) {
    if (context.operator === undefined) return [];
    const { email } = readParameters([context.operator]);
    if (!await hasTable(context.api, 'public.members')) return [email];
    const found = await context.api.query(
      z.object({ user_id: z.string() }),
      `select m.user_id from public.members as m join auth.users as u on u.id = m.user_id
       where m.role = 'operator' and lower(u.email) = $1`,
      [email],
    );
    return found.length > 0 ? [] : [email];
  },
  async run(context) {
    const request = readParameters([context.operator ?? '']);
    return await makeOperator(request, {
      url: context.projectUrl,
      key: await requireKey(context),
      dashboard: context.siteUrl,
    });
  },
};

const refusal = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

export const connectionStep: Step<Context> = {
  name: 'first connection',
  async plan(context) {
    const { connection } = context;
    if (connection === undefined) return [];
    const line = `"${connection.name}" at ${connection.provider}`;
    if (!await hasTable(context.api, 'public.provider_connections')) return [line];
    const found = await context.api.query(
      z.object({ id: z.string() }),
      `select id from public.provider_connections where provider = $1::public.provider and name = $2 and removed_at is null`,
      [connection.provider, connection.name],
    );
    return found.length > 0 ? [] : [line];
  },
  async run(context) {
    const { connection } = context;
    if (connection === undefined) return;
    await callFunction(context, 'provider-connection', {
      action: 'save',
      provider: connection.provider,
      client_id: null,
      name: connection.name,
      api_key: connection.apiKey,
    });
  },
};

/** A function of the project with its secret key; a refusal is this command's failure, in the function's own words. */
export async function callFunction(context: Context, name: string, body: unknown): Promise<unknown> {
  const response = await fetch(`${context.projectUrl}/functions/v1/${name}`, {
    method: 'POST',
    headers: { apikey: await requireKey(context), 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).catch((error: unknown) => {
    throw new Failure(`${context.projectUrl} cannot be reached; check PROJECT_URL and the network`, {
      cause: error,
    });
  });
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok) return answer;
  const known = refusal.safeParse(answer);
  throw new Failure(
    known.success
      ? `${name} refuses: ${known.data.error.message}`
      : `${name} answered ${response.status}; see its log in the dashboard`,
  );
}

async function requireKey(context: Context): Promise<string> {
  const key = await context.secretKey();
  if (key === null) throw new Failure('The project has no secret key "default"; run "npm run deploy" first');
  return key;
}
