// Both receivers: never a 5xx, a valid delivery is always 2xx, and a 2xx means that it is stored.
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { Fact } from '../support/oracle.ts';
import type { Project, TestConnection } from '../support/project.ts';
import type { ProviderDriver } from '../support/providers.ts';
import { jsonTexts, mutations, rawTexts } from './arbitraries.ts';
import type { Property } from './property.ts';

const types = [
  'email_sent',
  'email_opened',
  'link_clicked',
  'reply_received',
  'auto_reply_received',
  'email_bounced',
  'lead_unsubscribed',
  'lead_interested',
  'Send deck later',
];

export async function webhookProperty(project: Project, provider: ProviderDriver): Promise<Property> {
  const tenant = await project.createTenant('Hostile deliveries');
  const connection: TestConnection = await project.createConnection(
    tenant.clientId,
    undefined,
    provider.name,
  );
  const campaign = provider.newCampaignId();
  await project.listCampaigns(connection, campaign);

  const facts: fc.Arbitrary<Fact> = fc.record({
    type: fc.constantFrom(...types),
    campaign: fc.constantFrom(campaign, provider.newCampaignId()),
    email: fc.integer({ min: 0, max: 30 }).map((number) => `person${number}@hostile.test`),
    at: fc.integer({ min: 0, max: 10 * 86_400 }).map((seconds) =>
      new Date(Date.UTC(2026, 9, 1) + seconds * 1000).toISOString()
    ),
    account: fc.constantFrom('', 'mia@outreach.test'),
  });
  const base = facts.map((fact) => provider.deliveryOf(fact));
  const names = [
    ...new Set(
      types.flatMap((type) =>
        Object.keys(
          provider.deliveryOf({
            type,
            campaign,
            email: 'a@b.test',
            at: '2026-10-01T00:00:00Z',
            account: 'c@d.test',
          }),
        )
      ),
    ),
  ];
  const almostValid = mutations(base, names);
  const bodies = fc.oneof(
    { arbitrary: almostValid.map((body) => JSON.stringify(body)), weight: 6 },
    { arbitrary: fc.array(almostValid, { maxLength: 5 }).map((body) => JSON.stringify(body)), weight: 2 },
    { arbitrary: jsonTexts, weight: 3 },
    { arbitrary: rawTexts, weight: 1 },
  );
  const stored = async () =>
    (await project.one<{ n: number }>(
      'select coalesce(sum(delivery_count), 0)::int as n from private.webhook_events where connection_id = $1',
      [connection.id],
    )).n;

  return {
    name: `deliveries of ${provider.name}`,
    share: 0.2,
    check: fc.asyncProperty(
      bodies,
      fc.constantFrom('right', 'right', 'right', 'wrong'),
      async (body, secret) => {
        const before = await stored();
        const presented = secret === 'right' ? connection : { ...connection, secret: randomUUID() };
        const answer = await project.deliver(presented, body);
        const text = await answer.text();
        const now = await stored();
        if (answer.status >= 500) throw new Error(`${answer.status} ${text}`);
        if (secret === 'wrong') {
          if (![401, 429].includes(answer.status) || now !== before) {
            throw new Error(
              `A wrong secret: ${answer.status} ${text}`,
            );
          }
          return;
        }
        const payloads = countOf(body);
        const isValid = payloads !== undefined;
        if (isValid !== answer.ok) {
          throw new Error(
            `${isValid ? 'valid' : 'invalid'}, but ${answer.status} ${text}`,
          );
        }
        if (now - before !== (payloads ?? 0)) {
          throw new Error(`${now - before} stored of ${payloads ?? 0}: ${answer.status} ${text}`);
        }
      },
    ),
    after: async () => {
      await project.project();
      const [dead] = await project.sql<{ reason: string; payload: unknown }>(
        `select reason, payload from private.webhook_events
         where connection_id = $1 and status in ('pending', 'dead') and reason ~ '^[0-9A-Z]{5}: ' limit 1`,
        [connection.id],
      );
      return dead === undefined
        ? []
        : [`the projector failed: ${dead.reason} on ${JSON.stringify(dead.payload)}`];
    },
  };
}

/** How many payloads a body holds; undefined when it is not JSON. */
function countOf(body: string): number | undefined {
  try {
    // One mark of the byte order is part of the encoding, not of the text.
    const value = JSON.parse(body.replace(/^\ufeff/, '')) as unknown;
    return Array.isArray(value) ? value.length : 1;
  } catch {
    return undefined;
  }
}
