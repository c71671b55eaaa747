// Which rows of which tables belong to a client, and how each column of them is written in the target. Found in the catalogue, so that
// a table of tomorrow moves without anybody thinking of it.
import pg from 'pg';
import { Failure } from '../shared/failure.ts';
import type { Catalogue, Column, ForeignKey, Table } from './catalogue.ts';
import {
  changesInBackground,
  encrypted,
  leftBehind,
  mayPointElsewhere,
  numberedElsewhere,
  ownerColumns,
  rewritten,
} from './tables.ts';

/** What a client owns on one side, by id. */
export interface Owner {
  clientId: string;
  /** Workspaces of its own, removed ones too. */
  connections: string[];
  endpoints: string[];
  crmConnections: string[];
  people: string[];
  /** People and operators who have an account in the target. */
  accounts: string[];
}

/** How ids differ in the target. */
export interface Rewriting {
  /** What is added to the ids that a table numbers. */
  shifts: Record<string, string>;
  /** Accounts that have another id in the target. */
  accounts: Record<string, string>;
}

export const unchanged: Rewriting = { shifts: {}, accounts: {} };

export interface PlannedTable {
  table: Table;
  /** The table whose rows decide which rows of this one belong to the client; null = its own columns do. */
  dependsOn: string | null;
  /** The condition on `t` by which a row belongs to the client. */
  owned: (owner: Owner) => string;
}

const connections = 'public.provider_connections';
const users = 'auth.users';

/** Tables of which a client has rows of its own beside those of the agency: a row that refers to the agency's stays. */
const shareable: Record<string, (owner: Owner) => string[]> = {
  [connections]: (owner) => owner.connections,
  'public.crm_connections': (owner) => owner.crmConnections,
  'public.outgoing_endpoints': (owner) => owner.endpoints,
  'public.members': (owner) => owner.people,
  'private.notification_preferences': (owner) => owner.people,
  [users]: (owner) => owner.accounts,
};

/** Where a row refers to several tables, the first of these decides: the fewer rows, the earlier. */
const rank = [
  'public.campaigns',
  'public.imports',
  'public.meetings',
  'public.messages',
  'public.synced_leads',
  'private.outgoing_events',
  'public.outgoing_endpoints',
  'public.crm_connections',
  'private.webhook_events',
  connections,
];

/** All tables that move, by name; each after the one that it depends on. */
export type Plan = Map<string, PlannedTable>;

export function planTables(catalogue: Catalogue): Plan {
  const planned: Plan = new Map();
  const waiting = [...catalogue.values()].filter(({ name }) => !(name in leftBehind));
  for (;;) {
    const ready = waiting.filter(({ name }) => !planned.has(name)).flatMap((table) => {
      const one = planTable(table, planned);
      return one ? [one] : [];
    });
    if (ready.length === 0) break;
    for (const one of ready) planned.set(one.table.name, one);
  }
  const unknown = waiting.filter(({ name }) => !planned.has(name)).map(({ name }) => name);
  if (unknown.length > 0) {
    throw new Failure(
      `Whether ${unknown.join(', ')} belongs to a client is not known; name it in local/move/tables.ts`,
    );
  }
  return planned;
}

function planTable(table: Table, planned: Plan): PlannedTable | undefined {
  if (table.name === 'public.clients') {
    return { table, dependsOn: null, owned: ({ clientId }) => `t.id = ${pg.escapeLiteral(clientId)}` };
  }
  const keys = table.foreignKeys.filter(({ setsNull }) => !setsNull);
  const ownerColumn = ownerColumns[table.name] ?? 'client_id';
  const clientId = table.columns.find(({ name }) => name === ownerColumn);
  if (clientId) {
    // Of some things the client is not named where its workspace is.
    const viaConnection = clientId.isNullable && keys.find(({ parent }) => parent === connections);
    return {
      table,
      dependsOn: null,
      owned: (owner) =>
        all([
          any([
            `t.${ownerColumn} = ${pg.escapeLiteral(owner.clientId)}`,
            ...(viaConnection ? [among(viaConnection, owner.connections)] : []),
          ]),
          ...restrictions(table, keys, null, owner),
        ]),
    };
  }
  const parents = keys.filter(({ parent }) => parent === users || !(parent in leftBehind));
  if (parents.some(({ parent }) => parent !== users && !planned.has(parent))) return undefined;
  const [key] = parents.filter(({ parent }) => parent !== users).sort((a, b) =>
    place(a.parent) - place(b.parent)
  );
  if (!key) return undefined;
  return {
    table,
    dependsOn: key.parent,
    owned: (owner) =>
      all([
        key.parent in shareable ? among(key, shareable[key.parent]!(owner)) : within(planned, key, owner),
        ...restrictions(table, keys, key, owner),
      ]),
  };
}

function place(parent: string): number {
  const index = rank.indexOf(parent);
  return index < 0 ? rank.length : index;
}

