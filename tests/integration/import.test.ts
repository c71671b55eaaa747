// Importing leads: part by part, each row with an outcome and a reason; repeated, interrupted, cancelled, undone.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, type Project, readRelation, startProject, type Tenant } from '../support/project.ts';

let project: Project;
let tenant: Tenant;
let operator: Client;
let connectionId: string;

beforeAll(async () => {
  project = await startProject({ functions: ['import-leads', 'export-campaign'] });
  tenant = await project.createTenant('Importers');
  connectionId = (await project.createConnection(tenant.clientId)).id;
  operator = await project.signIn(await project.createUser('operator', null));
});
afterAll(() => project.stop());

const invoke = async (body: Record<string, unknown>) => await project.invoke('import-leads', body);
const campaign = (name: string) =>
  project.createCampaign(tenant.clientId, connectionId, { name, generation_status: 'pending' });

const columns = [
  { header: 'Email', target: 'email' },
  { header: 'First name', target: 'first_name' },
  { header: 'Company', target: 'name' },
  { header: 'Team size', target: 'variable' },
];

async function begin(campaignId: string, more: Record<string, unknown> = {}): Promise<string> {
  const { status, body } = await invoke({
    action: 'start',
    campaign_id: campaignId,
    file_name: 'list.csv',
    columns,
    list_is_verified: true,
    ...more,
  });
  expect([status, body['error']]).toEqual([201, undefined]);
  return String(body['import_id']);
}

const add = (importId: string, chunk: number, firstRow: number, rows: unknown[]) =>
  invoke({ action: 'add', import_id: importId, chunk, first_row: firstRow, rows });

async function importAll(campaignId: string, rows: unknown[], more: Record<string, unknown> = {}) {
  const importId = await begin(campaignId, more);
  const added = await add(importId, 0, 2, rows);
  expect([added.status, added.body['error']]).toEqual([200, undefined]);
  await invoke({ action: 'finish', import_id: importId, chunks: 1 });
  return importId;
}

/** Row number → outcome, reason and flags as one text. */
async function outcomes(importId: string): Promise<string[]> {
  const rows = await project.sql<{ text: string }>(
    `select concat_ws(' ', row_number, outcome, reason, nullif(array_to_string(flags, '+'), '')) as text
     from public.import_rows where import_id = $1 order by row_number`,
    [importId],
  );
  return rows.map(({ text }) => text);
}

const businesses = (campaignId: string) =>
  project.sql<Record<string, unknown>>(
    'select * from public.businesses where campaign_id = $1 order by email',
    [campaignId],
  );

