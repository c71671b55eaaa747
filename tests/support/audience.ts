// Who may read and call what, for the tests that walk through the catalogue as each kind of person.
import type { Project } from './project.ts';

/** What only operators read; a client sees not even what is about itself. */
export const forOperators = [
  'audit_log',
  'unmapped_campaigns',
  'dead_letters',
  'webhook_ledger',
  'analytics_drift',
  'provider_api_calls',
  'incidents',
];

/** The RPCs that are operators' doors: others are told so, nobody else gets through. */
export const operatorDoors = [
  'map_campaign',
  'remap_campaign',
  'replay_dead_letters',
  'set_client_integration',
];

/** The codes with which a call without any argument is refused: an operator is told what is wrong with the arguments. */
export function refusalsOf(name: string, person: string): string[] {
  if (!operatorDoors.includes(name) || person === 'anon') return ['42501'];
  return person === 'operator' ? ['PT400', 'PT404'] : ['PT403'];
}

/** Gives a connection what only operators read: a campaign that waits to be mapped, a delivery that nobody could read. */
export async function addForOperators(project: Project, connectionId: string): Promise<void> {
  await project.sql(
    `with unmapped as (
       insert into private.provider_campaigns (connection_id, provider_campaign_id) values ($1, gen_random_uuid())
     ), called as (
       insert into public.provider_api_calls (connection_id, client_id, called_at, method, path, duration_ms, attempt)
       select id, client_id, now(), 'GET', '/api/v2/campaigns', 1, 1 from public.provider_connections where id = $1
     )
     insert into private.webhook_events (connection_id, event_key, payload, status) values ($1, gen_random_uuid(), '{}', 'dead')`,
    [connectionId],
  );
  await project.sql(`select public.record_provider_webhook($1, null, null, 'missing')`, [connectionId]);
}

/** Gives a connection a mailbox with a day. */
export async function addMailbox(project: Project, connectionId: string, email: string): Promise<void> {
  await project.sql(
    `select public.record_email_accounts($1, jsonb_build_array(jsonb_build_object('email', $2::text, 'status', 'active')))`,
    [connectionId, email],
  );
  await project.sql(
    `insert into public.email_account_days (account_id, client_id, day)
     select a.id, a.client_id, '2026-10-05' from public.email_accounts as a where a.email = $1`,
    [email],
  );
}

/** What of the given things stands in the text, with a little around it. */
export function found(text: string, things: Map<string, string>): string[] {
  return [...things].flatMap(([value, what]) => {
    const at = text.indexOf(value);
    return at < 0 ? [] : [`${what}: ${text.slice(Math.max(0, at - 120), at + value.length + 60)}`];
  });
}
