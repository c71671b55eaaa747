// A client with a campaign to import into, and lists that come in as a script brings them.
import { expect } from 'vitest';
import { type Client, type Project, startProject, type Tenant } from './project.ts';

export const columns = [
  { header: 'Email', target: 'email' },
  { header: 'First name', target: 'first_name' },
  { header: 'Company', target: 'name' },
  { header: 'Team size', target: 'variable' },
];

export type ImportScene = Awaited<ReturnType<typeof startImportScene>>;

export async function startImportScene() {
  const project: Project = await startProject({ functions: ['import-leads', 'export-campaign'] });
  const tenant: Tenant = await project.createTenant('Importers');
  const connection = await project.createConnection(tenant.clientId);
  const operator: Client = await project.signIn(await project.createUser('operator', null));

  const invoke = async (body: Record<string, unknown>) => await project.invoke('import-leads', body);

  /** One that waits for its leads. */
  const campaign = (name: string) =>
    project.createCampaign(tenant.clientId, connection.id, { name, generation_status: 'pending' });

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

  /** Row number, outcome, reason and flags of each row as one text. */
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

  return { project, tenant, operator, invoke, campaign, begin, add, importAll, outcomes, businesses };
}
