// Counts everything that is added up from events again where the events are in the archive: DuckDB adds up the files, the database its
// own rows, and the difference to what is shown is corrected as by `npm run rebuild`. Reopening a campaign brings its events back.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Failure } from '../shared/failure.ts';
import { type ArchiveDatabase, openDatabase, type Part } from './database.ts';
import { type Duck, openDuck, quoted } from './duck.ts';
import type { ArchiveStore } from './store.ts';

const campaignsPerStep = 100;

interface Archive {
  target: { url: string; key: string };
  store: ArchiveStore;
}

export interface RebuiltFromArchive {
  campaigns: number;
  events: number;
  /** Rows that were wrong, by table. */
  corrected: Record<string, number>;
}

/** The events of closed campaigns as the table `events` of DuckDB, each once, with the zone of its client. */
async function withEvents<Result>(
  { target, store }: Archive,
  isNeeded: (part: Part) => boolean,
  work: (database: ArchiveDatabase, duck: Duck) => Promise<Result>,
): Promise<Result> {
  const database = openDatabase(target);
  const folder = await mkdtemp(join(tmpdir(), 'replyloop-archive-'));
  try {
    const duck = await openDuck(folder);
    try {
      const files: string[] = [];
      for (const part of (await database.allParts('events')).filter(isNeeded)) {
        const local = join(folder, part.file);
        await mkdir(dirname(local), { recursive: true });
        await store.get(part.file, local);
        files.push(local);
      }
      await duck.run('create table closed (campaign_id UUID, zone VARCHAR)');
      const closed = await database.closed();
      if (closed.length > 0) {
        const rows = closed.map(({ campaign_id, zone }) => `(${quoted(campaign_id)}, ${quoted(zone)})`);
        await duck.run(`insert into closed values ${rows.join(', ')}`);
      }
      // A campaign that was reopened and closed again may have events in two files.
      await duck.run(
        `create table events as
         select distinct on (e.id) e.*, c.zone, e.occurred_at::DATE as day,
           (e.occurred_at at time zone 'UTC' at time zone c.zone)::DATE as local_day
         from ${
          files.length > 0
            ? `read_parquet([${files.map(quoted).join(', ')}], hive_partitioning = false)`
            : `(select null::BIGINT as id, null::UUID as campaign_id, null::UUID as lead_id, null::UUID as connection_id,
                 null as type, null::TIMESTAMP as occurred_at, null as email_account, null::SMALLINT as step,
                 null::SMALLINT as variant where false)`
        } as e
         join closed as c on c.campaign_id = e.campaign_id`,
      );
      return await work(database, duck);
    } finally {
      await duck.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const count = (type: string) => `count(*) filter (where type = '${type}')`;
const people = (type: string) => `count(distinct lead_id) filter (where type = '${type}')`;

/** What the events of some campaigns add up to, as private.correct_campaigns takes it. Only mails, opens and clicks are archived. */
const sums: Record<string, (mine: string) => string> = {
  leads: (mine) =>
    `select lead_id, ${count('email_sent')} as sent, ${count('email_opened')} as opens, ${
      count('email_clicked')
    } as clicks from ${mine} group by lead_id`,
  days: (mine) =>
    `select campaign_id, day, ${count('email_sent')} as sent, ${people('email_sent')} as contacted,
       ${count('email_opened')} as opens, ${people('email_opened')} as opened, ${
      count('email_clicked')
    } as clicks,
       ${people('email_clicked')} as clicked
     from ${mine} group by campaign_id, day`,
  totals: (mine) =>
    `select campaign_id, ${count('email_sent')} as sent, ${count('email_opened')} as opens,
       ${count('email_clicked')} as clicks, max(occurred_at) as last_event_at
     from ${mine} group by campaign_id`,
  steps: (mine) =>
    `select campaign_id, step, coalesce(variant, 1) as variant, ${count('email_sent')} as sent,
       ${people('email_opened')} as opened, ${people('email_clicked')} as clicked
     from ${mine} where step >= 1 and coalesce(variant, 1) >= 1 group by all`,
  shifts: (mine) => {
    const part = (day: string, sign: string) =>
      `select campaign_id, ${day} as day, 'sent' as kind, ${sign}${count('email_sent')} as change
       from ${mine} where zone <> 'UTC' group by all
       union all
       select campaign_id, ${day}, case type when 'email_sent' then 'contacted' when 'email_opened' then 'opened' else 'clicked' end,
         ${sign}count(distinct lead_id)
       from ${mine} where zone <> 'UTC' and type <> 'email_delivered' group by campaign_id, ${day}, type`;
    return `select campaign_id, day, kind, sum(change)::BIGINT as change
      from (${part('local_day', '')} union all ${part('day', '-')}) group by all having sum(change) <> 0`;
  },
};

export async function rebuildFromArchive(
  archive: Archive,
  options: { isComparison?: boolean; onProgress?: (campaigns: number) => void } = {},
): Promise<RebuiltFromArchive> {
  const isComparison = options.isComparison ?? false;
  return await withEvents(archive, () => true, async (database, duck) => {
    const rebuilt: RebuiltFromArchive = { campaigns: 0, events: 0, corrected: {} };
    const add = (corrected: Record<string, number>) => {
      for (const [table, rows] of Object.entries(corrected)) {
        rebuilt.corrected[table] = (rebuilt.corrected[table] ?? 0) + rows;
      }
    };
    const [all] = await duck.read<{ events: string }>('select count(*) as events from events');
    rebuilt.events = Number(all?.events ?? 0);
    const campaigns = await duck.read<{ id: string }>(
      'select campaign_id::VARCHAR as id from closed order by 1',
    );
    for (let from = 0; from < campaigns.length; from += campaignsPerStep) {
      const ids = campaigns.slice(from, from + campaignsPerStep).map(({ id }) => id);
      const mine = `(select * from events where campaign_id::VARCHAR in (${ids.map(quoted).join(', ')}))`;
      const archived: Record<string, unknown> = {};
      for (const [name, sql] of Object.entries(sums)) archived[name] = await duck.read(sql(mine));
      add(await database.rebuildClosed(ids, archived, isComparison));
      rebuilt.campaigns += ids.length;
      options.onProgress?.(rebuilt.campaigns);
    }
    const months = await duck.read<{ month: string }>(
      `select distinct strftime(occurred_at, '%Y-%m-01') as month from events order by 1`,
    );
    for (const { month } of months) {
      const mailboxes = await duck.read(
        `select connection_id, email_account, day, ${count('email_sent')} as sent, ${
          count('email_opened')
        } as opens,
           ${count('email_clicked')} as clicks
         from events where email_account is not null and strftime(occurred_at, '%Y-%m-01') = ${
          quoted(month)
        } group by all`,
      );
      add(await database.rebuildMonth(month, mailboxes, isComparison));
    }
    return rebuilt;
  });
}

/** Puts the events of a closed campaign back and opens it: what was held of it is projected. */
export async function reopen(
  archive: Archive,
  campaignId: string,
): Promise<{ events: number; released: number }> {
  const closed = (await openDatabase(archive.target).closed()).find(({ campaign_id }) =>
    campaign_id === campaignId
  );
  if (!closed) throw new Failure(`The campaign "${campaignId}" is not closed; check the id`);
  return await withEvents(archive, (part) => part.client_id === closed.client_id, async (database, duck) => {
    let events = 0;
    for (let from = 0;; from += 500) {
      const rows = await duck.read(
        `select * exclude (zone, day, local_day) from events where campaign_id::VARCHAR = ${
          quoted(campaignId)
        } order by id limit 500 offset ${from}`,
      );
      if (rows.length === 0) break;
      events += await database.restore(rows);
    }
    return { events, released: await database.reopen(campaignId) };
  });
}
