// Meetings as people see them: the list, the dialog, the pipeline, and a list without any.
import { expect, test } from '@playwright/test';
import { lakeside } from './months.ts';
import { people, settled, shoot, signIn, sql } from './support.ts';

test('meetings', async ({ page }) => {
  await sql(
    `select private.record_meeting(
       l.id, 'person', (array['booked', 'held', 'won', 'no_show'])[1 + n % 4]::public.meeting_status, now() - interval '5 days',
       meeting_time => now() + interval '2 days', deal_value => 1200 * (n % 5)
     )
     from (
       select id, row_number() over (order by email)::integer as n
       from public.synced_leads where client_id = '${lakeside}' and id in (select lead_id from public.meetings)
     ) as l`,
  );
  await signIn(page, people.operator, `/leads/meetings?client=${lakeside}`);
  await settled(page);
  await shoot(page, 'meetings');
});

test('meetings-inbox', async ({ page }) => {
  await signIn(page, people.operator, `/inbox?client=${lakeside}&show=review`);
  await page.getByRole('listbox').getByRole('option').first().click();
  await expect(page.getByRole('button', { name: 'Meeting …' })).toBeVisible();
  await shoot(page, 'meetings-inbox');
});

test('meetings-lead', async ({ page }) => {
  const [lead] = await sql<{ email: string }>(
    `select l.email from public.meetings as m join public.synced_leads as l on l.id = m.lead_id
     where m.client_id = '${lakeside}' and m.source = 'person' order by l.email limit 1`,
  );
  await signIn(page, people.operator, `/leads/${lakeside}/${encodeURIComponent(lead!.email)}`);
  await settled(page);
  await shoot(page, 'meetings-lead');
});

test('meetings-steps', async ({ page }) => {
  await signIn(page, people.operator, `/campaigns?client=${lakeside}`);
  await page.getByRole('link', { name: 'Dental clinics in Brabant' }).first().click();
  await page.getByRole('tab', { name: /Steps/ }).click();
  await settled(page);
  await shoot(page, 'meetings-steps');
});

test('meetings-dialog', async ({ page }) => {
  await signIn(page, people.operator, `/leads/meetings?client=${lakeside}`);
  await settled(page);
  await shoot(page, 'meetings-dialog', {
    prepare: async () => {
      await page.getByRole('button', { name: /^Change the meeting/ }).first().click();
      await expect(page.getByLabel('Status').last()).toBeVisible();
    },
  });
});

test('meetings-pipeline', async ({ page }) => {
  await signIn(page, people.operator, `/overview?client=${lakeside}`);
  await settled(page);
  await page.getByRole('region', { name: 'Pipeline', exact: true }).scrollIntoViewIfNeeded();
  await shoot(page, 'meetings-pipeline');
});

test('meetings-empty', async ({ page }) => {
  await signIn(page, people.operator, `/leads/meetings?client=${lakeside}&q=nothing-like-it`);
  await settled(page);
  await shoot(page, 'meetings-empty');
});
