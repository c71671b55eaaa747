// Where the providers deliver to. The id of a connection is the same in both projects, so the functions of either find the webhook and
// give it their own address.
import { Failure } from '../shared/failure.ts';
import { callFunction, type Project, rowOf, rowsOf } from './project.ts';

/** Where a webhook is on record, the provider is given the address of this project; the id of a connection is the same in both. */
export async function registerWebhooks(project: Project, connections: string[]): Promise<void> {
  const registered = await rowsOf<{ id: string; name: string }>(
    project,
    `select c.id::text, c.name from public.provider_connections as c
     where c.id = any ($1) and c.removed_at is null
       and exists (select from private.provider_keys as k where k.connection_id = c.id)
       and (
         exists (select from private.provider_webhooks as w where w.connection_id = c.id)
         or exists (select from private.campaign_webhooks as w where w.connection_id = c.id)
       )
     order by 1`,
    [connections],
  );
  for (const { id, name } of registered) {
    try {
      await callFunction(project, 'provider-connection', {
        action: 'register_webhook',
        connection_id: id,
      });
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      throw new Failure(
        `The webhook of "${name}" could not be given its address in the ${project.side}. ${error.message}`,
        { cause: error },
      );
    }
  }
}

/**
 * Campaigns with a webhook of their own that still has the address of the other project: their sync gives them this one, as fast as the
 * limits of the provider let it.
 */
export async function countOldWebhooks(project: Project, connections: string[]): Promise<number> {
  const found = await rowOf<{ campaigns: number }>(
    project,
    `select count(*)::int as campaigns
     from private.campaign_webhooks as w
     join private.provider_campaigns as p on p.connection_id = w.connection_id and p.provider_campaign_id = w.provider_campaign_id
     left join public.campaigns as c on c.id = p.campaign_id
     where w.connection_id = any ($1) and w.checked_at = '-infinity' and c.provider_status is distinct from 'deleted'`,
    [connections],
  );
  return found?.campaigns ?? 0;
}
