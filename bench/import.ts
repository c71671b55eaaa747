// How long a list of 100,000 leads takes from the bytes of the file until the last row has its outcome.
//
// Method: see project.ts. The list looks like an export of Apollo (24 columns, a verifier's word, quotes, umlauts), 28 MB in
// Windows-1252; every fiftieth row is odd (no address, several, one that was there before, a suppressed person). It is decoded,
// taken apart and sent as the dashboard's worker does, one part after the other. Processor time and memory of the function are read
// from /proc while it works, per call; the longest task of the page is measured in Chromium by tests/e2e/import-speed.spec.ts. Then the
// import is undone, with statistics as old as they are right after it. What is over a goal ends the benchmark with an error.
import { Buffer } from 'node:buffer';
import process from 'node:process';
import { peakMemory, processorSeconds } from '../local/shared/process-usage.ts';
import { decodeBytes } from '../supabase/functions/_shared/import/encoding.ts';
import { guessMapping } from '../supabase/functions/_shared/import/guess-mapping.ts';
import { readParts } from '../supabase/functions/_shared/import/parts.ts';
import { readStart } from '../supabase/functions/_shared/import/read-table.ts';
import { type BenchProject, clientId, connectionId, startBenchProject } from './project.ts';

const rows = 100_000;

/** Of the import from the first byte to the last outcome, of one call of the function, of the function, of one statement (half its limit). */
const goals = { seconds: 60, processorOfCall: 2, memory: 256, statement: 4 };

export async function benchImport(): Promise<void> {
  const project = await startBenchProject(['import-leads']);
  try {
    const campaignId = await prepare(project);
    const bytes = makeList();
    console.log(`  ${rows.toLocaleString('en')} rows, ${(bytes.length / 2 ** 20).toFixed(1)} MiB`);
    const started = performance.now();
    const { text, encoding } = decodeBytes(bytes);
    const table = readStart(text);
    const columns = guessMapping(table.headers, table.rows).map(({ header, target, variable }) => ({
      header,
      target,
      variable,
    }));
    const { import_id } = await project.call('import-leads', {
      action: 'start',
      campaign_id: campaignId,
      file_name: 'bench.csv',
      format: { delimiter: table.delimiter, encoding },
      columns,
    });
    const calls: Call[] = [];
    for (const { chunk, first_row, rows } of readParts(text, table)) {
      await timed(project, calls, { action: 'add', import_id, chunk, first_row, rows });
    }
    const done = await timed(project, calls, { action: 'finish', import_id, chunks: calls.length });
    const seconds = (performance.now() - started) / 1_000;
    const last = calls.slice(-6, -1).reduce((sum, call) => sum + call.seconds, 0) / 5;
    console.log(
      `  imported in ${seconds.toFixed(1)} s, ${calls.length} calls; the last parts took ${
        last.toFixed(2)
      } s each`,
    );
    console.log(`  ${JSON.stringify(done['counts'])}`);
    holds('seconds of the import', seconds, goals.seconds);
    const undoing = await undo(project, String(import_id));
    holds(
      'seconds of processor time of a call',
      Math.max(...[...calls, ...undoing].map(({ processor }) => processor)),
      goals.processorOfCall,
    );
    holds('MiB of memory of the function', usage(project).memory, goals.memory);
    holds('seconds of the longest statement', await slowestQuery(project), goals.statement);
  } finally {
    await project.stop();
  }
}

interface Call {
  processor: number;
  seconds: number;
}

async function timed(project: BenchProject, calls: Call[], body: unknown): Promise<Record<string, unknown>> {
  const before = usage(project);
  const begun = performance.now();
  const answer = await project.call('import-leads', body);
  calls.push({
    processor: usage(project).processor - before.processor,
    seconds: (performance.now() - begun) / 1_000,
  });
  return answer;
}

