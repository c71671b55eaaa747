// Moving a client from one project to another: everything of it arrives as it was, nothing of anybody else changes, it works in one of
// the two only, and a run that is killed is continued by the next.
import type { Buffer } from 'node:buffer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { delivery } from '../support/deliveries.ts';
import { rowsPerTable } from '../support/every-table.ts';
import { addMover, holdTable, type Mover, type MoveScene, startMoveScene } from '../support/move-scene.ts';
import { addPeople, addressesAt, at, eventsOf, readAs, rowsOf, webhooksOf } from '../support/move-reading.ts';
import type { Client, Project } from '../support/project.ts';

let scene: MoveScene;
let source: Project;
let target: Project;
let mover: Mover;
/** One in each project that has nothing to do with any move. */
let staying: Mover;
let neighbour: Mover;
let passwords: Record<string, string>;
const before: Record<string, Record<string, string>> = {};

beforeAll(async () => {
  scene = await startMoveScene();
  ({ source, target } = scene);
  for (const project of [source, target]) await project.sql('select private.make_erasure_salt()');
  // The same first ids in both projects, so that every number collides.
  neighbour = await addMover(target, source, 'Neighbour');
  mover = await addMover(source, source, 'Leaving');
  staying = await addMover(source, source, 'Staying');
  for (const [email, scope] of [['own@erased.test', mover.clientId], ['all@erased.test', null]]) {
    await source.sql(
      `insert into private.erasures (id, digest, client_id, status)
       values (gen_random_uuid(), private.address_digest(private.erasure_salt(), $1, $2), $1, 'completed')`,
      [scope, email],
    );
  }
  passwords = await addPeople(scene, mover);
  before['staying'] = await rowsOf(source, staying);
  before['neighbour'] = await rowsOf(target, neighbour);
});
afterAll(() => scene.stop());

const event = (type: string, email: string) =>
  delivery(type, {
    campaign: mover.providerCampaign,
    campaign_id: mover.providerCampaign,
    lead_email: email,
    timestamp: new Date().toISOString(),
  });

const switchOn = (project: Project, clientId: string) =>
  project.service.rpc('set_client_integration', { target_client_id: clientId, enabled: true });

describe('a move is refused', () => {
  const refused = (request: Parameters<MoveScene['run']>[0]) => scene.run(request).then(() => '', String);

  it('to another project than the connection string leads to, for an unknown client, and without a key that opens its keys', async () => {
    expect(await refused({ client: mover.clientId, target: 'https://other.test' })).toContain(
      'TARGET_DB_URL leads to',
    );
    expect(await refused({ client: 'Nobody' })).toContain('has no client "Nobody"');
    const { masterKeys } = scene.access.source;
    scene.access.source.masterKeys = target.masterKeys;
    expect(await refused({ client: mover.clientId })).toContain('check SOURCE_PROVIDER_KEYS_MASTER');
    scene.access.source.masterKeys = masterKeys;
    scene.access.target.masterKeys = masterKeys;
    expect(await refused({ client: mover.clientId })).toContain('check TARGET_PROVIDER_KEYS_MASTER');
    scene.access.target.masterKeys = target.masterKeys;
    const { target: access } = scene.access;
    scene.access.target = scene.access.source;
    expect(await refused({ client: mover.clientId })).toContain('source and target are the same database');
    scene.access.target = access;
    await target.sql(`insert into supabase_migrations.schema_migrations (version) values ('20991231000000')`);
    expect(await refused({ client: mover.clientId })).toContain('different migrations (20991231000000)');
    await target.sql(`delete from supabase_migrations.schema_migrations where version = '20991231000000'`);
  });

  it('where a workspace is shared, a name or a membership is taken, or something is open', async () => {
    const other = await source.createTenant('Neighbour');
    expect(await refused({ client: other.clientId })).toContain('another client named "Neighbour"');
    await source.sql(`update public.clients set name = 'Other' where id = $1`, [other.clientId]);
    const shared = await source.createConnection(null);
    const campaign = await source.createCampaign(other.clientId, shared.id, { name: 'Nordics' });
    expect(await refused({ client: 'Other' })).toContain(
      '1 campaigns in the workspace "Workspace" ("Nordics")',
    );
    await source.sql('update public.campaigns set connection_id = null where id = $1', [campaign]);
    await source.sql(
      'insert into private.closed_campaigns (campaign_id, client_id, archived_at) values ($1, $2, now())',
      [
        campaign,
        other.clientId,
      ],
    );
    expect(await refused({ client: 'Other' })).toContain(`--reopen ${campaign}`);
    await source.sql('delete from private.closed_campaigns where campaign_id = $1', [campaign]);
    await target.sql('update auth.users set email = $1 where email = $2', [other.email, neighbour.email]);
    expect(await refused({ client: 'Other' })).toContain('is a person of "Neighbour" in the target already');
    await target.sql('update auth.users set email = $2 where email = $1', [other.email, neighbour.email]);
    await source.sql(
      `insert into public.imports (client_id, campaign_id, file_name, mapping, verification) values ($1, $2, 'list.csv', '[]', 'column')`,
      [other.clientId, campaign],
    );
    expect(await refused({ client: 'Other' })).toContain(`waits for the import 'list.csv'`);
    expect(await source.sql('select from private.client_moves')).toEqual([]);
    expect(await target.sql('select from private.client_moves')).toEqual([]);
  });

  it('by a dry run never: it counts, and writes nothing', async () => {
    const rows = await rowsOf(source, mover);
    const lines = await scene.run({ client: 'Leaving', isDryRun: true });
    expect(lines.at(0)).toContain('"Leaving" can move to');
    expect(lines).toContain('             1  public.clients');
    expect(lines.at(-1)).toBe('Nothing was changed');
    expect(await rowsOf(source, mover)).toEqual(rows);
    expect(await target.sql('select from public.clients where id = $1', [mover.clientId])).toEqual([]);
  });
});

