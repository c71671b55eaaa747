// Lists of any content: never a 5xx, and of a part that was taken each row has an outcome.
import fc from 'fast-check';
import type { Project } from '../support/project.ts';
import { jsonTexts, rawTexts, texts, values } from './arbitraries.ts';
import type { Property } from './property.ts';

const targets = [
  'email',
  'full_name',
  'first_name',
  'name',
  'website',
  'rating',
  'email_deliverability',
  'variable',
  'skip',
];

export async function importProperty(project: Project): Promise<Property> {
  const tenant = await project.createTenant('Hostile lists');
  const campaign = await project.createCampaign(tenant.clientId, null, { generation_status: 'pending' });
  const headers = fc.uniqueArray(texts.filter((text) => text.trim() !== ''), { minLength: 1, maxLength: 5 });
  const cells = fc.array(values, { maxLength: 6 });
  const lists = fc.record({
    headers,
    targets: fc.array(fc.constantFrom(...targets), { minLength: 5, maxLength: 5 }),
    fileName: texts,
    isVerified: fc.boolean(),
    content: fc.oneof(
      fc.record({
        rows: fc.array(fc.oneof(cells, fc.dictionary(texts, values, { maxKeys: 4 })), { maxLength: 8 }),
      }),
      fc.record({
        text: fc.oneof(
          texts,
          rawTexts,
          jsonTexts,
          fc.array(texts, { maxLength: 6 }).map((all) => all.join('\n')),
        ),
      }),
    ),
  });
  const call = async (body: unknown) => {
    const answer = await project.invoke('import-leads', body);
    if (answer.status >= 500) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
    return answer;
  };

  return {
    name: 'lists',
    share: 0.1,
    check: fc.asyncProperty(lists, async (list) => {
      const columns = list.headers.map((header, index) => ({
        header,
        target: index === 0 ? 'email' : list.targets[index],
      }));
      const begun = await call({
        action: 'start',
        campaign_id: campaign,
        file_name: list.fileName,
        columns,
        list_is_verified: list.isVerified,
      });
      if ('text' in list.content) {
        await call({ action: 'preview', client_id: tenant.clientId, text: list.content.text });
      }
      if (begun.status !== 201) return;
      const import_id = begun.body['import_id'];
      const added = await call({ action: 'add', import_id, chunk: 0, first_row: 2, ...list.content });
      const { n } = await project.one<{ n: number }>(
        'select count(*)::int as n from public.import_rows where import_id = $1',
        [import_id],
      );
      if (added.status === 200 && added.body['done_rows'] !== n) {
        throw new Error(`${n} rows have an outcome, the answer counts ${String(added.body['done_rows'])}`);
      }
      if (added.status !== 200 && n > 0) {
        throw new Error(`Refused with ${added.status}, but ${n} rows came in`);
      }
      await call({ action: added.status === 200 ? 'finish' : 'cancel', import_id, chunks: 1 });
    }),
  };
}
