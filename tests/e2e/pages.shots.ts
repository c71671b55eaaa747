import { Buffer } from 'node:buffer';
import { test } from '@playwright/test';
import { exportable, harbour, lakeside } from './months.ts';
import { people, shoot, signIn } from './support.ts';

const best = 'f0000000-0000-4000-8000-000000000001';

const pages = [
  { name: 'sign-in', path: '/sign-in', who: undefined },
  { name: 'overview', path: '/overview', who: people.client },
  { name: 'overview-all-time', path: '/overview?range=all', who: people.client },
  { name: 'campaigns', path: '/campaigns', who: people.client },
  { name: 'campaign', path: `/campaigns/${best}`, who: people.client },
  { name: 'campaign-steps', path: `/campaigns/${best}?tab=steps`, who: people.client },
  { name: 'campaign-messages', path: `/campaigns/${best}?tab=messages`, who: people.client },
  { name: 'campaign-events', path: `/campaigns/${best}?tab=events`, who: people.client },
  { name: 'campaign-exports', path: `/campaigns/${exportable}?tab=exports`, who: people.client },
  { name: 'export-check', path: `/campaigns/${exportable}?export=check`, who: people.client },
  { name: 'assistants', path: '/settings?tab=assistants', who: people.client },
  { name: 'forbidden', path: '/clients', who: people.client },
  { name: 'clients', path: '/clients', who: people.operator },
  { name: 'operator-overview', path: `/overview?client=${lakeside}&range=90d`, who: people.operator },
  {
    name: 'operator-overview-no-costs',
    path: `/overview?client=${harbour}&by=job_title`,
    who: people.operator,
  },
  { name: 'operator-campaigns', path: '/campaigns', who: people.operator },
  { name: 'imports', path: `/imports?campaign=${exportable}`, who: people.operator },
] as const;

for (const { name, path, who } of pages) {
  test(name, async ({ page }) => {
    if (who) await signIn(page, who, path);
    else await page.goto(path);
    await shoot(page, name, { isDialog: path.includes('export=') });
  });
}

test('import-columns and import-result', async ({ page }) => {
  const rows = [
    'Anna;Blum;anna@shots.test;Fjordpak;valid;240',
    'Bo;;info@shots.test;Harbour;catch-all;12',
    ';;none;;;',
  ];
  const choose = async (shown: typeof page) => {
    await shown.getByLabel('List of leads').setInputFiles({
      name: 'trade fair.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(`First name;Last name;Email;Company;Email status;Team size\n${rows.join('\n')}\n`),
    });
    await shown.getByRole('list', { name: 'Columns' }).waitFor();
  };
  await signIn(page, people.operator, `/imports?campaign=${exportable}`);
  await shoot(page, 'import-columns', { prepare: choose });
  await page.getByRole('button', { name: /^Import 3 rows$/ }).click();
  await page.getByText('Completed', { exact: true }).waitFor();
  await shoot(page, 'import-result');
});
