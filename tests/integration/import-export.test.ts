// What an import brings in goes out: custom variables at both providers, under names that both take.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reservedNames, variableName } from '../../supabase/functions/_shared/import/variable-names.ts';
import { createRandom } from '../support/random.ts';
import { type Project, startProject, type Tenant } from '../support/project.ts';

let project: Project;
let tenant: Tenant;

beforeAll(async () => {
  project = await startProject({ functions: ['import-leads', 'export-campaign'], smartlead: {} });
  tenant = await project.createTenant('Importers');
});
afterAll(() => project.stop());

/** Imports two leads, one without a company and one without a team, and exports what can be sent. */
async function imported(provider: 'instantly' | 'smartlead') {
  const connection = await project.createConnection(tenant.clientId, undefined, provider);
  const campaignId = await project.createCampaign(tenant.clientId, connection.id, {
    name: `List for ${provider}`,
    generation_status: 'pending',
    sending_accounts: '{mia@outreach.test}',
    sequence: JSON.stringify([
      {
        delay_days: 0,
        subject: 'Your team of {{team_size}}',
        body: 'Hi {{firstName|there}}, {{custom_campaign}}',
      },
    ]),
  });
  const { body } = await project.invoke('import-leads', {
    action: 'start',
    campaign_id: campaignId,
    file_name: 'list.csv',
    list_is_verified: true,
    columns: [
      { header: 'Email', target: 'email' },
      { header: 'Company', target: 'name' },
      { header: 'Team size', target: 'variable' },
      { header: 'campaign', target: 'variable' },
    ],
  });
  const importId = String(body['import_id']);
  const added = await project.invoke('import-leads', {
    action: 'add',
    import_id: importId,
    chunk: 0,
    first_row: 2,
    rows: [
      [`full@${provider}.test`, 'Fjordpak', '240', '=SUM(A1)'],
      [`nameless@${provider}.test`, '', '12', '+x'],
      [`empty@${provider}.test`, 'Harbour', '', 'x'],
    ],
  });
  expect(added.body).toMatchObject({ counts: { imported: 3 } });
  await project.invoke('import-leads', { action: 'finish', import_id: importId, chunks: 1 });
  const dryRun = await project.invoke('export-campaign', { campaign_id: campaignId, dry_run: true });
  expect(dryRun.body).toMatchObject({ to_send: 2, missing_variables: { team_size: 1 } });
  const { body: started } = await project.invoke('export-campaign', { campaign_id: campaignId });
  expect(await project.jobEnded(String(started['job_id']))).toMatchObject({ status: 'completed' });
  return { connection, campaignId };
}

describe('an imported list', () => {
  it('goes out to Instantly with its custom variables', async () => {
    const { campaignId } = await imported('instantly');
    const leads = project.simulator.requests().filter(({ path }) => path.endsWith('/leads/add'))
      .flatMap(({ body }) => (body as { leads: Record<string, unknown>[] }).leads);
    expect(leads.toSorted((a, b) => String(a['email']).localeCompare(String(b['email'])))).toMatchObject([
      {
        email: 'full@instantly.test',
        company_name: 'Fjordpak',
        custom_variables: { team_size: '240', custom_campaign: '=SUM(A1)', company: 'Fjordpak' },
      },
      { email: 'nameless@instantly.test', custom_variables: { team_size: '12', custom_campaign: '+x' } },
    ]);
    expect(leads.every((lead) => !Object.hasOwn(lead, 'company_name') || lead['company_name'] !== null)).toBe(
      true,
    );
    expect(
      await project.sql(
        'select email, payload from public.synced_leads where campaign_id = $1 order by email',
        [
          campaignId,
        ],
      ),
    ).toMatchObject([{ payload: { team_size: '240' } }, { payload: { team_size: '12' } }]);
  });

  it('goes out to Smartlead with its custom fields', async () => {
    await imported('smartlead');
    const leads = project.smartlead.requests().filter(({ method, path }) =>
      method === 'POST' && path.endsWith('/leads')
    ).flatMap(({ body }) => (body as { lead_list: Record<string, unknown>[] }).lead_list);
    expect(leads.toSorted((a, b) => String(a['email']).localeCompare(String(b['email'])))).toMatchObject([
      { email: 'full@smartlead.test', custom_fields: { team_size: '240', custom_campaign: '=SUM(A1)' } },
      { email: 'nameless@smartlead.test', custom_fields: { team_size: '12', custom_campaign: '+x' } },
    ]);
  });
});

describe('names of variables', () => {
  it('are made by the database and by TypeScript alike', async () => {
    const random = createRandom(12);
    const letters = [...'aZäÖßéœ İſǅ09_-./#%|\t\u00a0公司ш🎉', 'e\u0301', 'ﬁ'];
    const made = Array.from(
      { length: 400 },
      () => Array.from({ length: random.integer(12) }, () => random.pick(letters)).join(''),
    );
    const headings = [
      ...reservedNames,
      ...reservedNames.map((name) => name.toUpperCase()),
      ...[
        'Account Owner',
        'Größe des Teams',
        '# Employees',
        'x'.repeat(80),
        `${'y'.repeat(59)} z`,
        '',
        '12 uur',
      ],
      ...[
        'Opt-out',
        'opt_out',
        'Sending Domain',
        'Organisation',
        'current',
        'status',
        'teamSize',
        '__proto__',
      ],
      ...made,
    ];
    const rows = await project.sql<{ heading: string; name: string; again: string }>(
      `select h.heading, private.variable_name(h.heading) as name, private.variable_name(private.variable_name(h.heading)) as again
       from unnest($1::text[]) with ordinality as h (heading, place) order by h.place`,
      [headings],
    );
    expect(rows.map(({ name }) => name)).toEqual(headings.map(variableName));
    // Made once they stay, and each is one that {{…}} takes.
    expect(rows.filter(({ name, again }) => name !== again)).toEqual([]);
    expect(rows.filter(({ name }) => !/^[A-Za-z][A-Za-z0-9_]{0,59}$/.test(name))).toEqual([]);
  });

  it('are kept by the table, also where a script writes it', async () => {
    const campaignId = await project.createCampaign(tenant.clientId, null);
    const [row] = await project.sql(
      `insert into public.businesses (client_id, campaign_id, custom_variables)
       values ($1, $2, '{"campaign_id": "x", "Team size": 7, "list": [1], "empty": " ", "ok": true}') returning custom_variables`,
      [tenant.clientId, campaignId],
    );
    expect(row).toEqual({ custom_variables: { custom_campaign_id: 'x', team_size: 7, ok: true } });
    await expect(project.sql(
      `insert into public.businesses (client_id, campaign_id, custom_variables) values ($1, $2, '[1]')`,
      [tenant.clientId, campaignId],
    )).rejects.toThrow('must be an object');
  });
});