describe('a move', () => {
  let person: Client;
  let seen: Record<string, unknown>;
  let rows: Record<string, number>;

  it('that is killed while it copies leaves the target empty and the client closed', async () => {
    person = await source.signIn(mover);
    seen = await readAs(person);
    rows = await rowsPerTable(source.stack.adminDbUrl, mover.clientId);
    const letGo = await holdTable(target, 'public.messages');
    const child = scene.spawn(mover.clientId);
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    await target.eventually(
      async () =>
        (await target.sql(
          `select from pg_stat_activity where application_name = 'replyloop move' and query like 'copy %' and datname = current_database()`,
        )).length > 0,
      `the copy is under way: ${output}`,
    );
    child.kill('SIGKILL');
    await letGo();
    expect(output).not.toContain('postgresql://');
    await target.eventually(
      async () =>
        (await target.sql(
          `select from pg_stat_activity where application_name = 'replyloop move' and datname = current_database()`,
        )).length === 0,
      'its session ends',
    );
    expect(await target.sql('select from public.clients where id = $1', [mover.clientId])).toEqual([]);
    expect(await rowsOf(target, neighbour)).toEqual(before['neighbour']);
    expect(await source.sql('select state from private.client_moves')).toEqual([{ state: 'closed' }]);
    expect((await person.from('clients').select('id')).error?.message).toBe('FORBIDDEN');
    expect((await switchOn(source, mover.clientId)).error?.details).toContain('is being moved to');
  });

  it('is continued by the same command, copies again what changed under it, and works on neither side in between', async () => {
    const moments: Record<string, () => Promise<unknown>> = {
      'rows copied': () => source.deliver(mover.connection, event('email_sent', 'copying@late.test')),
      // An operator who does not know of the move.
      'the source as it was copied': () =>
        source.sql(
          `insert into public.cost_entries (client_id, kind, amount, currency, spent_on) values ($1, 'other', 7, 'EUR', current_date)`,
          [mover.clientId],
        ),
      'webhooks lead to the target': () =>
        source.deliver(mover.connection, event('email_sent', 'switching@late.test')),
      'opened in the target': () => Promise.reject(new Error('killed')),
    };
    await expect(scene.run({ client: 'Leaving' }, async (step) => {
      const moment = moments[step];
      delete moments[step];
      await moment?.();
    })).rejects.toThrow('killed');
    for (const project of [source, target]) {
      expect(
        await project.sql(
          'select integration_enabled, archived_at is null as open from public.clients where id = $1',
          [mover.clientId],
        ),
      ).toEqual([{ integration_enabled: false, open: false }]);
      expect((await switchOn(project, mover.clientId)).error?.code).toBe('PT409');
    }
    expect((await scene.run({ client: 'Leaving', isDryRun: true })).at(-1)).toContain(
      'the next run opens it',
    );
    expect(await scene.run({ client: 'Leaving' })).toContain('opened in the target');
    expect(
      await target.sql('select amount from public.cost_entries where client_id = $1 and kind = $2', [
        mover.clientId,
        'other',
      ]),
    ).toEqual([{ amount: '7.00' }]);
  });

  it('leaves a row in every table, and the person with what was read before, under the same password', async () => {
    const arrived = await rowsPerTable(target.stack.adminDbUrl, mover.clientId);
    expect(Object.keys(rows).filter((name) => !(rows[name]! > 0 && arrived[name]! >= rows[name]!))).toEqual(
      [],
    );
    const now = await readAs(await target.signIn(mover));
    // The cost of meanwhile is nothing that this person was shown before.
    const changed = Object.keys(seen).filter((name) =>
      JSON.stringify(now[name]) !== JSON.stringify(seen[name])
    );
    expect(changed).toEqual(['cost_entries']);
  });

  it('counts the deliveries on the way once, and gets the later ones at the target', async () => {
    expect(await webhooksOf(scene, mover)).toEqual(addressesAt(target, mover));
    const delivered = await target.deliver(
      at(target, mover.connection),
      event('email_sent', 'after@late.test'),
    );
    expect(delivered.status).toBe(200);
    await target.project();
    for (const moment of ['copying', 'switching', 'after']) {
      expect([moment, await eventsOf(target, `${moment}@late.test`)]).toEqual([moment, [{
        type: 'email_sent',
      }]]);
    }
  });

  it('gives memberships and what people did to the accounts that the target had, and nothing to strangers', async () => {
    const both = await target.signIn({ email: 'both@people.test', password: passwords['both@people.test']! });
    expect((await both.from('clients').select('name')).data).toEqual([{ name: 'Leaving' }]);
    expect(
      await target.sql(
        `select u.email, m.made_account from public.messages as r
         join auth.users as u on u.id = r.verdict_by join public.members as m on m.user_id = u.id
         where r.client_id = $1 and r.verdict is not null`,
        [mover.clientId],
      ),
    ).toEqual([{ email: 'both@people.test', made_account: false }]);
    // The operator without an account there is assigned to nothing, and the draft is nobody's.
    expect(
      await target.sql(
        `select u.email from private.threads as t join auth.users as u on u.id = t.assigned_to where t.client_id = $1`,
        [mover.clientId],
      ),
    ).toEqual([{ email: 'boss@people.test' }]);
    expect(
      await target.sql(
        `select d.body_text from private.answer_drafts as d join public.messages as m on m.id = d.reply_id
         where m.client_id = $1 and d.body_text like 'Draft of%'`,
        [mover.clientId],
      ),
    ).toEqual([{ body_text: 'Draft of boss@people.test' }]);
  });

  it('keeps out who was erased in the source, for this client and for no other of the target', async () => {
    const erasedFor = async (clientId: string) =>
      (await target.sql(`select e.email from private.erased_among($1, $2) as e (email) order by 1`, [
        clientId,
        ['all@erased.test', 'own@erased.test', 'else@erased.test'],
      ])).map(({ email }) => email);
    expect(await erasedFor(mover.clientId)).toEqual(['all@erased.test', 'own@erased.test']);
    expect(await erasedFor(neighbour.clientId)).toEqual([]);
    await target.deliver(at(target, mover.connection), event('email_sent', 'all@erased.test'));
    await target.project();
    expect(await eventsOf(target, 'all@erased.test')).toEqual([]);
  });

  it('leaves keys that the functions of the target can use, and open in the target only', async () => {
    for (const { id } of [mover.connection, mover.smartlead]) {
      expect((await target.invoke('provider-connection', { action: 'test', connection_id: id })).status).toBe(
        200,
      );
      expect(
        (await source.invoke('provider-connection', { action: 'test', connection_id: id })).body['error'],
      ).toMatchObject({ code: expect.stringContaining('API_KEY_MISSING') as string });
    }
    expect((await switchOn(source, mover.clientId)).error?.details).toContain('is at work there');
    expect((await switchOn(target, mover.clientId)).error).toBeNull();
    expect((await person.from('clients').select('id')).error?.message).toBe('FORBIDDEN');
  });

  it('brings what still comes to the source, once, however often it is run', async () => {
    expect((await source.deliver(mover.connection, event('email_sent', 'old@late.test'))).status).toBe(200);
    for (const count of [1, 0]) {
      const lines = await scene.run({ client: 'Leaving' });
      expect(lines.includes('  1 deliveries that came to the source meanwhile')).toBe(count === 1);
    }
    await target.project();
    expect(await eventsOf(target, 'old@late.test')).toHaveLength(1);
    expect(await source.sql(`select from public.email_events where email like '%@late.test'`)).toEqual([]);
  });

  it('ends with its removal from the source, once no delivery comes there any more', async () => {
    await expect(scene.run({ client: 'Leaving', action: 'finish' })).rejects.toThrow(
      'wait until none came for 15 minutes',
    );
    await source.sql(
      `update private.webhook_events set received_at = received_at - interval '1 hour' where connection_id = any ($1)`,
      [
        [mover.connection.id, mover.smartlead.id],
      ],
    );
    expect((await scene.run({ client: 'Leaving', action: 'finish', isDryRun: true })).at(-1)).toContain(
      'would be removed',
    );
    await scene.run({ client: 'Leaving', action: 'finish' });
    const left = Object.keys(await rowsOf(source, mover));
    // The log, and what is known of files in a store.
    expect(left).toEqual(['private.archive_parts', 'private.jobs', 'public.audit_log']);
    expect(await webhooksOf(scene, mover)).toEqual(addressesAt(target, mover));
    expect((await scene.run({ client: mover.clientId })).at(-1)).toContain(
      'nothing of it is left in the source',
    );
  });

  it('changes no row of another client, in neither project', async () => {
    expect(await rowsOf(source, staying)).toEqual(before['staying']);
    expect(await rowsOf(target, neighbour)).toEqual(before['neighbour']);
  });
});