describe('each row', () => {
  it('ends with an outcome and why', async () => {
    const other = await campaign('Spring');
    await importAll(other, [['old@firm.test', 'Ola', 'Firm', '']]);
    await project.sql(
      `insert into public.suppressions (client_id, email, reason) values ($1, 'no@firm.test', 'unsubscribed')`,
      [tenant.clientId],
    );
    const campaignId = await campaign('Summer');
    await importAll(campaignId, [['known@firm.test', 'Kim', 'Firm', '4']]);
    const importId = await begin(campaignId);
    const { body } = await add(importId, 0, 2, [
      ['Anna <ANNA@Firm.test>', 'Anna', 'Firm', '12'],
      ['', '', '', ''],
      ['anna@firm.test', 'Anna again', 'Firm', ''],
      ['known@firm.test', 'Kim', 'Firm', '5'],
      ['known@firm.test', 'Kim', 'Firm', '5'],
      ['old@firm.test', 'Ola', '', ''],
      ['no@firm.test', '', '', ''],
      [' ', 'No', 'Address', ''],
      ['none at all', '', '', ''],
      ['info@firm.test; jo@firm.test', '', 'Firm', ''],
      ['jörg@firm.test', '', '', ''],
      ['moved@firm.test', 'A', 'B', '1', 'one too many'],
      { Email: 'json@firm.test', 'Team size': 7 },
      'no row',
      [{ odd: true }, '', '', ''],
    ]);
    expect(body).toMatchObject({
      done_rows: 14,
      next_chunk: 1,
      repeated: false,
      counts: {
        imported: 3,
        updated: 1,
        duplicate_in_file: 2,
        in_other_campaign: 1,
        suppressed: 1,
        no_address: 1,
        not_an_address: 2,
        unreadable: 3,
      },
      flags: { role_address: 1, several_addresses: 1 },
    });
    expect(await outcomes(importId)).toEqual([
      '2 imported',
      '4 duplicate_in_file 2',
      '5 updated',
      '6 duplicate_in_file 5',
      '7 in_other_campaign Spring',
      '8 suppressed unsubscribed',
      '9 no_address',
      '10 not_an_address',
      '11 imported several_addresses+role_address',
      '12 not_an_address',
      '13 unreadable more_cells_than_columns',
      '14 imported',
      '15 unreadable not_a_row',
      '16 unreadable not_text',
    ]);
    expect(await businesses(campaignId)).toMatchObject([
      {
        email: 'anna@firm.test',
        first_name: 'Anna',
        name: 'Firm',
        email_deliverability: 'deliverable',
        custom_variables: { team_size: '12' },
        import_id: importId,
        is_role_address: false,
      },
      {
        email: 'info@firm.test',
        name: 'Firm',
        custom_variables: { email_2: 'jo@firm.test' },
        is_role_address: true,
      },
      { email: 'json@firm.test', name: null, first_name: null, custom_variables: { team_size: '7' } },
      { email: 'known@firm.test', custom_variables: { team_size: '5' } },
    ]);
    const rejected = await project.one<{ cells: string[] }>(
      'select cells from public.import_rows where import_id = $1 and row_number = 13',
      [importId],
    );
    expect(rejected.cells).toEqual(['moved@firm.test', 'A', 'B', '1', 'one too many']);
    // The campaign waited for leads.
    expect(await project.one('select generation_status from public.campaigns where id = $1', [campaignId]))
      .toEqual({ generation_status: 'completed' });
  });

  it('of another campaign comes in where that is allowed, and what the campaign has stays where it should', async () => {
    const first = await campaign('First');
    await importAll(first, [['both@shared.test', 'Bo', 'Shared', '1']]);
    const second = await campaign('Second');
    const allowed = await importAll(second, [['both@shared.test', 'Bo', 'Shared', '1']], {
      other_campaigns: 'allow',
    });
    expect(await outcomes(allowed)).toEqual(['2 imported in_other_campaign']);
    const kept = await importAll(second, [['both@shared.test', 'Bob', 'Shared', '1']], { existing: 'skip' });
    expect(await outcomes(kept)).toEqual(['2 in_campaign kept_as_it_is']);
    const same = await importAll(second, [['both@shared.test', 'Bo', '', '']]);
    expect(await outcomes(same)).toEqual(['2 in_campaign unchanged']);
  });

  it('keeps its cells as data: formulas, plus and zeros, dates, emoji, right to left, odd characters', async () => {
    const campaignId = await campaign('Cells');
    const mapping = [
      { header: 'Email', target: 'email' },
      { header: 'Phone', target: 'phone' },
      { header: 'Company', target: 'name' },
      { header: 'Note', target: 'variable' },
      { header: 'Since', target: 'variable' },
    ];
    const importId = await importAll(campaignId, [
      ['a@cells.test', '+31 (0)6 01234567', '=HYPERLINK("x")', '@home 🎉', '01-02-2026'],
      ['b@cells.test', "'+49 170 1", '-Minus GmbH', 'שלום عالم', '2026/2/1'],
      ['c@cells.test', '="0031612"', 'Nul\u0000Byte', 'half \ud83d', '46054'],
    ], { columns: mapping });
    expect(await outcomes(importId)).toEqual(['2 imported', '3 imported', '4 imported characters_replaced']);
    expect(await businesses(campaignId)).toMatchObject([
      {
        phone: '+31 (0)6 01234567',
        name: '=HYPERLINK("x")',
        custom_variables: { Note: '@home 🎉', Since: '01-02-2026' },
      },
      {
        phone: '+49 170 1',
        name: '-Minus GmbH',
        custom_variables: { Note: 'שלום عالم', Since: '2026/2/1' },
      },
      {
        phone: '0031612',
        name: 'Nul\ufffdByte',
        custom_variables: { Note: 'half \ufffd', Since: '46054' },
      },
    ]);
    // What comes out of the Data API as a file runs nothing in a spreadsheet.
    const { data } = await operator.from('businesses').select('name').eq('campaign_id', campaignId)
      .order('email').limit(1).csv();
    expect(data).toBe(`name\n"'=HYPERLINK(""x"")"`);
  });

  it('takes its verdict from a verifier’s column, and one that is not good enough is flagged', async () => {
    const campaignId = await campaign('Verdicts');
    const importId = await importAll(campaignId, [
      ['a@verdict.test', 'valid'],
      ['b@verdict.test', 'Catch-all'],
      ['c@verdict.test', 'do_not_mail'],
      ['d@verdict.test', ''],
      ['e@verdict.test', 'what?'],
    ], {
      columns: [{ header: 'Email', target: 'email' }, {
        header: 'ZB Status',
        target: 'email_deliverability',
      }],
      list_is_verified: undefined,
    });
    expect(await outcomes(importId)).toEqual([
      '2 imported',
      '3 imported risky',
      '4 imported undeliverable',
      '5 imported not_verified',
      '6 imported not_verified',
    ]);
    expect((await businesses(campaignId)).map((row) => row['email_deliverability'])).toEqual([
      'deliverable',
      'risky',
      'undeliverable',
      'unverified',
      'unknown',
    ]);
    const asked = await invoke({
      action: 'start',
      campaign_id: campaignId,
      file_name: 'x.csv',
      columns: [{ header: 'Email', target: 'email' }],
    });
    expect([asked.status, JSON.stringify(asked.body)]).toEqual([
      400,
      expect.stringContaining('list_is_verified'),
    ]);
  });
});

