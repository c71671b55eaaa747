// search_messages for a signed-in client: never a 5xx, never a row of another client.
import fc from 'fast-check';
import type { Project } from '../support/project.ts';
import { texts, values } from './arbitraries.ts';
import type { Property } from './property.ts';

export async function searchProperty(project: Project): Promise<Property> {
  const tenant = await project.createTenant('Searching');
  const other = await project.createTenant('Other');
  for (const { clientId } of [tenant, other]) {
    const connection = await project.createConnection(clientId);
    const campaign = await project.createCampaign(clientId, connection.id, {});
    const [lead] = await project.sql<{ id: string }>(
      `insert into public.synced_leads (client_id, campaign_id, email) values ($1, $2, 'a@search.test') returning id`,
      [clientId, campaign],
    );
    await project.sql(
      `insert into public.messages (client_id, campaign_id, lead_id, connection_id, provider, direction, source, email, occurred_at, subject, body_text)
       select $1, $2, $3, $4, 'instantly', 'received', 'webhook', 'a@search.test', now(), 'Price list ' || n, 'Please send the prices, it''s & <b>urgent</b>'
       from generate_series(1, 5) as n`,
      [clientId, campaign, lead?.id, connection.id],
    );
  }
  const client = await project.signIn(tenant);
  const token = (await client.auth.getSession()).data.session?.access_token ?? '';
  const queries = fc.oneof(
    texts,
    fc.array(
      fc.constantFrom(
        'price',
        '"',
        '-',
        'or',
        'OR',
        '|',
        '&',
        '!',
        '(',
        ')',
        ':*',
        '<->',
        "'",
        '\\',
        'ä',
        '%',
        '*',
        ' ',
      ),
      {
        maxLength: 12,
      },
    ).map((parts) => parts.join(' ')),
    fc.string({ unit: 'binary', maxLength: 3_000 }),
  );
  const bodies = fc.record(
    {
      query: fc.oneof({ arbitrary: queries, weight: 5 }, values),
      only_campaign: fc.oneof(fc.uuid(), fc.constant(null), values),
      only_direction: fc.constantFrom('received', 'sent', null, '', 'x', 7),
      page_size: fc.oneof(fc.integer(), fc.constantFrom(0, -1, 2 ** 31, 1e20, null)),
      page_offset: fc.oneof(fc.integer(), fc.constantFrom(0, -1, 2 ** 31, null)),
      only_client: fc.constantFrom(null, other.clientId, tenant.clientId),
    },
    { requiredKeys: ['query'] },
  );

  return {
    name: 'search',
    share: 0.2,
    check: fc.asyncProperty(bodies, async (body) => {
      const answer = await fetch(`${project.stack.apiUrl}/rest/v1/rpc/search_messages`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          apikey: project.stack.publishableKey,
          authorization: `Bearer ${token}`,
        },
        body: JSON.stringify(body),
      });
      const text = await answer.text();
      if (answer.status >= 500) throw new Error(`${answer.status} ${text}`);
      if (!answer.ok) return;
      const rows = JSON.parse(text) as { client_id: string }[];
      if (rows.some((row) => row.client_id !== tenant.clientId)) throw new Error('A row of another client');
    }),
  };
}
