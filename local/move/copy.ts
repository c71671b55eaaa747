// The copy: one snapshot of the source, one transaction of the target, compared before it is committed. Killed anywhere, the target has
// nothing of it.
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { Failure, messageOf } from '../shared/failure.ts';
import { type Accounts, makeAccounts, removeAccounts } from './accounts.ts';
import { type Digest, digestSettled, digestTable, digestViews, same } from './compare.ts';
import { copyErasures } from './erasures.ts';
import { writeKeys } from './keys.ts';
import {
  copiedColumns,
  type Owner,
  type Plan,
  type PlannedTable,
  type Rewriting,
  selectOf,
  unchanged,
} from './plan.ts';
import { inTransaction, type Project, rowOf, rowsOf } from './project.ts';

/** What the target remembers of a copy: `client_moves.copied`. */
export interface Copied {
  /** Deliveries that this snapshot of the source does not show came later. */
  snapshot: string;
  shifts: Record<string, string>;
  accounts: Accounts;
  settled: Record<string, Digest>;
}

export interface CopyReport {
  step: <Result>(what: string, work: () => Promise<Result>) => Promise<Result>;
  line: (text: string) => void;
}

export interface Sides {
  source: Project;
  target: Project;
  plan: Plan;
  clientId: string;
}

/** Ids that other sessions may take of a sequence while a range of it is reserved. */
const margin = 100_000n;
/** From this number of rows on, statistics are made before anything is compared: the planner knows nothing of rows that just came. */
const analyzedFrom = 10_000;

export async function readOwner(
  project: Project,
  clientId: string,
  accounts: Pick<Accounts, 'people' | 'known'>,
): Promise<Owner> {
  const row = await rowOf<Pick<Owner, 'connections' | 'endpoints' | 'crmConnections'>>(
    project,
    `select
       array(select c.id::text from public.provider_connections as c where c.client_id = $1 order by 1) as connections,
       array(select e.id::text from public.outgoing_endpoints as e where e.client_id = $1 order by 1) as endpoints,
       array(select c.id::text from public.crm_connections as c where c.client_id = $1 order by 1) as "crmConnections"`,
    [clientId],
  );
  return { ...row!, clientId, people: accounts.people, accounts: accounts.known };
}

/** The same client in the target: ids stay, but for accounts that the target had before. */
export function ownerInTarget(owner: Owner, { ids }: Accounts): Owner {
  const there = (list: string[]) => list.map((id) => ids[id] ?? id);
  return { ...owner, people: there(owner.people), accounts: there(owner.accounts) };
}

export async function copyClient(
  { source, target, plan, clientId }: Sides,
  accounts: Accounts,
  was: unknown,
  report: CopyReport,
): Promise<void> {
  await prepareMonths(source, target, clientId);
  await inTransaction(source, async () => {
    const snapshot =
      (await rowOf<{ text: string }>(source, 'select pg_current_snapshot()::text as text'))!.text;
    const owner = await readOwner(source, clientId, accounts);
    await inTransaction(target, async () => {
      // Neither triggers, which would announce and count everything a second time, nor foreign keys, which are checked below as a whole.
      await target.client.query('set local session_replication_role = replica');
      const rewriting: Rewriting = {
        shifts: await reserveIds(source, target, plan, owner),
        accounts: accounts.ids,
      };
      const owners = { source: owner, target: ownerInTarget(owner, accounts) };
      const rows = await report.step('rows copied', async () => {
        await makeAccounts(source, target, accounts.made);
        const erased = await copyErasures(source, target, clientId);
        if (erased > 0) report.line(`  ${grouped(erased)} erasures of people`);
        return await copyTables({ source, target, plan, clientId }, owner, rewriting, report);
      });
      await report.step(
        'keys and secrets encrypted for the target',
        () => writeKeys(source, target, plan, owners),
      );
      await report.step('references complete', () => requireWholeReferences(target, plan, owners.target));
      for (const [name, count] of Object.entries(rows)) {
        if (count >= analyzedFrom) await target.client.query(`analyze ${name}`);
      }
      const digests = await report.step(
        `${plan.size} tables with the same rows and digests`,
        () => compareTables(source, target, plan, owners, rewriting),
      );
      await report.step(
        'every view of the client with the same numbers',
        () => compareViews(source, target, clientId, rewriting),
      );
      const copied: Copied = {
        snapshot,
        shifts: rewriting.shifts,
        accounts,
        settled: await digestSettled(source, plan, owner, rewriting, digests),
      };
      await target.client.query(
        `insert into private.client_moves (client_id, state, other_project, was, copied) values ($1, 'arriving', $2, $3, $4)`,
        [clientId, source.url, JSON.stringify(was), JSON.stringify(copied)],
      );
      // Where each campaign has a webhook of its own, all of them have to be given the address of the target.
      await target.client.query(
        `update private.campaign_webhooks set checked_at = '-infinity' where connection_id = any ($1)`,
        [owners.target.connections],
      );
    });
  }, 'isolation level repeatable read read only');
}