describe('parts', () => {
  const part = (number: number) =>
    Array.from({ length: 50 }, (_, index) => [`p${number}-${index}@parts.test`, 'P', 'Parts', '']);

  it('are stored once however often they come, in any order, and are missed at the end', async () => {
    const campaignId = await campaign('Parts');
    const importId = await begin(campaignId);
    await add(importId, 0, 2, part(0));
    expect((await add(importId, 2, 102, part(2))).body).toMatchObject({ next_chunk: 1, done_rows: 100 });
    const together = await Promise.all([1, 2, 3].map(() => add(importId, 2, 102, part(2))));
    expect(together.map(({ body }) => [body['repeated'], body['done_rows']])).toEqual(
      Array(3).fill([true, 100]),
    );
    const early = await invoke({ action: 'finish', import_id: importId, chunks: 3 });
    expect([early.status, JSON.stringify(early.body)]).toEqual([
      400,
      expect.stringContaining('1 of 3 parts'),
    ]);
    expect((await invoke({ action: 'status', import_id: importId })).body).toMatchObject({ next_chunk: 1 });
    const changed = await add(importId, 0, 2, part(7));
    expect([changed.status, JSON.stringify(changed.body)]).toEqual([
      400,
      expect.stringContaining('stored with other rows'),
    ]);
    const renumbered = await add(importId, 1, 102, part(1));
    expect([renumbered.status, JSON.stringify(renumbered.body)]).toEqual([
      400,
      expect.stringContaining('repeats row numbers'),
    ]);
    await add(importId, 1, 52, part(1));
    const end = await invoke({ action: 'finish', import_id: importId, chunks: 3 });
    expect(end.body).toMatchObject({ status: 'completed', done_rows: 150, counts: { imported: 150 } });
    // Pressing twice is no error.
    expect((await invoke({ action: 'finish', import_id: importId, chunks: 3 })).status).toBe(200);
    expect(await businesses(campaignId)).toHaveLength(150);
  });

  it('may be text, which is read like a file', async () => {
    const campaignId = await campaign('Text');
    const importId = await begin(campaignId, { format: { delimiter: ';' } });
    const text = 'a@text.test;Anna;"Firm; with\na line";12\n\nb@text.test;Bo;B;';
    const { body } = await invoke({ action: 'add', import_id: importId, chunk: 0, first_row: 2, text });
    expect(body).toMatchObject({ counts: { imported: 2 } });
    expect(await outcomes(importId)).toEqual(['2 imported', '4 imported']);
    expect((await businesses(campaignId))[0]).toMatchObject({ name: 'Firm; with\na line' });
  });

  it('are refused beyond the limits, with what to do', async () => {
    const importId = await begin(await campaign('Large'));
    const many = await add(importId, 0, 2, Array(2_001).fill(['x@y.test']));
    expect([many.status, JSON.stringify(many.body)]).toEqual([413, expect.stringContaining('2,000 rows')]);
    const heavy = await add(importId, 0, 2, [['x@y.test', 'x'.repeat(5_000_000)]]);
    expect([heavy.status, JSON.stringify(heavy.body)]).toEqual([
      413,
      expect.stringContaining('smaller parts'),
    ]);
    const long = await add(importId, 0, 2, [['x@y.test', 'x'.repeat(20_001)], ['z@y.test', 'Zoe']]);
    expect(long.body).toMatchObject({ counts: { imported: 1, unreadable: 1 } });
    await project.sql('update public.imports set done_rows = 99999 where id = $1', [importId]);
    const over = await add(importId, 1, 9, [['q@y.test'], ['r@y.test']]);
    expect([over.status, JSON.stringify(over.body)]).toEqual([413, expect.stringContaining('100,000 rows')]);
  });
});

