// Importing leads: each row with an outcome and a reason, cells as data, and who may import.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { columns, type ImportScene, startImportScene } from '../support/import-scene.ts';
import { type Client, readRelation } from '../support/project.ts';

let scene: ImportScene;
beforeAll(async () => {
  scene = await startImportScene();
});
afterAll(() => scene.project.stop());

describe('each row', () => {
  it('ends with an outcome and why', async () => {
    const other = await scene.campaign('Spring');
    await scene.importAll(other, [['old@firm.test', 'Ola', 'Firm', '']]);
    await scene.project.sql(
      `insert into public.suppressions (client_id, email, reason) values ($1, 'no@firm.test', 'unsubscribed')`,
      [scene.tenant.clientId],
    );
    const campaignId = await scene.campaign('Summer');
    await scene.importAll(campaignId, [['known@firm.test', 'Kim', 'Firm', '4']]);
    const importId = await scene.begin(campaignId);
    const { body } = await scene.add(importId, 0, 2, [
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
    expect(await scene.outcomes(importId)).toEqual([
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
    expect(await scene.businesses(campaignId)).toMatchObject([
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
    const rejected = await scene.project.one<{ cells: string[] }>(
      'select cells from public.import_rows where import_id = $1 and row_number = 13',
      [importId],
    );
    expect(rejected.cells).toEqual(['moved@firm.test', 'A', 'B', '1', 'one too many']);
    // The campaign waited for leads.
    expect(
      await scene.project.one('select generation_status from public.campaigns where id = $1', [campaignId]),
    )
      .toEqual({ generation_status: 'completed' });
  });

  it('of another campaign comes in where that is allowed, and what the campaign has stays where it should', async () => {
    const first = await scene.campaign('First');
    await scene.importAll(first, [['both@shared.test', 'Bo', 'Shared', '1']]);
    const second = await scene.campaign('Second');
    const allowed = await scene.importAll(second, [['both@shared.test', 'Bo', 'Shared', '1']], {
      other_campaigns: 'allow',
    });
    expect(await scene.outcomes(allowed)).toEqual(['2 imported in_other_campaign']);
    const kept = await scene.importAll(second, [['both@shared.test', 'Bob', 'Shared', '1']], {
      existing: 'skip',
    });
    expect(await scene.outcomes(kept)).toEqual(['2 in_campaign kept_as_it_is']);
    const same = await scene.importAll(second, [['both@shared.test', 'Bo', '', '']]);
    expect(await scene.outcomes(same)).toEqual(['2 in_campaign unchanged']);
  });

  it('keeps its cells as data: formulas, plus and zeros, dates, emoji, right to left, odd characters', async () => {
    const campaignId = await scene.campaign('Cells');
    const mapping = [
      { header: 'Email', target: 'email' },
      { header: 'Phone', target: 'phone' },
      { header: 'Company', target: 'name' },
      { header: 'Note', target: 'variable' },
      { header: 'Since', target: 'variable' },
    ];
    const importId = await scene.importAll(campaignId, [
      ['a@cells.test', '+31 (0)6 01234567', '=HYPERLINK("x")', '@home 🎉', '01-02-2026'],
      ['b@cells.test', "'+49 170 1", '-Minus GmbH', 'שלום عالم', '2026/2/1'],
      ['c@cells.test', '="0031612"', 'Nul\u0000Byte', 'half \ud83d', '46054'],
    ], { columns: mapping });
    expect(await scene.outcomes(importId)).toEqual([
      '2 imported',
      '3 imported',
      '4 imported characters_replaced',
    ]);
    expect(await scene.businesses(campaignId)).toMatchObject([
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
    const { data } = await scene.operator.from('businesses').select('name').eq('campaign_id', campaignId)
      .order('email').limit(1).csv();
    expect(data).toBe(`name\n"'=HYPERLINK(""x"")"`);
  });

  it('takes its verdict from a verifier’s column, and one that is not good enough is flagged', async () => {
    const campaignId = await scene.campaign('Verdicts');
    const importId = await scene.importAll(campaignId, [
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
    expect(await scene.outcomes(importId)).toEqual([
      '2 imported',
      '3 imported risky',
      '4 imported undeliverable',
      '5 imported not_verified',
      '6 imported not_verified',
    ]);
    expect((await scene.businesses(campaignId)).map((row) => row['email_deliverability'])).toEqual([
      'deliverable',
      'risky',
      'undeliverable',
      'unverified',
      'unknown',
    ]);
    const asked = await scene.invoke({
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

describe('who', () => {
  const call = async (client: Client | null, body: Record<string, unknown>) => {
    const token = client && (await client.auth.getSession()).data.session?.access_token;
    const response = await fetch(`${scene.project.stack.functionsUrl}/import-leads`, {
      method: 'POST',
      headers: {
        apikey: scene.project.stack.publishableKey,
        'content-type': 'application/json',
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() as Record<string, unknown> };
  };

  it('is an operator: not the client, not another, not anybody without a key', async () => {
    const campaignId = await scene.campaign('Permissions');
    const startBody = {
      action: 'start',
      campaign_id: campaignId,
      file_name: 'l.csv',
      columns,
      list_is_verified: true,
    };
    const other = await scene.project.createTenant('Others');
    const people = [await scene.project.signIn(scene.tenant), await scene.project.signIn(other)];
    const byOperator = await call(scene.operator, startBody);
    expect(byOperator.status).toBe(201);
    const importId = byOperator.body['import_id'];
    await call(scene.operator, {
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
          (data ?? []).every((row) => row['client_id'] === scene.tenant.clientId),
        ])
          .toEqual([relation, index === 0, true]);
      }
    }
    const { data: log } = await scene.operator.from('client_imports').select('*').eq(
      'import_id',
      String(importId),
    )
      .single();
    expect(log).toMatchObject({
      campaign_name: 'Permissions',
      imported: 1,
      verification: 'declared_verified',
    });
    expect(log?.verification_by_name).toMatch(/@people\.test$/);
    expect((await call(scene.operator, { action: 'status', import_id: scene.tenant.clientId })).status).toBe(
      404,
    );
    expect((await call(scene.operator, { ...startBody, campaign_id: scene.tenant.clientId })).status).toBe(
      404,
    );
  });
});