/** Attaching a month needs a moment without writers, so it is not done within the long transaction. */
async function prepareMonths(source: Project, target: Project, clientId: string): Promise<void> {
  const found = await rowOf<{ first: string | null; months: number | null }>(
    source,
    `select to_char(min(e.occurred_at), 'YYYY-MM-DD') as first,
       ((extract(year from age(max(e.occurred_at), min(e.occurred_at))) * 12
         + extract(month from age(max(e.occurred_at), min(e.occurred_at)))) + 1)::int as months
     from public.email_events as e where e.client_id = $1`,
    [clientId],
  );
  if (!found?.first) return;
  await target.client.query('select private.prepare_email_event_months($1, $2)', [found.first, found.months]);
}

/**
 * Ids that the database numbers keep their order and their distances: all of a table are moved by one number into a range that the
 * target gives to nothing else.
 */
async function reserveIds(
  source: Project,
  target: Project,
  plan: Plan,
  owner: Owner,
): Promise<Record<string, string>> {
  const shifts: Record<string, string> = {};
  for (const { table, owned } of plan.values()) {
    const column = table.columns.find(({ sequence }) => sequence !== null);
    if (!column?.sequence) continue;
    const used = await rowOf<{ first: string | null; width: string }>(
      source,
      `select min(t.${column.name})::text as first, (max(t.${column.name}) - min(t.${column.name}) + 1)::text as width
       from ${table.name} as t where ${owned(owner)}`,
    );
    if (!used?.first) continue;
    const reserved = await rowOf<{ last: string }>(
      target,
      `select setval('${column.sequence}', (select last_value from ${column.sequence}) + $1::bigint)::text as last`,
      [String(margin + BigInt(used.width))],
    );
    const first = BigInt(reserved!.last) - BigInt(used.width) + 1n;
    shifts[table.name] = String(first - BigInt(used.first));
  }
  return shifts;
}

async function copyTables(
  { source, target, plan }: Sides,
  owner: Owner,
  rewriting: Rewriting,
  { line }: CopyReport,
): Promise<Record<string, number>> {
  const rows: Record<string, number> = {};
  const started = performance.now();
  for (const planned of plan.values()) {
    const { name } = planned.table;
    const begun = performance.now();
    rows[name] = await copyTable(source, target, plan, planned, owner, rewriting);
    const seconds = (performance.now() - begun) / 1_000;
    if (rows[name] >= analyzedFrom) {
      line(`  ${name}: ${grouped(rows[name])} rows, ${grouped(Math.round(rows[name] / seconds))} a second`);
    }
  }
  const all = Object.values(rows).reduce((sum, count) => sum + count, 0);
  const seconds = (performance.now() - started) / 1_000;
  line(`  ${grouped(all)} rows of ${plan.size} tables, ${grouped(Math.round(all / seconds))} a second`);
  return rows;
}

export const grouped = (count: number): string => count.toLocaleString('en');