describe('an import', () => {
  const rows = [['stay@undo.test', 'New name', 'New firm', '9'], ['made@undo.test', 'M', 'Made', '']];

  it('is cancelled, keeps what came in, and takes no more', async () => {
    const importId = await begin(await campaign('Cancelled'));
    await add(importId, 0, 2, [['kept@cancel.test', '', '', '']]);
    const { body } = await invoke({ action: 'cancel', import_id: importId });
    expect(body).toMatchObject({ status: 'cancelled', counts: { imported: 1 } });
    const late = await add(importId, 1, 3, [['late@cancel.test', '', '', '']]);
    expect([late.status, JSON.stringify(late.body)]).toEqual([400, expect.stringContaining('cancelled')]);
  });

  it('is undone: what it made goes, what it changed is as before unless somebody changed it since', async () => {
    const campaignId = await campaign('Undone');
    await importAll(campaignId, [['stay@undo.test', 'Old name', 'Old firm', '1']]);
    const importId = await begin(campaignId);
    await add(importId, 0, 2, rows);
    const early = await invoke({ action: 'undo', import_id: importId });
    expect([early.status, JSON.stringify(early.body)]).toEqual([400, expect.stringContaining('cancel it')]);
    await invoke({ action: 'finish', import_id: importId, chunks: 1 });
    await project.sql(`update public.businesses set name = 'By hand' where email = 'stay@undo.test'`);
    const { body } = await invoke({ action: 'undo', import_id: importId });
    expect(body).toMatchObject({ status: 'undone', undo_result: { removed: 1, restored: 1, kept: 0 } });
    expect(await businesses(campaignId)).toMatchObject([
      {
        email: 'stay@undo.test',
        first_name: 'Old name',
        name: 'By hand',
        custom_variables: { team_size: '1' },
      },
    ]);
    expect((await invoke({ action: 'undo', import_id: importId })).body).toMatchObject({ status: 'undone' });
  });

  it('is not undone once its leads are at the provider', async () => {
    const campaignId = await campaign('Exported');
    const importId = await importAll(campaignId, [['gone@export.test', 'G', 'Gone', '3']]);
    await project.sql(
      `update public.businesses set icebreaker = 'Hi', subject_line = 'A question' where campaign_id = $1`,
      [
        campaignId,
      ],
    );
    const started = await project.invoke('export-campaign', { campaign_id: campaignId });
    await project.jobEnded(String(started.body['job_id']));
    const refused = await invoke({ action: 'undo', import_id: importId });
    expect([refused.status, JSON.stringify(refused.body)]).toEqual([
      400,
      expect.stringContaining('exported'),
    ]);
    const again = await importAll(campaignId, [['gone@export.test', 'Other', 'Gone', '3']]);
    expect(await outcomes(again)).toEqual(['2 in_campaign exported']);
  });

  it('remembers its mapping for the client’s next list, and tells what a list is', async () => {
    const campaignId = await campaign('Remembered');
    await importAll(campaignId, [['r@remember.test', 'x']], {
      columns: [{ header: 'Mail', target: 'email' }, {
        header: 'Klantnr',
        target: 'variable',
        variable: 'customer',
      }],
    });
    const text = 'Mail;Klantnr;Status van de firma\nq@remember.test;7;groot\n';
    const known = await invoke({ action: 'preview', client_id: tenant.clientId, text });
    expect(known.body).toMatchObject({
      delimiter: ';',
      header_row: 0,
      needs_verification_answer: true,
      columns: [
        { header: 'Mail', target: 'email', because: 'remembered' },
        { header: 'Klantnr', target: 'variable', variable: 'customer', because: 'remembered' },
        { target: 'variable', variable: 'status_van_de_firma' },
      ],
    });
    const bytes = Buffer.from('\ufeffE-Mail\tCampaign\nä@x.test\t1\n', 'utf16le').toString('base64');
    expect((await invoke({ action: 'preview', base64: bytes })).body).toMatchObject({
      encoding: 'utf-16le',
      delimiter: '\t',
      renamed: [{ header: 'Campaign', variable: 'custom_Campaign' }],
    });
    expect((await invoke({ action: 'preview', text: ' ' })).status).toBe(400);
  });

  it('is written into the audit log with who did it', async () => {
    const actions = await project.sql<{ action: string }>(
      `select distinct action from public.audit_log where action like 'import%' order by action`,
    );
    expect(actions.map(({ action }) => action)).toEqual([
      'import_cancelled',
      'import_completed',
      'import_started',
      'import_undone',
    ]);
  });
});