/** What a row refers to must move as well. */
function restrictions(
  table: Table,
  keys: ForeignKey[],
  decided: ForeignKey | null,
  owner: Owner,
): string[] {
  // Who belongs to the client is what the table of members says.
  if (table.name === 'public.members') return [];
  return keys.filter((key) => key !== decided && key.parent in shareable).map((key) => {
    const condition = among(key, shareable[key.parent]!(owner));
    const column = columnOf(table, key.columns[0]);
    return column.isNullable ? `(t.${column.name} is null or ${condition})` : condition;
  });
}

function among(key: ForeignKey, ids: string[]): string {
  return `t.${key.columns[0]} = any (${uuids(ids)})`;
}

/** The reference leads to a row of the client. */
function within(plan: Plan, key: ForeignKey, owner: Owner): string {
  const list = (names: string[]) => names.map((name) => `t.${name}`).join(', ');
  return `(${list(key.columns)}) in (select ${list(key.parentColumns)} from ${key.parent} as t where ${
    plan.get(key.parent)!.owned(owner)
  })`;
}

export function uuids(ids: string[]): string {
  return `${pg.escapeLiteral(`{${ids.join(',')}}`)}::uuid[]`;
}

const any = (conditions: string[]) =>
  conditions.length === 1 ? conditions[0]! : `(${conditions.join(' or ')})`;
const all = (conditions: string[]) => conditions.join(' and ');

function columnOf(table: Table, name: string | undefined): Column {
  const column = table.columns.find((one) => one.name === name);
  if (!column) throw new Failure(`The table ${table.name} has no column "${name}"`);
  return column;
}

/** The table that numbers a column, if the database does. */
export function numberedBy(table: Table, column: Column): string | undefined {
  if (column.sequence) return table.name;
  const elsewhere = numberedElsewhere[`${table.name}.${column.name}`];
  if (elsewhere) return elsewhere;
  if (column.type !== 'bigint') return undefined;
  return table.foreignKeys.find(({ columns }) => columns.length === 1 && columns[0] === column.name)?.parent;
}

/** A column of the source as it is written in the target. */
export function expressionOf(
  plan: Plan,
  table: Table,
  column: Column,
  owner: Owner,
  rewriting: Rewriting,
): string {
  const name = `${table.name}.${column.name}`;
  const own = rewritten[name];
  if (own) return own(rewriting.shifts['private.webhook_events'] ?? '0');
  const numbers = numberedBy(table, column);
  const shift = numbers && rewriting.shifts[numbers];
  if (shift) return `t.${column.name} + ${shift}`;
  if (name === 'public.members.made_account') {
    // An account that was there before is somebody's for other reasons.
    return `t.made_account and t.user_id <> all (${uuids(Object.keys(rewriting.accounts))})`;
  }
  const value = column.type === 'uuid' ? renamed(`t.${column.name}`, rewriting.accounts) : `t.${column.name}`;
  if (!mayPointElsewhere.includes(name)) return value;
  const key = table.foreignKeys.find(({ columns }) => columns[0] === column.name);
  if (!key) throw new Failure(`${name} refers to nothing`);
  const moves = key.parent === users ? among(key, owner.accounts) : within(plan, key, owner);
  return `case when ${moves} then ${value} end`;
}

/** Ids of accounts are like no other id, so they are replaced wherever they are. */
export function renamed(value: string, accounts: Record<string, string>): string {
  const pairs = Object.entries(accounts);
  if (pairs.length === 0) return value;
  const cases = pairs.map(([from, to]) =>
    `when ${pg.escapeLiteral(from)} then ${pg.escapeLiteral(to)}::uuid`
  );
  return `case ${value} ${cases.join(' ')} else ${value} end`;
}

const isEncrypted = (table: Table, column: Column) =>
  encrypted.some((one) =>
    one.table === table.name && (one.text === column.name || one.masterKeyId === column.name)
  );

/** What is copied: generated columns are made by the target. */
export const copiedColumns = (table: Table): Column[] =>
  table.columns.filter((column) => !column.isGenerated);

/** What is compared: everything but texts that are encrypted for the target, which are compared decrypted. */
export const comparedColumns = (table: Table): Column[] =>
  table.columns.filter((column) => !isEncrypted(table, column));

/** What of these nothing but a person changes in a closed client. */
export function settledColumns(table: Table): Column[] {
  const background = changesInBackground[table.name];
  if (background === 'all') return [];
  return comparedColumns(table).filter(({ name }) => !background?.includes(name));
}

export function selectOf(
  plan: Plan,
  { table, owned }: PlannedTable,
  columns: Column[],
  owner: Owner,
  rewriting: Rewriting,
): string {
  const list = columns.map((column) =>
    `${expressionOf(plan, table, column, owner, rewriting)} as ${pg.escapeIdentifier(column.name)}`
  );
  return `select ${list.join(', ')} from ${table.name} as t where ${owned(owner)}`;
}
