// What still reaches the project that a client left: deliveries under the old address, and people who end emails by the link in an old
// one. Deliveries are stored as if they had arrived at the other one; the business key says what it has already, so nothing counts twice
// however often this runs.
import { inTransaction, type Project, rowsOf } from './project.ts';

interface Delivery {
  connection_id: string;
  event_key: string;
  provider_campaign_id: string | null;
  event: string | null;
  payload: string | null;
  status: string;
  delivery_count: number;
  reason: string | null;
  received_at: string;
  source: string;
}

/** Deliveries per statement; each may hold a megabyte. */
const batchSize = 200;

/** `snapshot`: what it does not show is late; `receivedAfter`: what arrived after this moment is. */
export type Since = { snapshot: string } | { receivedAfter: string };

// xmin is the transaction that wrote a row, without its epoch: the present one, or the one before for numbers still to come.
const notInSnapshot = `
  not pg_visible_in_snapshot(
    (
      select case when e.guess >= e.next then e.guess - 4294967296 else e.guess end
      from (
        select n.next, w.xmin::text::numeric + div(n.next, 4294967296) * 4294967296 as guess
        from (select pg_snapshot_xmax(pg_current_snapshot())::text::numeric as next) as n
      ) as e
    )::text::xid8, $2::pg_snapshot
  )`;

const late = (condition: string) => `
  select w.connection_id, w.event_key, w.provider_campaign_id, w.event::text, w.payload::text,
    -- What waits here waits for nothing there.
    case when w.status in ('pending', 'quarantined') then 'pending' else w.status::text end as status,
    w.delivery_count, case when w.status = 'dead' then w.reason end as reason, w.received_at::text, w.source::text
  from private.webhook_events as w
  where w.connection_id = any ($1) and ${condition}
  order by w.id`;

/** Returns how many facts the other project did not have yet. */
export async function bringLateDeliveries(
  from: Project,
  to: Project,
  connections: string[],
  since: Since,
): Promise<number> {
  const deliveries = 'snapshot' in since
    ? await rowsOf<Delivery>(from, late(notInSnapshot), [connections, since.snapshot])
    : await rowsOf<Delivery>(from, late('w.received_at >= $2::timestamptz'), [
      connections,
      since.receivedAfter,
    ]);
  let brought = 0;
  for (let at = 0; at < deliveries.length; at += batchSize) {
    const batch = deliveries.slice(at, at + batchSize);
    brought += await inTransaction(to, async () => {
      const rows = await rowsOf<{ is_new: boolean }>(
        to,
        `insert into private.webhook_events as w
           (connection_id, event_key, provider_campaign_id, event, payload, status, delivery_count, reason, received_at, source)
         select d.connection_id, d.event_key, d.provider_campaign_id, d.event::jsonb, d.payload::jsonb,
           d.status::public.webhook_event_status, d.delivery_count, d.reason, d.received_at::timestamptz, d.source::private.event_source
         from jsonb_to_recordset($1::jsonb) as d (
           connection_id uuid, event_key uuid, provider_campaign_id text, event text, payload text, status text,
           delivery_count integer, reason text, received_at text, source text
         )
         order by d.connection_id, d.event_key
         on conflict (connection_id, event_key) do update
         set delivery_count = greatest(w.delivery_count, excluded.delivery_count)
         where w.delivery_count < excluded.delivery_count
         returning w.xmax = 0 as is_new`,
        [JSON.stringify(batch)],
      );
      return rows.filter((row) => row.is_new).length;
    });
  }
  return brought;
}

/** Who ended reports or notifications in the source after the move began has ended them in the target. */
export async function bringLateStops(source: Project, target: Project, clientId: string): Promise<void> {
  const reports = await rowsOf<{ token: string }>(
    source,
    `select r.stop_token::text as token
     from private.client_report_recipients as r join private.client_moves as m on m.client_id = r.client_id
     where r.client_id = $1 and r.stopped_at > m.started_at`,
    [clientId],
  );
  for (const { token } of reports) {
    await target.client.query('select worker.stop_reports($1)', [token]);
  }
  const people = await rowsOf<{ token: string; at: string }>(
    source,
    `select p.stop_token::text as token, p.updated_at::text as at
     from private.notification_preferences as p
     join public.members as k on k.user_id = p.user_id
     join private.client_moves as m on m.client_id = k.client_id
     where k.client_id = $1 and p.events = '{}' and p.updated_at > m.started_at`,
    [clientId],
  );
  for (const { token, at } of people) {
    await target.client.query(
      `select worker.stop_notifications(p.stop_token) from private.notification_preferences as p
       where p.stop_token = $1 and p.updated_at < $2::timestamptz and p.events <> '{}'`,
      [token, at],
    );
  }
}
