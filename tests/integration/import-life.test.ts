// The life of an import: parts that are repeated, missing or too large; cancelled, undone, remembered.
import { Buffer } from 'node:buffer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ImportScene, startImportScene } from '../support/import-scene.ts';

let scene: ImportScene;
beforeAll(async () => {
  scene = await startImportScene();
});
afterAll(() => scene.project.stop());

describe('parts', () => {
  const part = (number: number) =>
    Array.from({ length: 50 }, (_, index) => [`p${number}-${index}@parts.test`, 'P', 'Parts', '']);

  it('are stored once however often they come, in any order, and are missed at the end', async () => {
    const campaignId = await scene.campaign('Parts');
    const importId = await scene.begin(campaignId);
    await scene.add(importId, 0, 2, part(0));
    expect((await scene.add(importId, 2, 102, part(2))).body).toMatchObject({
      next_chunk: 1,
      done_rows: 100,
    });
    const together = await Promise.all([1, 2, 3].map(() => scene.add(importId, 2, 102, part(2))));
    expect(together.map(({ body }) => [body['repeated'], body['done_rows']])).toEqual(
      Array(3).fill([true, 100]),
    );
    const early = await scene.invoke({ action: 'finish', import_id: importId, chunks: 3 });
    expect([early.status, JSON.stringify(early.body)]).toEqual([
      400,
      expect.stringContaining('1 of 3 parts'),
    ]);
    expect((await scene.invoke({ action: 'status', import_id: importId })).body).toMatchObject({
      next_chunk: 1,
    });
    const changed = await scene.add(importId, 0, 2, part(7));
    expect([changed.status, JSON.stringify(changed.body)]).toEqual([
      400,
      expect.stringContaining('stored with other rows'),
    ]);
    const renumbered = await scene.add(importId, 1, 102, part(1));
    expect([renumbered.status, JSON.stringify(renumbered.body)]).toEqual([
      400,
      expect.stringContaining('repeats row numbers'),
    ]);
    await scene.add(importId, 1, 52, part(1));
    const end = await scene.invoke({ action: 'finish', import_id: importId, chunks: 3 });
    expect(end.body).toMatchObject({ status: 'completed', done_rows: 150, counts: { imported: 150 } });
    // Pressing twice is no error.
    expect((await scene.invoke({ action: 'finish', import_id: importId, chunks: 3 })).status).toBe(200);
    expect(await scene.businesses(campaignId)).toHaveLength(150);
  });

  it('may be text, which is read like a file', async () => {
    const campaignId = await scene.campaign('Text');
    const importId = await scene.begin(campaignId, { format: { delimiter: ';' } });
    const text = 'a@text.test;Anna;"Firm; with\na line";12\n\nb@text.test;Bo;B;';
    const { body } = await scene.invoke({ action: 'add', import_id: importId, chunk: 0, first_row: 2, text });
    expect(body).toMatchObject({ counts: { imported: 2 } });
    expect(await scene.outcomes(importId)).toEqual(['2 imported', '4 imported']);
    expect((await scene.businesses(campaignId))[0]).toMatchObject({ name: 'Firm; with\na line' });
  });

  it('are refused beyond the limits, with what to do', async () => {
    const importId = await scene.begin(await scene.campaign('Large'));
    const many = await scene.add(importId, 0, 2, Array(2_001).fill(['x@y.test']));
    expect([many.status, JSON.stringify(many.body)]).toEqual([413, expect.stringContaining('2,000 rows')]);
    const heavy = await scene.add(importId, 0, 2, [['x@y.test', 'x'.repeat(5_000_000)]]);
    expect([heavy.status, JSON.stringify(heavy.body)]).toEqual([
      413,
      expect.stringContaining('smaller parts'),
    ]);
    const long = await scene.add(importId, 0, 2, [['x@y.test', 'x'.repeat(20_001)], ['z@y.test', 'Zoe']]);
    expect(long.body).toMatchObject({ counts: { imported: 1, unreadable: 1 } });
    await scene.project.sql('update public.imports set done_rows = 99999 where id = $1', [importId]);
    const over = await scene.add(importId, 1, 9, [['q@y.test'], ['r@y.test']]);
    expect([over.status, JSON.stringify(over.body)]).toEqual([413, expect.stringContaining('100,000 rows')]);
  });
});

