// A positive reply as Instantly posts it, of a lead that is new: what many stories begin with.
import { createHash, randomUUID } from 'node:crypto';
import process from 'node:process';
import { expect } from '@playwright/test';
import { delivery } from '../support/deliveries.ts';
import { lakeside } from './months.ts';
import { sql } from './support.ts';

const lakesideConnection = 'd0000000-0000-4000-8000-000000000001';

/** Returns the address of the lead; the campaign is called "Story". */
export async function positiveReply(): Promise<string> {
  const secret = randomUUID();
  await sql('insert into private.webhook_secrets (connection_id, digest) values ($1, $2)', [
    lakesideConnection,
    createHash('sha256').update(secret).digest(),
  ]);
  const [campaign] = await sql<{ id: string }>(
    `insert into public.campaigns (client_id, connection_id, name) values ($1, $2, 'Story') returning id`,
    [lakeside, lakesideConnection],
  );
  const providerCampaign = randomUUID();
  await sql('select private.map_provider_campaign($1, $2, $3)', [
    lakesideConnection,
    providerCampaign,
    campaign?.id,
  ]);
  const email = `story${randomUUID().slice(0, 8)}@fjordpak.test`;
  for (const type of ['reply_received', 'lead_interested']) {
    const response = await fetch(
      `${process.env['API_URL']}/functions/v1/instantly-webhook/${lakesideConnection}`,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-webhook-secret': secret },
        body: JSON.stringify(delivery(type, {
          campaign: providerCampaign,
          lead_email: email,
          email,
          timestamp: new Date().toISOString(),
          reply_text: 'Yes, please call me',
        })),
      },
    );
    expect(response.status).toBe(200);
  }
  return email;
}
