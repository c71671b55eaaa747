// Erasures reach the archive: who was erased is known by salted hashes only, so each file's addresses are asked for in the database, and
// a file with rows of such people is written again without what they hold.
import { join } from 'node:path';
import type { ArchiveDatabase, Kind, Part } from './database.ts';
import { columns, type Duck, quoted } from './duck.ts';
import { putAndVerify, type Run } from './run.ts';

const asked = 500;

/** What stays of a row: that it was, of which kind and when. */
const emptied: Record<Kind, string[]> = {
  deliveries: ['event', 'payload'],
  messages: ['written_by', 'subject', 'body_text', 'body_html', 'snippet', 'raw_html'],
  events: ['label'],
};
/** As private.addresses_in finds them; a line break of JSON ends one. */
const addresses = String.raw`[^\s"<>,;:()\\]{1,100}(?:@|%40)[^\s"<>,;:()\\]{1,200}`;

/** Returns how many rows were emptied. */
export async function eraseInParts(run: Run): Promise<number> {
  let erased = 0;
  for (let after = 0;;) {
    const { until, parts } = await run.database.unerased(after);
    if (until === null || parts.length === 0) return erased;
    for (const part of parts) {
      erased += await erasePart(run, part, until);
      await run.step('erased', part.file);
      after = part.id;
    }
  }
}

async function erasePart(run: Run, part: Part, until: string): Promise<number> {
  const { duck, database, store, folder } = run;
  const file = join(folder, 'looked-through.parquet');
  await store.get(part.file, file);
  const texts = columns[part.kind].filter(([, type]) => type === 'VARCHAR').map(([name]) => `"${name}"`);
  const all = `regexp_replace(concat_ws(' ', ${texts.join(', ')}), '\\\\[nrtbf]', ' ', 'g')`;
  await duck.run(
    `create or replace table part as
     select *, list_distinct(regexp_extract_all(lower(${all}), ${quoted(addresses)})) as written
     from read_parquet(${quoted(file)}, hive_partitioning = false)`,
  );
  const found = await findErased(database, duck, part);
  if (found.addresses.size === 0 && found.leads.size === 0) {
    await database.recordErased(part.id, until, null);
    return 0;
  }
  const hits = `list_has_any(written, [${[...found.addresses.keys()].map(quoted).join(', ') || `''`}])` +
    (part.kind === 'deliveries'
      ? ''
      : ` or lead_id::VARCHAR in (${[...found.leads.keys()].map(quoted).join(', ') || `''`})`);
  const [count] = await duck.read<{ rows: string }>(`select count(*) as rows from part where ${hits}`);
  const cleared = emptied[part.kind].map((name) => `"${name}" = null`);
  await duck.run(`update part set ${[...cleared, ...pseudonyms(part.kind, found)].join(', ')} where ${hits}`);
  await duck.run('create or replace table rewritten as select * exclude (written) from part');
  const written = join(folder, 'rewritten.parquet');
  await duck.writeTable('rewritten', written);
  const expected = await duck.tableDigest(part.kind, 'rewritten');
  const next = nextRevision(part.file);
  const { bytes } = await putAndVerify(run, part.kind, next, written, expected);
  await database.recordErased(part.id, until, { file: next, bytes, digest: expected.digest });
  return Number(count?.rows ?? 0);
}

interface Found {
  /** Pseudonyms by the address as it is written in the file, and by the lead. */
  addresses: Map<string, string>;
  leads: Map<string, string>;
}

async function findErased(database: ArchiveDatabase, duck: Duck, part: Part): Promise<Found> {
  const list = async (sql: string) => (await duck.read<{ value: string }>(sql)).map(({ value }) => value);
  const written = await list('select distinct unnest(written) as value from part');
  const leads = part.kind === 'deliveries'
    ? []
    : await list('select distinct lead_id::VARCHAR as value from part where lead_id is not null');
  const found: Found = { addresses: new Map(), leads: new Map() };
  for (let from = 0; from < Math.max(written.length, leads.length); from += asked) {
    const erased = await database.findErased(
      part.client_id,
      written.slice(from, from + asked),
      leads.slice(from, from + asked),
    );
    for (const { written, pseudonym } of erased.addresses) found.addresses.set(written, pseudonym);
    for (const { id, pseudonym } of erased.leads) found.leads.set(id, pseudonym);
  }
  return found;
}

/** The address of an erased person becomes its pseudonym; that of somebody else in whose mail it was stays. */
function pseudonyms(kind: Kind, { addresses, leads }: Found): string[] {
  if (kind === 'deliveries') return [];
  const cases = [
    ...[...leads].map(([id, pseudonym]) => `when lead_id::VARCHAR = ${quoted(id)} then ${quoted(pseudonym)}`),
    ...[...addresses].map(([text, pseudonym]) =>
      `when lower(email) = ${quoted(text)} then ${quoted(pseudonym)}`
    ),
  ];
  return [`"email" = case ${cases.join(' ')} else "email" end`];
}

const nextRevision = (file: string): string => {
  const [, base = file, revision = '1'] = /^(.*?)(?:\.(\d+))?\.parquet$/.exec(file) ?? [];
  return `${base}.${Number(revision) + 1}.parquet`;
};