describe('an import', () => {
  const rows = [['stay@undo.test', 'New name', 'New firm', '9'], ['made@undo.test', 'M', 'Made', '']];

  it('is cancelled, keeps what came in, and takes no more', async () => {
    const importId = await scene.begin(await scene.campaign('Cancelled'));
    await scene.add(importId, 0, 2, [['kept@cancel.test', '', '', '']]);
    const { body } = await scene.invoke({ action: 'cancel', import_id: importId });
    expect(body).toMatchObject({ status: 'cancelled', counts: { imported: 1 } });
    const late = await scene.add(importId, 1, 3, [['late@cancel.test', '', '', '']]);
    expect([late.status, JSON.stringify(late.body)]).toEqual([400, expect.stringContaining('cancelled')]);
  });

  it('is undone: what it made goes, what it changed is as before unless somebody changed it since', async () => {
    const campaignId = await scene.campaign('Undone');
    await scene.importAll(campaignId, [['stay@undo.test', 'Old name', 'Old firm', '1']]);
    const importId = await scene.begin(campaignId);
    await scene.add(importId, 0, 2, rows);
    const early = await scene.invoke({ action: 'undo', import_id: importId });
    expect([early.status, JSON.stringify(early.body)]).toEqual([400, expect.stringContaining('cancel it')]);
    await scene.invoke({ action: 'finish', import_id: importId, chunks: 1 });
    await scene.project.sql(`update public.businesses set name = 'By hand' where email = 'stay@undo.test'`);
    const { body } = await scene.invoke({ action: 'undo', import_id: importId });
    expect(body).toMatchObject({ status: 'undone', undo_result: { removed: 1, restored: 1, kept: 0 } });
    expect(await scene.businesses(campaignId)).toMatchObject([
      {
        email: 'stay@undo.test',
        first_name: 'Old name',
        name: 'By hand',
        custom_variables: { team_size: '1' },
      },
    ]);
    expect((await scene.invoke({ action: 'undo', import_id: importId })).body).toMatchObject({
      status: 'undone',
    });
  });

  it('is not undone once its leads are at the provider', async () => {
    const campaignId = await scene.campaign('Exported');
    const importId = await scene.importAll(campaignId, [['gone@export.test', 'G', 'Gone', '3']]);
    await scene.project.sql(
      `update public.businesses set icebreaker = 'Hi', subject_line = 'A question' where campaign_id = $1`,
      [
        campaignId,
      ],
    );
    const started = await scene.project.invoke('export-campaign', { campaign_id: campaignId });
    await scene.project.jobEnded(String(started.body['job_id']));
    const refused = await scene.invoke({ action: 'undo', import_id: importId });
    expect([refused.status, JSON.stringify(refused.body)]).toEqual([
      400,
      expect.stringContaining('exported'),
    ]);
    const again = await scene.importAll(campaignId, [['gone@export.test', 'Other', 'Gone', '3']]);
    expect(await scene.outcomes(again)).toEqual(['2 in_campaign exported']);
  });

  it('remembers its mapping for the client’s next list, and tells what a list is', async () => {
    const campaignId = await scene.campaign('Remembered');
    await scene.importAll(campaignId, [['r@remember.test', 'x']], {
      columns: [{ header: 'Mail', target: 'email' }, {
        header: 'Klantnr',
        target: 'variable',
        variable: 'customer',
      }],
    });
    const text = 'Mail;Klantnr;Status van de firma\nq@remember.test;7;groot\n';
    const known = await scene.invoke({ action: 'preview', client_id: scene.tenant.clientId, text });
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
    expect((await scene.invoke({ action: 'preview', base64: bytes })).body).toMatchObject({
      encoding: 'utf-16le',
      delimiter: '\t',
      renamed: [{ header: 'Campaign', variable: 'custom_Campaign' }],
    });
    expect((await scene.invoke({ action: 'preview', text: ' ' })).status).toBe(400);
  });

  it('is written into the audit log with who did it', async () => {
    const actions = await scene.project.sql<{ action: string }>(
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