async function copyTable(
  source: Project,
  target: Project,
  plan: Plan,
  planned: PlannedTable,
  owner: Owner,
  rewriting: Rewriting,
): Promise<number> {
  const { name } = planned.table;
  const columns = copiedColumns(planned.table);
  const reading = source.client.query(
    copyTo(`copy (${selectOf(plan, planned, columns, owner, rewriting)}) to stdout`),
  );
  const writing = target.client.query(
    copyFrom(
      `copy ${name} (${columns.map((column) => pg.escapeIdentifier(column.name)).join(', ')}) from stdin`,
    ),
  );
  try {
    await pipeline(reading, writing);
  } catch (error) {
    throw new Failure(`The rows of ${name} could not be copied: ${messageOf(error)}`, { cause: error });
  }
  return writing.rowCount;
}

/** The foreign keys did not fire, so each of them is checked for all rows that came. */
async function requireWholeReferences(target: Project, plan: Plan, owner: Owner): Promise<void> {
  for (const { table, owned } of plan.values()) {
    for (const key of table.foreignKeys) {
      const isSet = key.columns.map((name) => `t.${name} is not null`).join(' and ');
      const isSame = key.columns.map((name, index) => `p.${key.parentColumns[index]} = t.${name}`).join(
        ' and ',
      );
      const found = await rowOf<{ rows: string }>(
        target,
        `select count(*)::text as rows from ${table.name} as t
         where ${owned(owner)} and ${isSet} and not exists (select from ${key.parent} as p where ${isSame})`,
      );
      if (found && found.rows !== '0') {
        throw new Failure(
          `${found.rows} rows of ${table.name} refer to rows of ${key.parent} that do not move (${
            key.columns.join(', ')
          })`,
        );
      }
    }
  }
}

async function compareTables(
  source: Project,
  target: Project,
  plan: Plan,
  owners: { source: Owner; target: Owner },
  rewriting: Rewriting,
): Promise<Record<string, Digest>> {
  const digests: Record<string, Digest> = {};
  for (const planned of plan.values()) {
    const [here, there] = await Promise.all([
      digestTable(source, plan, planned, owners.source, rewriting),
      digestTable(target, plan, planned, owners.target, unchanged),
    ]);
    if (!same(here, there)) {
      throw new Failure(
        `${planned.table.name} differs: ${here.rows} rows in the source, ${there.rows} in the target${
          here.rows === there.rows ? ', with other content' : ''
        }`,
      );
    }
    digests[planned.table.name] = here;
  }
  return digests;
}

async function compareViews(
  source: Project,
  target: Project,
  clientId: string,
  rewriting: Rewriting,
): Promise<void> {
  const [here, there] = await Promise.all([
    digestViews(source, clientId, rewriting),
    digestViews(target, clientId, unchanged),
  ]);
  const differing = Object.keys(here).filter((view) => !same(here[view], there[view]));
  if (differing.length > 0) {
    throw new Failure(`A client would read other numbers in the target: ${differing.join(', ')}`);
  }
}

/** Removes what a copy brought, before it is made again or the move is cancelled. */
export async function removeCopy(
  { source, target, plan, clientId }: Sides,
  accounts: Accounts,
): Promise<void> {
  const owner = ownerInTarget(await readOwner(source, clientId, accounts), accounts);
  await inTransaction(target, async () => {
    await target.client.query('set local session_replication_role = replica');
    // Each before the table by which its rows are found.
    for (const { table, owned } of [...plan.values()].reverse()) {
      await target.client.query(`delete from ${table.name} as t where ${owned(owner)}`);
    }
    await target.client.query('delete from private.erasures where client_id = $1', [clientId]);
    await target.client.query('delete from private.client_moves where client_id = $1', [clientId]);
    await removeAccounts(target, accounts.made);
  });
}

/** What would be copied, by table. */
export async function countRows(
  source: Project,
  plan: Plan,
  owner: Owner,
): Promise<{ name: string; rows: number }[]> {
  const counts: { name: string; rows: number }[] = [];
  for (const { table, owned } of plan.values()) {
    const [found] = await rowsOf<{ rows: string }>(
      source,
      `select count(*)::text as rows from ${table.name} as t where ${owned(owner)}`,
    );
    counts.push({ name: table.name, rows: Number(found?.rows ?? 0) });
  }
  return counts.filter(({ rows }) => rows > 0);
}
