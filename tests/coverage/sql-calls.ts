// Which SQL functions a test called: Postgres counts them per database, and a test's database is dropped at its end.
import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { withClient } from '../../local/platform/postgres/client.ts';
import type { PostgresServer } from '../../local/platform/postgres/postgres.ts';
import { dropDatabase } from '../../local/stack/testing.ts';
import { callsDirectory, isMeasured } from './places.ts';

/** An SQL function, the lines of its body, and whether it was called. Postgres does not count what it inlines. */
const sqlFunction = z.object({ name: z.string(), lines: z.number(), isCalled: z.boolean() });
export type SqlFunction = z.infer<typeof sqlFunction>;

export async function dropTestDatabase(server: PostgresServer, database: string): Promise<void> {
  if (isMeasured) await recordCalls(server, database);
  await dropDatabase(server, database);
}

async function recordCalls(server: PostgresServer, database: string): Promise<void> {
  const { rows } = await withClient(server.adminUrl(database), (client) =>
    client.query(
      `select format('%I.%I(%s)', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid)) as name,
         greatest(1, regexp_count(coalesce(pg_get_function_sqlbody(p.oid), p.prosrc), e'\\n')) as lines,
         coalesce(s.calls, 0) > 0 as "isCalled"
       from pg_proc as p
       join pg_namespace as n on n.oid = p.pronamespace
       join pg_language as l on l.oid = p.prolang
       left join pg_stat_user_functions as s on s.funcid = p.oid
       where n.nspname in ('public', 'private', 'worker') and l.lanname in ('sql', 'plpgsql')
         and not exists (select from pg_depend as d where d.objid = p.oid and d.deptype = 'e')`,
    ));
  mkdirSync(callsDirectory, { recursive: true });
  writeFileSync(join(callsDirectory, `${randomUUID()}.json`), JSON.stringify(rows));
}

/** All SQL functions of the project, each called if it was called in any database. */
export function readCalls(): SqlFunction[] {
  const found = new Map<string, SqlFunction>();
  for (const file of readdirSync(callsDirectory)) {
    for (
      const row of z.array(sqlFunction).parse(JSON.parse(readFileSync(join(callsDirectory, file), 'utf8')))
    ) {
      found.set(row.name, { ...row, isCalled: row.isCalled || (found.get(row.name)?.isCalled ?? false) });
    }
  }
  return [...found.values()];
}
