// Old deliveries, mails and events leave the database for files: none is lost, none is there twice, no number moves, wherever a run dies;
// what is added up can be counted again from the files, and an erasure reaches them.
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { archive, eraseInArchive, planArchive } from '../../local/archive/archive.ts';
import { rebuildFromArchive, reopen } from '../../local/archive/rebuild.ts';
import type { ArchiveStep } from '../../local/archive/run.ts';
import { rebuildRollups } from '../../local/cli/rebuild.ts';
import { type ArchiveScene, ask, before, startArchiveScene } from '../support/archive-scene.ts';
import { codeBlocks, readPage } from '../support/docs.ts';

let folder: ArchiveScene['folder'];
let store: ArchiveScene['store'];
let project: ArchiveScene['project'];
let target: ArchiveScene['target'];
let lakeside: ArchiveScene['lakeside'];
let harbour: ArchiveScene['harbour'];
let connection: ArchiveScene['connection'];
let facts: ArchiveScene['facts'];
let ended: ArchiveScene['ended'];
let deliver: ArchiveScene['deliver'];
let readEverything: ArchiveScene['readEverything'];
let download: ArchiveScene['download'];
let archived: ArchiveScene['archived'];
let stop: ArchiveScene['stop'];

beforeAll(async () => {
  ({
    folder,
    store,
    project,
    target,
    lakeside,
    harbour,
    connection,
    facts,
    ended,
    deliver,
    readEverything,
    download,
    archived,
    stop,
  } = await startArchiveScene());
}, 120_000);
afterAll(() => stop());

/** Lists of single events: what went into the archive is not in them any more. */
const lists = ['email_events', 'client_email_events'];
/** The timeline is compared apart; that texts went is a change of replies, which pages hear of. */
const notNumbers = ['lead_timeline', 'client_changes'];

const eventIds = async () =>
  (await project.sql<{ id: string }>('select id::text from public.email_events')).map(({ id }) => id);
const wrongRows = (corrected: Record<string, number>) =>
  Object.fromEntries(Object.entries(corrected).filter(([, rows]) => rows > 0));

describe('npm run archive', () => {
  it('moves what is old, wherever a run dies, and no number moves', async () => {
    await project.createUser('operator', null);
    const everything = await readEverything();
    const ids = await eventIds();
    const planned = await planArchive(target, before);
    expect(planned.closing).toBe(ended.length);
    expect(planned.months.map(({ kind, month }) => `${kind} ${month}`)).toEqual([
      'deliveries 2026-04-01',
      'deliveries 2026-05-01',
      'messages 2026-04-01',
      'messages 2026-05-01',
    ]);
    const kills: [ArchiveStep, number][] = [
      ['closed', 1],
      ['read', 1],
      ['put', 1],
      ['verified', 2],
      ['recorded', 1],
      ['removing', 1],
      ['removing', 4],
      ['removed', 2],
      ['put', 3],
    ];
    for (const [step, times] of kills) {
      let seen = 0;
      const run = archive({
        target,
        store,
        before,
        onStep: (at) => {
          if (at === step && ++seen === times) throw new Error('The run dies here');
        },
      });
      await expect(run).rejects.toThrow('The run dies here');
    }
    const last = await archive({ target, store, before });
    expect(last.files).toBeGreaterThan(0);
    expect(await planArchive(target, before)).toEqual({ closing: 0, months: [] });
    expect((await archive({ target, store, before })).files).toBe(0);

    const gone = await archived('events', 'id::varchar as id');
    const left = await eventIds();
    expect(gone.length).toBeGreaterThan(100);
    expect([...gone.map(({ id }) => String(id)), ...left].sort()).toEqual(ids.sort());
    const after = await readEverything();
    const removed = new Set(gone.map(({ id }) => String(id)));
    const isLeft = (row: string) => {
      const { id, event_id } = JSON.parse(row) as { id?: unknown; event_id?: unknown };
      return !removed.has(String(event_id ?? id));
    };
    for (const [index, rows] of everything.entries()) {
      expect(Object.values(rows).filter((some) => some.length > 0).length).toBeGreaterThan(15);
      const seen = after[index] ?? {};
      // One row per event and mail, with no id of the event: those that are left were all there.
      const timeline = new Set(rows['lead_timeline']);
      expect(seen['lead_timeline']?.filter((row) => !timeline.has(row))).toEqual([]);
      for (const [name, some] of Object.entries(rows)) {
        if (notNumbers.includes(name)) continue;
        expect.soft([name, seen[name]]).toEqual([name, lists.includes(name) ? some.filter(isLeft) : some]);
      }
    }
  }, 180_000);

  it('leaves each row in one file, with what it held, and the receipt in the database', async () => {
    for (const kind of ['deliveries', 'messages', 'events']) {
      const rows = await archived(kind, 'id::varchar as id');
      expect([kind, new Set(rows.map(({ id }) => id)).size]).toEqual([kind, rows.length]);
    }
    const whole = await archived('deliveries', 'id::varchar as id, event_key::varchar as key, payload');
    expect(whole.every(({ payload }) => String(payload).includes('lead_email'))).toBe(true);
    const receipts = await project.sql<{ id: string; key: string }>(
      `select id::text, event_key::text as key from private.webhook_events where payload is null order by id`,
    );
    const byId = (rows: Record<string, unknown>[]) =>
      rows.map(({ id, key }) => `${String(id)} ${String(key)}`).sort();
    expect(byId(receipts)).toEqual(byId(whole));
    expect(
      await project.sql('select from public.messages where body_text is not null and occurred_at < $1', [
        before,
      ]),
    )
      .toEqual([]);
  }, 60_000);

  it('is not worked on by two runs at once', async () => {
    await project.sql(
      `insert into private.archive_lease (holder, until) values (gen_random_uuid(), now() + interval '1 minute')`,
    );
    await expect(archive({ target, store, before })).rejects.toThrow('Another run works on the archive');
    await project.sql('delete from private.archive_lease');
  });

  it('answers the same question as the database, as docs/scale.md shows', async () => {
    const to = await download('messages');
    const snippet = (name: string) =>
      codeBlocks(readPage('docs/scale.md'), 'sql').find((code) => code.startsWith(`-- snippet: ${name}\n`)) ??
        '';
    const database = await project.sql(
      `select client_id::text, month::text, replies::int from (${
        snippet('replies_in_postgres').replace(/;\s*$/, '')
      }) as n where month < $1::date order by 1, 2`,
      [before],
    );
    const files = await ask(
      `select client_id::varchar as client_id, month::date as month, replies::int as replies from (${
        snippet('replies_in_the_archive').replace(/;\s*$/, '').replaceAll('archive/', `${to}/`)
      }) order by 1, 2`,
    );
    expect(database.length).toBe(4);
    expect(files).toEqual(database);
  }, 60_000);
});

