// Every function with any method, headers and body, by anybody: never a 5xx, and a refusal says why in the one shape.
import fc from 'fast-check';
import type { Project } from '../support/project.ts';
import { jsonTexts, rawTexts, texts } from './arbitraries.ts';
import { requestBodies } from './request-bodies.ts';
import type { Property } from './property.ts';

export async function functionsProperty(project: Project): Promise<Property> {
  const tenant = await project.createTenant('Hostile calls');
  const connection = await project.createConnection(tenant.clientId);
  const campaign = await project.createCampaign(tenant.clientId, connection.id, {});
  const sessions = await Promise.all(
    [tenant, await project.createUser('operator', null), await project.createUser(null, null)].map(
      async (person) => {
        const client = await project.signIn(person);
        return (await client.auth.getSession()).data.session?.access_token ?? '';
      },
    ),
  );
  const { publishableKey, secretKeys } = project.stack;
  const callers: Record<string, string>[] = [
    {},
    { apikey: publishableKey },
    ...sessions.map((token) => ({ apikey: publishableKey, authorization: `Bearer ${token}` })),
    { apikey: secretKeys.default },
    { apikey: secretKeys.cron },
    { apikey: 'sb_secret_wrong' },
    { authorization: 'Bearer a.b.c' },
    { authorization: 'Basic Og==' },
  ];
  const ids = fc.oneof(fc.constantFrom(tenant.clientId, connection.id, campaign), fc.uuid());
  const anyBody = fc.record({
    slug: fc.constantFrom(...project.stack.functions.slugs),
    body: fc.oneof(jsonTexts, rawTexts, texts),
  });
  const calls = fc.record({
    call: fc.oneof({ arbitrary: requestBodies(ids), weight: 3 }, { arbitrary: anyBody, weight: 1 }),
    method: fc.constantFrom(
      'POST',
      'POST',
      'POST',
      'POST',
      'GET',
      'PUT',
      'DELETE',
      'PATCH',
      'OPTIONS',
      'HEAD',
    ),
    path: fc.constantFrom(
      '',
      '',
      '',
      '',
      '/',
      '/stop',
      '/stop?token=x',
      '/logo?client_id=x',
      '/%00',
      '/..%2f',
      '?a=b&a=c',
      '/a/b',
    ),
    caller: fc.constantFrom(...callers),
    headers: fc.constantFrom<Record<string, string>>(
      { 'content-type': 'application/json' },
      { 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
      { 'content-type': 'text/plain' },
      { 'content-type': 'application/json', 'content-encoding': 'gzip' },
      { 'content-type': 'application/json', 'content-encoding': 'br' },
      { 'content-type': 'multipart/form-data; boundary=x' },
      { 'x-forwarded-for': '::1, ???', 'accept-language': ';;q=9', origin: 'null' },
    ),
  });

  return {
    name: 'bodies of functions',
    share: 0.3,
    check: fc.asyncProperty(calls, async ({ call: { slug, body }, method, path, caller, headers }) => {
      const answer = await fetch(`${project.stack.functionsUrl}/${slug}${path}`, {
        method,
        headers: { ...headers, ...caller },
        redirect: 'manual',
        ...(method === 'GET' || method === 'HEAD' ? {} : { body }),
      });
      const text = await answer.text();
      if (answer.status >= 500 && !isMeant(slug, answer.status, text)) {
        throw new Error(`${answer.status} ${text}`);
      }
    }),
  };
}

/**
 * 502 with this code: the provider, an endpoint or a mail service did not answer. 503 of health: the scheduler does not run,
 * and that is what it is asked.
 */
const isMeant = (slug: string, status: number, text: string): boolean =>
  (status === 502 && text.includes('"API_UNAVAILABLE"')) || (slug === 'health' && status === 503);