describe('a client that comes back', () => {
  it('is at work where it was, with what it had and what came since', async () => {
    const there = await target.signIn(mover);
    const seen = await readAs(there);
    // As the next run of the archive does with the files of a removed client.
    await source.sql('delete from private.archive_parts where owner_id = $1', [mover.clientId]);
    await scene.runBack({ client: 'Leaving' });
    expect(await readAs(await source.signIn(mover))).toEqual(seen);
    expect((await there.from('clients').select('id')).error?.message).toBe('FORBIDDEN');
    expect(await webhooksOf(scene, mover)).toEqual(addressesAt(source, mover));
    expect(
      (await source.sql(`select from private.erased_among($1, '{own@erased.test,all@erased.test}')`, [
        mover.clientId,
      ])).length,
    )
      .toBe(2);
    expect(await rowsOf(source, staying)).toEqual(before['staying']);
  });
});

describe('a move that is cancelled', () => {
  it('opens the client in the source again, with what the target heard of meanwhile', async () => {
    source.simulator.faults.set({
      requests: [{
        kind: 'answer',
        status: 403,
        body: { message: 'Forbidden' },
        path: '/api/v2/webhooks',
        method: 'GET',
      }],
    } as never);
    await expect(scene.run({ client: 'Staying' })).rejects.toThrow(
      'could not be given its address in the target',
    );
    source.simulator.faults.clear();
    expect(
      await target.sql('select state from private.client_moves where client_id = $1', [staying.clientId]),
    ).toEqual([
      { state: 'arriving' },
    ]);
    expect((await switchOn(target, staying.clientId)).error?.details).toContain('is arriving from');
    const heard = {
      ...event('email_sent', 'heard@late.test'),
      campaign: staying.providerCampaign,
      campaign_id: staying.providerCampaign,
    };
    expect((await target.deliver(at(target, staying.connection), heard)).status).toBe(200);
    await scene.run({ client: 'Staying', action: 'cancel' });
    await source.project();
    expect(await eventsOf(source, 'heard@late.test')).toHaveLength(1);
    expect(await webhooksOf(scene, staying)).toEqual(addressesAt(source, staying));
    const left = Object.keys(await rowsOf(target, staying));
    expect(left).toEqual([]);
    expect(await rowsOf(target, neighbour)).toEqual(before['neighbour']);
    expect((await (await source.signIn(staying)).from('clients').select('name')).data).toEqual([{
      name: 'Staying',
    }]);
    expect(
      await source.sql('select integration_enabled, archived_at from public.clients where id = $1', [
        staying.clientId,
      ]),
    )
      .toEqual([{ integration_enabled: true, archived_at: null }]);
  });
});