describe('a closed campaign', () => {
  it('counts a fact that is delivered again once, holds late opens and counts late replies', async () => {
    const numbers = () =>
      project.one<{ events: number; opens: number; replies: number }>(
        `select (select count(*)::int from public.email_events) as events, sum(opens)::int as opens, sum(replies)::int as replies
         from public.campaign_activity_totals`,
      );
    const was = await numbers();
    await deliver(connection, facts.slice(0, 300));
    expect(await numbers()).toEqual(was);
    const [quiet] = await archived('events', 'email, campaign_id::varchar as campaign');
    const { id: campaign } = await project.one<{ id: string }>(
      'select provider_campaign_id as id from private.provider_campaigns where campaign_id = $1 and connection_id = $2',
      [quiet?.['campaign'], connection.id],
    ).catch(() => ({ id: facts[0]?.campaign ?? '' }));
    const late = { campaign, email: String(quiet?.['email']), at: '2026-11-20T10:00:00.000Z', account: '' };
    await deliver(connection, [{ ...late, type: 'email_opened' }, { ...late, type: 'reply_received' }]);
    expect(await numbers()).toEqual({ events: was.events + 1, opens: was.opens, replies: was.replies + 1 });
    expect(await project.sql(`select reason from private.webhook_events where status = 'quarantined'`))
      .toEqual([
        { reason: expect.stringContaining('is closed') as string },
      ]);
  }, 60_000);

  it('is counted again from the files, in the zone that its client has now', async () => {
    expect(wrongRows((await rebuildRollups(target)).corrected)).toEqual({});
    const compared = await rebuildFromArchive({ target, store }, { isComparison: true });
    expect(wrongRows(compared.corrected)).toEqual({});
    expect(compared.campaigns).toBe(ended.length);
    const tables = [
      'public.campaign_activity',
      'public.campaign_activity_totals',
      'public.campaign_step_activity',
      'public.campaign_first_times',
      'private.day_shifts',
      'public.email_account_days',
    ];
    const read = async () => {
      const all: Record<string, unknown[]> = {};
      for (const table of tables) {
        all[table] = await project.sql(
          `select to_jsonb(t) - 'observed_at' as row from ${table} as t order by (to_jsonb(t) - 'observed_at')::text`,
        );
      }
      return all;
    };
    const right = await read();
    for (const table of tables.filter((name) => !name.endsWith('email_account_days'))) {
      await project.sql(`delete from ${table} where campaign_id = any ($1)`, [ended]);
    }
    await project.sql(
      'update public.email_account_days set sent_observed = 0, opens_observed = opens_observed + 3',
    );
    await rebuildRollups(target);
    await rebuildFromArchive({ target, store });
    expect(await read()).toEqual(right);
    await project.sql(`update public.clients set time_zone = 'America/New_York' where id = $1`, [
      lakeside.clientId,
    ]);
    await rebuildFromArchive({ target, store });
    expect(
      await project.sql(
        `select distinct zone from private.day_cuts where campaign_id = any ($1) and client_id = $2`,
        [ended, lakeside.clientId],
      ),
    ).toEqual([{ zone: 'America/New_York' }]);
  }, 90_000);

  it(
    'has its events back when it is reopened, in the zone of its client, and what was held is projected',
    async () => {
      let events = 0;
      let released = 0;
      for (const campaign of ended) {
        const done = await reopen({ target, store }, campaign);
        events += done.events;
        released += done.released;
      }
      expect(events).toBe((await archived('events', 'id')).length);
      expect(released).toBe(1);
      await project.project();
      await project.eventually(
        async () => (await project.one('select private.cut_days_again(1, 5000) as steps'))['steps'] === 0,
        'the days of the campaign that runs are cut',
      );
      expect(wrongRows((await rebuildRollups({ ...target, isComparison: true })).corrected)).toEqual({});
    },
    90_000,
  );
});

