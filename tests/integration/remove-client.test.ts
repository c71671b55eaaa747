// Deleting a client: everything of it goes, from its workspaces too, nothing of anybody else's does, and a run that is
// killed anywhere is continued by the next.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addMailbox, addReply } from '../support/audience.ts';
import { deliverable } from '../support/businesses.ts';
import { delivery } from '../support/deliveries.ts';
import {
  type Client,
  type Project,
  startProject,
  type Tenant,
  type TestConnection,
} from '../support/project.ts';
import { providerApi } from '../support/provider-api.ts';
import { addForReports } from '../support/report-rows.ts';
import { prepareMessages } from '../support/prepare-messages.ts';

let project: Project;
let operator: Client;
let operatorId: string;
let staying: Tenant;
let shared: TestConnection;
const stayingCampaign = randomUUID();

beforeAll(async () => {
  project = await startProject({
    functions: ['remove-client', 'instantly-webhook', 'provider-connection', 'sync-client'],
  });
  operator = await project.signIn(await project.createUser('operator', null));
  operatorId = (await operator.auth.getUser()).data.user!.id;
  staying = await project.createTenant('Staying');
  shared = await project.createConnection(null);
  await furnish(staying, await project.createConnection(staying.clientId), stayingCampaign);
});
afterAll(() => project.stop());

/** Leads, events, messages, costs, mailboxes, suppressions, jobs: in a workspace of its own and in the shared one. */
async function furnish(tenant: Tenant, own: TestConnection, sharedCampaign: string): Promise<void> {
  const campaign = await project.createCampaign(tenant.clientId, own.id, { name: 'Own' });
  const inShared = await project.createCampaign(tenant.clientId, shared.id, { name: 'Shared' });
  const ownCampaign = randomUUID();
  await project.sql('select private.map_provider_campaign($1, $2, $3)', [own.id, ownCampaign, campaign]);
  await project.sql('select private.map_provider_campaign($1, $2, $3)', [
    shared.id,
    sharedCampaign,
    inShared,
  ]);
  await project.addBusinesses(tenant.clientId, campaign, deliverable(300, `b${tenant.clientId.slice(0, 6)}`));
  const events = (connection: TestConnection, id: string) =>
    project.deliver(
      connection,
      ['email_sent', 'reply_received', 'email_bounced', 'lead_unsubscribed'].flatMap((type) =>
        Array.from({ length: 25 }, (_, index) =>
          delivery(type, {
            campaign: id,
            campaign_id: id,
            lead_email: `lead${index}@${type.replaceAll('_', '-')}.test`,
          }))
      ),
    );
  expect((await events(own, ownCampaign)).status).toBe(200);
  expect((await events(shared, sharedCampaign)).status).toBe(200);
  await project.project();
  await addForReports(project, tenant.clientId, campaign);
  await addReply(project, campaign);
  await addMailbox(project, own.id, `mia@${tenant.clientId.slice(0, 6)}.test`);
  await project.sql(
    `insert into public.cost_entries (client_id, kind, amount, currency, spent_on) values ($1, 'other', 5, 'EUR', current_date)`,
    [tenant.clientId],
  );
  await project.sql(`select worker.request_export($1, false, null)`, [campaign]);
  // Texts are prepared in the background, which would change rows of everybody later.
  await prepareMessages(project);
}

/** Rows that belong to no removed client: a digest of every table, without what only says when something was looked at. */
async function fingerprint(without: string): Promise<Record<string, string>> {
  const tables = await project.sql<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name
     from pg_class as c join pg_namespace as n on n.oid = c.relnamespace
     where n.nspname in ('public', 'private') and c.relkind = 'r'
       and c.relname not in ('audit_log', 'jobs', 'client_changes', 'pending_changes', 'clients', 'function_calls',
         'provider_api_calls', 'provider_connections', 'rate_budgets', 'rate_grants',
         -- When a shared workspace last delivered: its deliveries for the other client move it, after five seconds.
         'connection_activity')
     order by 1`,
  );
  const digests: Record<string, string> = {};
  for (const { name } of tables) {
    const { digest } = await project.one<{ digest: string }>(
      `select count(*) || ' ' || coalesce(md5(string_agg(to_jsonb(t)::text, '|' order by to_jsonb(t)::text)), '') as digest
       from ${name} as t
       where not (to_jsonb(t) ->> 'client_id' is not distinct from $1)`,
      [without],
    );
    digests[name] = digest;
  }
  return digests;
}

/** Every row anywhere whose text has the client's id, or one of its workspaces'. */
async function traces(ids: string[]): Promise<string[]> {
  const tables = await project.sql<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name
     from pg_class as c join pg_namespace as n on n.oid = c.relnamespace
     where n.nspname in ('public', 'private') and c.relkind = 'r' and c.relname not in ('jobs', 'audit_log', 'function_calls')`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const [row] = await project.sql(`select t::text from ${name} as t where t::text like any ($1) limit 1`, [
      ids.map((id) => `%${id}%`),
    ]);
    if (row) found.push(`${name}: ${JSON.stringify(row)}`);
  }
  return found;
}

