// How long a list of 100,000 leads takes from the bytes of the file until the last row has its outcome.
//
// Method: see project.ts. The list looks like an export of Apollo (24 columns, a verifier's word, quotes, umlauts), 28 MB in
// Windows-1252; every fiftieth row is odd (no address, several, one that was there before, a suppressed person). It is decoded,
// taken apart and sent as the dashboard's worker does, one part after the other. Processor time and memory of the function are read
// from /proc while it works, per call; the longest task of the page is measured in Chromium by tests/e2e/import.spec.ts.
import { Buffer } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { decodeBytes } from '../supabase/functions/_shared/import/encoding.ts';
import { guessMapping } from '../supabase/functions/_shared/import/guess-mapping.ts';
import { readParts } from '../supabase/functions/_shared/import/parts.ts';
import { readStart } from '../supabase/functions/_shared/import/read-table.ts';
import { type BenchProject, clientId, connectionId, startBenchProject } from './project.ts';

const rows = 100_000;

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
    let chunks = 0;
    const calls: { processor: number; seconds: number }[] = [];
    for (const { chunk, first_row, rows } of readParts(text, table)) {
      const before = usage(project);
      const begun = performance.now();
      await project.call('import-leads', { action: 'add', import_id, chunk, first_row, rows });
      calls.push({
        processor: usage(project).processor - before.processor,
        seconds: (performance.now() - begun) / 1_000,
      });
      chunks++;
    }
    const done = await project.call('import-leads', { action: 'finish', import_id, chunks });
    const seconds = (performance.now() - started) / 1_000;
    const processor = calls.map((call) => call.processor).sort((a, b) => a - b);
    const last = calls.slice(-5).reduce((sum, call) => sum + call.seconds, 0) / 5;
    console.log(
      `  imported in ${seconds.toFixed(1)} s, ${chunks} calls; the last ones took ${last.toFixed(2)} s each`,
    );
    console.log(
      `  processor time of a call: ${processor[Math.floor(chunks / 2)]?.toFixed(2)} s, at most ${
        processor.at(-1)?.toFixed(2)
      } s; memory of the function at most ${usage(project).memory} MiB`,
    );
    console.log(`  ${JSON.stringify(done['counts'])}`);
    await undo(project, String(import_id));
  } finally {
    await project.stop();
  }
}

async function undo(project: BenchProject, importId: string): Promise<void> {
  const started = performance.now();
  let status: unknown;
  do {
    ({ status } = await project.call('import-leads', { action: 'undo', import_id: importId }));
  } while (status === 'undoing');
  console.log(`  undone in ${((performance.now() - started) / 1_000).toFixed(1)} s`);
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
  const pid = stack.functions.pid('import-leads') ?? 0;
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return {
    processor: (Number(stat[11]) + Number(stat[12])) / 100,
    memory: Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1_024),
  };
}