describe('an erasure', () => {
  it('says that the archive still has files, and reaches them', async () => {
    const { email, name } = await project.one<{ email: string; name: string }>(
      `select email, split_part(email, '@', 1) || '@' as name from public.messages where direction = 'received' and client_id = $1
       order by occurred_at limit 1`,
      [lakeside.clientId],
    );
    const holding = async (kind: string) => {
      const columns = kind === 'deliveries' ? 'payload' : 'email';
      return (await archived(kind, `${columns} as text`)).filter(({ text }) =>
        new RegExp(`(^|[^a-z0-9])${name}`).test(String(text))
      ).length;
    };
    const rows = (await archived('messages', 'id')).length;
    expect(await holding('messages')).toBeGreaterThan(0);
    expect(await holding('deliveries')).toBeGreaterThan(0);
    const operator = await project.signIn(await project.createUser('operator', null));
    const { data } = await operator.functions.invoke<{ job_id: string }>('personal-data', {
      body: { action: 'erase', email, client_id: lakeside.clientId },
    });
    await project.jobEnded(data?.job_id ?? '');
    const report = async () =>
      (await project.one<{ report: { archive?: unknown } }>(
        'select report from public.operator_erasures where erasure_id = $1',
        [data?.job_id],
      )).report.archive;
    expect(await report()).toMatchObject({ files: expect.any(Number) as number });
    const old = await project.sql<{ file: string }>('select file from private.archive_parts');
    const done = await eraseInArchive({ target, store });
    expect(done.erased).toBeGreaterThan(1);
    expect(await report()).toMatchObject({ files: 0, erased_at: expect.any(String) as string });
    const others = await project.sql<{ texts: number }>(
      `select count(*)::int as texts from private.archive_parts where owner_id = $1 and looked_through_at is not null`,
      [harbour.clientId],
    );
    expect(others[0]?.texts).toBe(0);
    for (const kind of ['messages', 'deliveries']) {
      const local = await download(kind);
      const found = await ask(
        `select count(*)::int as n from read_parquet('${local}/${kind}/client=${lakeside.clientId}/*/*.parquet') as t
         where regexp_matches(lower(t::varchar), '(^|[^a-z0-9.])${name.replace('@', '')}(@|%40)')`,
      );
      expect([kind, found]).toEqual([kind, [{ n: 0 }]]);
    }
    expect((await archived('messages', 'id')).length).toBe(rows);
    const now = await project.sql<{ file: string }>('select file from private.archive_parts');
    const replaced = old.filter(({ file }) => !now.some((part) => part.file === file));
    expect(replaced.length).toBeGreaterThan(0);
    for (const { file } of replaced) {
      await expect(store.get(file, join(folder, 'gone.parquet'))).rejects.toThrow('404');
    }
    expect((await eraseInArchive({ target, store })).erased).toBe(0);
  }, 120_000);

  it('of a whole client deletes its files with the next run', async () => {
    const files = await project.sql<{ file: string }>(
      'select file from private.archive_parts where owner_id = $1',
      [harbour.clientId],
    );
    expect(files.length).toBeGreaterThan(0);
    await project.sql('delete from public.clients where id = $1', [harbour.clientId]);
    await eraseInArchive({ target, store });
    for (const { file } of files) {
      await expect(store.get(file, join(folder, 'gone.parquet'))).rejects.toThrow('404');
    }
    expect(await project.sql('select from private.archive_parts where owner_id = $1', [harbour.clientId]))
      .toEqual([]);
  }, 60_000);
});