const removal = (jobId: string) =>
  project.invoke('remove-client', { job_id: jobId }, project.stack.secretKeys.cron);

async function ask(tenant: Tenant, name: string): Promise<string> {
  const { data, error } = await operator.rpc('delete_client', {
    target_client_id: tenant.clientId,
    confirm_name: name,
  });
  expect(error).toBeNull();
  return String((data as { job_id: string }).job_id);
}

describe('deleting a client', () => {
  it('removes its data, webhooks, keys and accounts, reports each table, and touches nothing else', async () => {
    const before = await fingerprint('');
    const leaving = await project.createTenant('Leaving');
    await project.sql(
      'update public.members set made_account = true where user_id = (select id from auth.users where email = $1)',
      [leaving.email],
    );
    // Somebody whose account was there before: the membership ends, the account is his.
    const earlier = await project.createUser('client', leaving.clientId);
    const earlierSession = await project.signIn(earlier);
    const person = await project.signIn(leaving);
    const key = `key-${randomUUID()}`;
    const own = await project.createConnection(leaving.clientId, key);
    const sharedCampaign = randomUUID();
    expect(
      (await operator.functions.invoke('provider-connection', {
        body: { action: 'register_webhook', connection_id: own.id },
      })).error,
    ).toBeNull();
    const hooks = async () =>
      (await providerApi(project.simulator.url, key).get('webhooks?limit=100'))['items'] as unknown[];
    expect(await hooks()).toHaveLength(1);
    await furnish(leaving, own, sharedCampaign);
    // A delivery that stayed in quarantine, of its campaign in the shared workspace.
    await project.sql(
      `insert into private.webhook_events (connection_id, event_key, provider_campaign_id, payload, event, status)
       values ($1, gen_random_uuid(), $2, '{}', '{}', 'dead')`,
      [shared.id, sharedCampaign],
    );

    expect(
      (await operator.rpc('delete_client', { target_client_id: leaving.clientId, confirm_name: 'Left' }))
        .error?.code,
    )
      .toBe('PT400');
    const jobId = await ask(leaving, 'Leaving');
    // Shut out at once, with the token that was valid a moment ago.
    expect((await person.from('clients').select('id')).error?.message).toBe('FORBIDDEN');
    expect((await removal(jobId)).status).toBe(202);
    const job = await project.jobEnded(jobId);
    expect(job).toMatchObject({ status: 'completed', client_id: null });
    expect(job['result']).toMatchObject({
      workspaces_left: 1,
      webhooks_not_removed: [],
      removed: {
        people: 2,
        accounts: 1,
        businesses: 300,
        email_events: expect.any(Number) as number,
        synced_leads: expect.any(Number) as number,
        messages: expect.any(Number) as number,
        campaigns: 2,
        provider_connections: 1,
        cost_entries: expect.any(Number) as number,
      },
    });
    expect(await hooks()).toEqual([]);
    expect(await traces([leaving.clientId, own.id, sharedCampaign])).toEqual([]);
    expect(await project.sql('select 1 from auth.users where email = $1', [leaving.email])).toEqual([]);
    expect(
      await project.one(
        `select (select count(*)::int from auth.sessions as s where s.user_id = u.id) as sessions,
           (select count(*)::int from public.members as m where m.user_id = u.id) as memberships
         from auth.users as u where u.email = $1`,
        [earlier.email],
      ),
    ).toEqual({ sessions: 0, memberships: 0 });
    expect((await earlierSession.from('clients').select('id')).data ?? []).toEqual([]);
    // He can still sign in, and reads nothing.
    expect((await (await project.signIn(earlier)).from('campaigns').select('id')).data ?? []).toEqual([]);
    expect(await fingerprint('')).toEqual(before);

    const log = await project.sql<{ action: string; details: Record<string, unknown>; actor_id: string }>(
      `select action, details, actor_id from public.audit_log where target_id = $1 order by id`,
      [leaving.clientId],
    );
    expect(log.map(({ action }) => action)).toEqual([
      'client_switched_off',
      'client_removal_requested',
      'client_removed',
    ]);
    expect(log.slice(0, -1).map(({ details }) => details)).toEqual([{}, {}]);
    expect(log.at(-1)).toMatchObject({ actor_id: operatorId, details: { name: 'Leaving', businesses: 300 } });
    expect((await operator.from('operator_jobs').select('kind, client_name').eq('job_id', jobId)).data)
      .toEqual([{ kind: 'removal', client_name: 'Leaving' }]);
  });

  it('survives a kill between batches and a kill at the provider: nothing is left and nothing counted twice', async () => {
    const before = await fingerprint('');
    const leaving = await project.createTenant('Killed');
    const key = `key-${randomUUID()}`;
    const own = await project.createConnection(leaving.clientId, key);
    await furnish(leaving, own, randomUUID());
    const campaign = await project.createCampaign(leaving.clientId, own.id, { name: 'Large' });
    await project.addBusinesses(leaving.clientId, campaign, deliverable(3000, 'killed'));
    const jobId = await ask(leaving, 'Killed');
    const job = () =>
      project.one<{ done: number; status: string; result: { removed?: Record<string, number> } }>(
        'select done, status, result from private.jobs where id = $1',
        [jobId],
      );
    const resume = async () => {
      await project.stack.functions.ready('remove-client');
      await project.sql(
        `update private.jobs set lease_until = now() - interval '1 second', next_attempt_at = now() where id = $1`,
        [jobId],
      );
      expect((await removal(jobId)).status).toBe(202);
    };

    // At the provider: it hangs while our webhooks are listed.
    project.simulator.faults.set({
      requests: [{ kind: 'latency', path: '/api/v2/webhooks', method: 'GET', latencyMs: 5_000 }],
    } as never);
    await removal(jobId);
    await project.eventually(
      async () =>
        (await project.sql('select 1 from private.jobs where id = $1 and lease_token is not null', [jobId]))
          .length === 1,
      'it is claimed',
    );
    await project.stack.functions.kill('remove-client');
    project.simulator.faults.clear();
    expect((await job()).done).toBe(0);

    // Between batches: each of them is slow, so that a kill hits one in the middle.
    await project.sql(`create function private.dawdle() returns trigger language plpgsql as
      $$ begin perform pg_sleep(0.3); return null; end $$`);
    await project.sql(
      'create trigger dawdle after delete on public.businesses execute function private.dawdle()',
    );
    const seen: number[] = [];
    for (const least of [1, 900, 2_000]) {
      await resume();
      await project.eventually(
        async () => ((await job()).result.removed?.['businesses'] ?? 0) >= least,
        `${least} businesses are gone`,
      );
      await project.stack.functions.kill('remove-client');
      seen.push((await job()).done);
    }
    expect((await job()).status).toBe('running');
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    await project.sql('drop trigger dawdle on public.businesses');
    await project.sql('drop function private.dawdle()');
    await resume();
    expect(await project.jobEnded(jobId)).toMatchObject({
      status: 'completed',
      result: { removed: { businesses: 3_300, people: 1, campaigns: 3 } },
    });
    expect(await traces([leaving.clientId, own.id])).toEqual([]);
    expect(await fingerprint('')).toEqual(before);
    expect(
      await project.sql(
        `select 1 from public.audit_log where action = 'client_removed' and details ->> 'name' = 'Killed'`,
      ),
    ).toHaveLength(1);
  });

  it('goes on without a provider that refuses, and says so', async () => {
    const leaving = await project.createTenant('Refused');
    await project.createConnection(leaving.clientId, 'a-key-that-is-refused');
    project.simulator.faults.set({
      requests: [{
        kind: 'answer',
        status: 403,
        body: { message: 'Forbidden' },
        path: '/api/v2/webhooks',
        method: 'GET',
      }],
    } as never);
    const jobId = await ask(leaving, 'Refused');
    await removal(jobId);
    expect(await project.jobEnded(jobId)).toMatchObject({
      status: 'completed',
      result: { workspaces_left: 0, webhooks_not_removed: ['Workspace'] },
    });
    project.simulator.faults.clear();
  });

  it('is for operators: a client and a stranger are refused by the function too', async () => {
    const person = await project.signIn(staying);
    const { error } = await person.functions.invoke('remove-client', { body: { job_id: randomUUID() } });
    expect((error?.context as Response).status).toBe(403);
    expect(
      (await project.browser().functions.invoke('remove-client', { body: { job_id: randomUUID() } })).error,
    )
      .not.toBeNull();
    expect((await removal(randomUUID())).status).toBe(404);
  });
});