async function undo(project: BenchProject, importId: string): Promise<Call[]> {
  const calls: Call[] = [];
  const started = performance.now();
  let answer: Record<string, unknown>;
  do {
    answer = await timed(project, calls, { action: 'undo', import_id: importId });
  } while (answer['status'] === 'undoing');
  console.log(
    `  undone in ${((performance.now() - started) / 1_000).toFixed(1)} s, ${calls.length} calls of at most ${
      Math.max(...calls.map(({ seconds }) => seconds)).toFixed(1)
    } s; ${JSON.stringify(answer['undo_result'])}`,
  );
  return calls;
}

/** As PostgREST sends them: one call of a SQL function each. */
async function slowestQuery({ database }: BenchProject): Promise<number> {
  const { rows: [longest] } = await database.query<{ seconds: number }>(
    `select max(max_exec_time) / 1000 as seconds from extensions.pg_stat_statements where query like '%pgrst_source%'`,
  );
  return longest?.seconds ?? Infinity;
}

function holds(what: string, measured: number, goal: number): void {
  const isMet = measured < goal;
  console.log(`  ${measured.toFixed(2)} ${what}, goal below ${goal}: ${isMet ? 'met' : 'MISSED'}`);
  if (!isMet) process.exitCode = 1;
}

async function prepare({ database }: BenchProject): Promise<string> {
  const { rows: [campaign] } = await database.query<{ id: string }>(
    `insert into public.campaigns (client_id, connection_id, name) values ($1, $2, 'Bench') returning id`,
    [clientId, connectionId],
  );
  const { rows: [other] } = await database.query<{ id: string }>(
    `insert into public.campaigns (client_id, connection_id, name) values ($1, $2, 'Before') returning id`,
    [clientId, connectionId],
  );
  await database.query(
    `insert into public.businesses (client_id, campaign_id, name, email)
     select $1, $2, 'Firm ' || n, 'person' || n * 200 || '@firm' || n * 200 || '.test' from generate_series(1, 50000) as n`,
    [clientId, other?.id],
  );
  await database.query(
    `insert into public.suppressions (client_id, email, reason)
     select $1, 'person' || n * 77 || '@firm' || n * 77 || '.test', 'unsubscribed' from generate_series(1, 20000) as n`,
    [clientId],
  );
  await database.query('analyze');
  return campaign?.id ?? '';
}

const headings =
  'First Name,Last Name,Title,Company,Email,Email Status,Seniority,Departments,Work Direct Phone,# Employees,Industry,' +
  'Keywords,Person Linkedin Url,Website,Facebook Url,City,State,Country,Company Address,Annual Revenue,Technologies,' +
  'SEO Description,Lists,Icebreaker';

function makeList(): Uint8Array {
  const lines = [headings];
  for (let n = 1; n <= rows; n++) {
    const email = n % 50 !== 0
      ? `Person${n}@firm${n}.test`
      : n % 100 === 0
      ? ''
      : `person${n}@firm${n}.test; office@firm${n}.test`;
    lines.push(
      `Jörg ${n},"Müller, Dr.",Geschäftsführer,"Firma ""${n}"" GmbH",${email},Verified,C-Suite,"Sales, Marketing",+49 30 ${n},` +
        `${
          n % 500
        },Maschinenbau,"machines, tools, parts",linkedin.com/in/person${n},firm${n}.test,,Köln,NRW,Germany,` +
        `"Hauptstraße ${n}\n50667 Köln",${n}000,"Shopify, Klaviyo","Wir bauen Maschinen für ${n} Kunden",List ${
          n % 7
        },` +
        `Glückwunsch zu ${n} Jahren`,
    );
  }
  return new Uint8Array(Buffer.from(lines.join('\r\n'), 'latin1'));
}

/** Processor seconds that the function has used, and the most memory that it held, in MiB. */
function usage({ stack }: BenchProject): { processor: number; memory: number } {
  const pid = stack.functions.pid('import-leads');
  return { processor: processorSeconds(pid), memory: Math.round(peakMemory(pid)) };
}
