import { readFileSync } from 'node:fs';
import pg from 'pg';

export interface TapReport {
  /** How many assertions the file announced; undefined when it announced none. */
  planned: number | undefined;
  passed: number;
  /** Everything that is wrong with the run, each with its diagnostics; empty when all is well. */
  problems: string[];
}

const assertion = /^(not )?ok (\d+)/;
const announcement = /^1\.\.(\d+)/;

/** Reads TAP as pgTAP writes it: a failed, skipped or postponed assertion is a problem, and so is a missed plan. */
export function readTap(lines: string[]): TapReport {
  const problems: string[] = [];
  let planned: number | undefined;
  let passed = 0;
  let ran = 0;
  let failing = false;
  for (const line of lines) {
    const announced = announcement.exec(line);
    const result = assertion.exec(line);
    if (announced) {
      planned = Number(announced[1]);
    } else if (result) {
      ran++;
      failing = result[1] !== undefined || /# (?:skip|todo)\b/i.test(line);
      if (failing) problems.push(line);
      else passed++;
      if (Number(result[2]) !== ran) problems.push(`Assertion ${ran} calls itself ${result[2]}`);
    } else if (line.startsWith('#') && failing) {
      problems.push(`${problems.pop()}\n  ${line}`);
    }
  }
  if (planned === undefined) problems.push('The file announces no plan');
  else if (planned !== ran) problems.push(`The file planned ${planned} assertions and ran ${ran}`);
  if (ran === 0) problems.push('The file asserts nothing');
  return { planned, passed, problems };
}

/** Runs one pgTAP file on its own connection, as a whole like psql, and reads its output. */
export async function runPgTap(databaseUrl: string, file: string): Promise<TapReport> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const lines: string[] = [];
  try {
    const error = await new Promise<pg.DatabaseError | undefined>((resolve) => {
      // Row by row: when a statement aborts the file, earlier assertions are still reported.
      const query = new pg.Query<Record<string, unknown>>(readFileSync(file, 'utf8'));
      query.on('row', (row) => {
        for (const value of Object.values(row)) {
          if (typeof value === 'string') lines.push(...value.split('\n'));
        }
      });
      query.on('error', (failure) => resolve(failure as pg.DatabaseError));
      query.on('end', () => resolve(undefined));
      client.query(query);
    });
    const report = readTap(lines);
    if (error) {
      const where = error.where ? `\n  ${error.where}` : '';
      report.problems.unshift(`After ${report.passed} assertions: ${error.code} ${error.message}${where}`);
    } else if ((await client.query('select pg_current_xact_id_if_assigned() as id')).rows[0]?.id !== null) {
      report.problems.push('The file leaves its transaction open');
    }
    return report;
  } finally {
    await client.end();
  }
}