describe('who', () => {
  const call = async (client: Client | null, body: Record<string, unknown>) => {
    const token = client && (await client.auth.getSession()).data.session?.access_token;
    const response = await fetch(`${project.stack.functionsUrl}/import-leads`, {
      method: 'POST',
      headers: {
        apikey: project.stack.publishableKey,
        'content-type': 'application/json',
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() as Record<string, unknown> };
  };

  it('is an operator: not the client, not another, not anybody without a key', async () => {
    const campaignId = await campaign('Permissions');
    const startBody = {
      action: 'start',
      campaign_id: campaignId,
      file_name: 'l.csv',
      columns,
      list_is_verified: true,
    };
    const other = await project.createTenant('Others');
    const people = [await project.signIn(tenant), await project.signIn(other)];
    const byOperator = await call(operator, startBody);
    expect(byOperator.status).toBe(201);
    const importId = byOperator.body['import_id'];
    await call(operator, {
      action: 'add',
      import_id: importId,
      chunk: 0,
      first_row: 2,
      rows: [['who@who.test', 'W', 'Who', '']],
    });
    for (const person of people) {
      for (
        const action of [startBody, { action: 'undo', import_id: importId }, {
          action: 'status',
          import_id: importId,
        }]
      ) {
        expect((await call(person, action)).status).toBe(403);
      }
    }
    expect((await call(null, startBody)).status).toBe(401);
    // Each reads its own, an operator all, and what a person declared has their name.
    for (const [index, person] of people.entries()) {
      for (const relation of ['imports', 'import_rows', 'import_mappings', 'client_imports'] as const) {
        const { data, error } = await readRelation(person, relation);
        expect(error).toBeNull();
        expect([
          relation,
          (data ?? []).length > 0,
          (data ?? []).every((row) => row['client_id'] === tenant.clientId),
        ])
          .toEqual([relation, index === 0, true]);
      }
    }
    const { data: log } = await operator.from('client_imports').select('*').eq('import_id', String(importId))
      .single();
    expect(log).toMatchObject({
      campaign_name: 'Permissions',
      imported: 1,
      verification: 'declared_verified',
    });
    expect(log?.verification_by_name).toMatch(/@people\.test$/);
    expect((await call(operator, { action: 'status', import_id: tenant.clientId })).status).toBe(404);
    expect((await call(operator, { ...startBody, campaign_id: tenant.clientId })).status).toBe(404);
  });
});
