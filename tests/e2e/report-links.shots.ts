// Share links as people see them: the dialog of an operator, and what a reader meets.
import { type Page, test } from '@playwright/test';
import { sampleReport } from '../support/sample-report.ts';
import { lakeside } from './months.ts';
import { people, shoot, signIn, sql } from './support.ts';

const report = '7f0c1a9e-0f5e-4c1c-8a55-3d9b6f6a2c11';
const token = (letter: string) => letter.repeat(43);

test.beforeAll(async () => {
  await sql(
    `update private.agency set name = 'Northwind Outreach', support_address = 'hello@northwind.example'`,
  );
  await sql(
    `with report as (
       insert into public.client_reports (id, client_id, kind, from_day, to_day, snapshot, sent_at)
       values ($1, $2, 'weekly', '2026-10-19', '2026-10-25', $3, now())
       on conflict do nothing
     )
     insert into private.report_links (report_id, client_id, label, token_digest, password_hash, created_at, expires_at, revoked_at, opens, last_opened_at, locked_until)
     select $1, $2, l.label, sha256(convert_to(repeat(l.letter, 43), 'UTF8')),
       case when l.letter in ('b', 'c') then extensions.crypt('correct horse', extensions.gen_salt('bf', 4)) end,
       now() - interval '40 days' + l.place * interval '1 minute', now() + l.days * interval '1 day', case when l.letter = 'd' then now() end, l.opens,
       case when l.opens > 0 then now() - interval '3 hours' end, case when l.letter = 'c' then now() + interval '12 minutes' end
     from (values ('a', 4, 'Jan, sales', 30, 7), ('b', 3, 'The board of Lakeside Dental Supplies', 200, 0), ('c', 2, null, 5, 2), ('d', 1, 'Investors', 20, 31),
       ('e', 0, 'Trade fair', -2, 1)) as l (letter, place, label, days, opens)
     on conflict do nothing`,
    [
      report,
      lakeside,
      JSON.stringify({ ...sampleReport, agency: { ...sampleReport.agency, logo_url: null } }),
    ],
  );
});
test.afterAll(() => sql('delete from public.client_reports where id = $1', [report]));

const share = async (page: Page) => {
  await page.getByRole('button', { name: 'Share' }).click();
  await page.getByText('Jan, sales').waitFor();
};

test('share-dialog', async ({ page }) => {
  await signIn(page, people.operator, `/reports/${report}`);
  await shoot(page, 'share-dialog', { isDialog: true, prepare: share });
  await shoot(page, 'share-made', {
    isDialog: true,
    prepare: async (shown) => {
      await share(shown);
      await shown.getByRole('button', { name: 'Create link' }).click();
      await shown.getByText('The link is ready').waitFor();
    },
  });
});

for (
  const [name, fragment] of [
    ['report', token('a')],
    ['password', token('b')],
    ['locked', token('c')],
    ['revoked', token('d')],
    ['incomplete', 'x'],
  ] as const
) {
  test(`shared-${name}`, async ({ page }) => {
    await page.goto(`/shared-report#${fragment}`);
    await shoot(page, `shared-${name}`, {
      prepare: async (shown) => {
        if (name !== 'password') return;
        await shown.getByLabel('Password').fill('guess');
        await shown.getByLabel('Password').press('Enter');
        await shown.getByText('This is not the password').first().waitFor();
      },
    });
    if (name !== 'report') return;
    await page.emulateMedia({ media: 'print' });
    await page.pdf({ path: '.replyloop/screenshots/shared-report.pdf', preferCSSPageSize: true });
  });
}
