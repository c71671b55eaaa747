// DuckDB's part of the archive: rows are staged in a file of its own, written as Parquet, and read back from there.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { ArchivableRow, Kind } from './database.ts';

/** The columns of a file in the order of private.archived_delivery, archived_message and archived_event. Times are UTC. */
export const columns: Record<Kind, [name: string, type: string][]> = {
  deliveries: [
    ['id', 'BIGINT'],
    ['connection_id', 'UUID'],
    ['event_key', 'UUID'],
    ['provider_campaign_id', 'VARCHAR'],
    ['status', 'VARCHAR'],
    ['source', 'VARCHAR'],
    ['received_at', 'TIMESTAMP'],
    ['event', 'VARCHAR'],
    ['payload', 'VARCHAR'],
  ],
  messages: [
    ['id', 'UUID'],
    ['campaign_id', 'UUID'],
    ['lead_id', 'UUID'],
    ['event_id', 'BIGINT'],
    ['occurred_at', 'TIMESTAMP'],
    ['direction', 'VARCHAR'],
    ['is_auto_reply', 'BOOLEAN'],
    ['email', 'VARCHAR'],
    ['written_by', 'VARCHAR'],
    ['email_account', 'VARCHAR'],
    ['subject', 'VARCHAR'],
    ['body_text', 'VARCHAR'],
    ['body_html', 'VARCHAR'],
    ['snippet', 'VARCHAR'],
    ['raw_html', 'VARCHAR'],
  ],
  events: [
    ['id', 'BIGINT'],
    ['campaign_id', 'UUID'],
    ['lead_id', 'UUID'],
    ['connection_id', 'UUID'],
    ['provider', 'VARCHAR'],
    ['type', 'VARCHAR'],
    ['occurred_at', 'TIMESTAMP'],
    ['received_at', 'TIMESTAMP'],
    ['email', 'VARCHAR'],
    ['email_account', 'VARCHAR'],
    ['step', 'SMALLINT'],
    ['variant', 'SMALLINT'],
    ['label', 'VARCHAR'],
    ['is_inferred', 'BOOLEAN'],
    ['time_is_arrival', 'BOOLEAN'],
  ],
};

/** As private.archive_digest makes it of the same row. */
const rendered = ([name, type]: [string, string]): string =>
  type === 'TIMESTAMP' ? `strftime("${name}", '%Y-%m-%d %H:%M:%S.%f')` : `"${name}"::VARCHAR`;
export const rowDigest = (kind: Kind): string =>
  `md5(concat_ws(chr(31), ${
    columns[kind].map((column) => `coalesce(${rendered(column)}, chr(30))`).join(', ')
  }))`;
const timeOf: Record<Kind, string> = {
  deliveries: 'received_at',
  messages: 'occurred_at',
  events: 'occurred_at',
};

export const quoted = (text: string): string => `'${text.replaceAll(`'`, `''`)}'`;

export interface Digest {
  rows: number;
  digest: string;
}

export type Duck = Awaited<ReturnType<typeof openDuck>>;

/** A database of DuckDB in the given folder, so that a month need not fit into memory. */
export async function openDuck(folder: string) {
  const path = join(folder, 'staging.duckdb');
  const instance = await DuckDBInstance.create(path);
  const connection: DuckDBConnection = await instance.connect();

  async function read<Row extends Record<string, unknown>>(sql: string): Promise<Row[]> {
    return (await connection.runAndReadAll(sql)).getRowObjectsJson() as Row[];
  }

  async function digestOf(source: string, digest: string): Promise<Digest> {
    const [found] = await read<{ rows: string; digest: string }>(
      `select count(*) as rows, md5(coalesce(string_agg(${digest}, '' order by id::VARCHAR), '')) as digest from ${source}`,
    );
    return { rows: Number(found?.rows ?? 0), digest: found?.digest ?? '' };
  }

  return {
    run: (sql: string) => connection.run(sql),
    read,

    async beginStaging(kind: Kind): Promise<void> {
      const texts = columns[kind].map(([name]) => `"${name}" VARCHAR`).join(', ');
      await connection.run(`create or replace table staged (client VARCHAR, ${texts}, digest VARCHAR)`);
    },

    async stage(rows: ArchivableRow[]): Promise<void> {
      const appender = await connection.createAppender('staged');
      for (const { client_id, values, digest } of rows) {
        for (const value of [client_id ?? 'none', ...values, digest]) {
          if (value === null) appender.appendNull();
          else appender.appendVarchar(value);
        }
        appender.endRow();
      }
      appender.closeSync();
    },

    stagedClients: () =>
      read<{ client: string }>('select distinct client from staged order by client').then((rows) =>
        rows.map(({ client }) => client)
      ),

    /** What the database computed of the rows of a client: the file has to give the same. */
    stagedDigest: (client: string) =>
      digestOf(`(select id, digest from staged where client = ${quoted(client)})`, 'digest'),

    async writeStaged(kind: Kind, client: string, to: string): Promise<void> {
      const typed = columns[kind].map(([name, type]) => `"${name}"::${type} as "${name}"`).join(', ');
      await connection.run(
        `copy (select ${typed} from staged where client = ${quoted(client)} order by "${timeOf[kind]}", id)
         to ${quoted(to)} (format parquet, compression zstd)`,
      );
    },

    async writeTable(table: string, to: string): Promise<void> {
      await connection.run(`copy ${table} to ${quoted(to)} (format parquet, compression zstd)`);
    },

    fileDigest: (kind: Kind, file: string) =>
      digestOf(`read_parquet(${quoted(file)}, hive_partitioning = false)`, rowDigest(kind)),
    tableDigest: (kind: Kind, table: string) => digestOf(table, rowDigest(kind)),

    /** What the database needs to know a row again, in pages. */
    async *rowsOf(kind: Kind, file: string, pageSize: number) {
      const stream = await connection.stream(
        `select id::VARCHAR, strftime("${timeOf[kind]}", '%Y-%m-%d %H:%M:%S.%f'), ${rowDigest(kind)}
         from read_parquet(${quoted(file)}, hive_partitioning = false)`,
      );
      let page: { id: string; at: string; digest: string }[] = [];
      for (
        let chunk = await stream.fetchChunk();
        chunk && chunk.rowCount > 0;
        chunk = await stream.fetchChunk()
      ) {
        for (const [id, at, digest] of chunk.getRows()) {
          page.push({ id: String(id), at: String(at), digest: String(digest) });
          if (page.length === pageSize) {
            yield page;
            page = [];
          }
        }
      }
      if (page.length > 0) yield page;
    },

    async close(): Promise<void> {
      connection.closeSync();
      instance.closeSync();
      await rm(path, { force: true });
    },
  };
}
