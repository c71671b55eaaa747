// The baseline: the receiver that most projects start with. Per event four sequential supabase-js round trips: look up the
// connection, look up the campaign, insert the event, update the lead. It uses the same Data API and connection pool as ours.
import process from 'node:process';
import { createClient } from '@supabase/supabase-js';

const keys = JSON.parse(process.env['SUPABASE_SECRET_KEYS'] ?? '{}') as { default: string };
const database = createClient(process.env['SUPABASE_URL'] ?? '', keys.default, {
  auth: { persistSession: false, autoRefreshToken: false },
});
/** Instantly's event types that have another name here. */
const types = new Map([['link_clicked', 'email_clicked']]);
let counter = Date.now() * 1000;

export default {
  async fetch(request: Request): Promise<Response> {
    const connectionId = new URL(request.url).pathname.split('/').at(-1) ?? '';
    const event = await request.json() as Record<string, unknown>;

    const connection = await database.from('provider_connections').select('id, client_id, provider').eq(
      'id',
      connectionId,
    ).single();
    if (connection.error) return Response.json({ error: connection.error.message }, { status: 401 });
    const campaign = await database.from('campaigns').select('id, client_id').eq(
      'connection_id',
      connectionId,
    ).limit(1).single();
    if (campaign.error) return Response.json({ error: campaign.error.message }, { status: 404 });
    const inserted = await database.from('email_events').insert({
      id: counter++,
      occurred_at: String(event['timestamp']),
      client_id: campaign.data.client_id as string,
      campaign_id: campaign.data.id as string,
      connection_id: connectionId,
      provider: 'instantly',
      type: types.get(String(event['event_type'])) ?? String(event['event_type']),
      email: String(event['lead_email']),
      received_at: new Date().toISOString(),
    });
    if (inserted.error) return Response.json({ error: inserted.error.message }, { status: 500 });
    const updated = await database.from('synced_leads').update({ last_event_at: String(event['timestamp']) })
      .eq('campaign_id', campaign.data.id as string).eq('email', String(event['lead_email']));
    if (updated.error) return Response.json({ error: updated.error.message }, { status: 500 });
    return Response.json({ ok: true });
  },
};
