// How a client compares with the agency's others: the agency decides whether clients see it, and they see no other client.
import { expect, test } from '@playwright/test';
import { lakeside } from './months.ts';
import { expectAccessible, people, settled, signIn, sql } from './support.ts';

/** Clients beside the one of the story, each with a day a month ago; they sort after the others and are gone at the end. */
async function addClients(number: number): Promise<void> {
  await sql(
    `with made as (
       insert into public.clients (name)
       select 'Zz compared ' || n from generate_series(1, $1) as n
       returning id, name
     ), summed as (
       insert into private.client_sums (client_id, summed_at) select id, now() + interval '1 day' from made
     )
     insert into private.client_days (client_id, day, sent, contacted, replied, positive, meetings)
     select id, current_date - 30, 1000, 1000, right(name, 1)::integer, right(name, 1)::integer, 0 from made`,
    [number],
  );
  await sql('select private.sum_client_days(60)');
  await sql('select private.count_quartiles()');
}

test.afterAll(async () => {
  await sql(`delete from public.clients where name like 'Zz compared %'`);
  await sql('delete from private.rate_quartiles');
  await sql('update private.standing_settings set shown_to_clients = false');
});

test('an operator reads how a client compares and shows it to clients, who read no more than that', async ({ page, browser }) => {
  await addClients(9);
  const context = await browser.newContext();
  const client = await context.newPage();
  await signIn(client, people.client, '/overview');
  await settled(client);
  await expect(client.getByRole('region', { name: 'Pipeline', exact: true })).toBeVisible();
  await expect(client.getByRole('region', { name: 'Among this agency’s clients' })).toHaveCount(0);

  await signIn(page, people.operator, `/overview?client=${lakeside}`);
  const card = page.getByRole('region', { name: 'Among your clients' });
  await expect(card.getByText('Better than most').first()).toBeVisible();
  await expect(card).toContainText('Only your agency sees this.');
  await card.getByRole('button', { name: 'Show to clients …' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('also a client in the lowest');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Show to clients' }).click();
  await expect(page.getByText('Every client sees how it compares')).toBeVisible();
  await expect(card.getByRole('button', { name: 'Hide from clients …' })).toBeVisible();

  await client.reload();
  const own = client.getByRole('region', { name: 'Among this agency’s clients' });
  await expect(own.getByText('Better than most').first()).toBeVisible();
  await expect(own).not.toContainText('compared');
  await expect(own.getByRole('button')).toHaveCount(0);
  await expectAccessible(client);
  await context.close();
});

test('a comparison that cannot be read shows what failed', async ({ page }) => {
  await page.route(
    '**/client_standings*',
    (route) =>
      route.fulfill({ status: 400, json: { code: 'PT400', message: 'VALIDATION_FAILED', details: 'x' } }),
  );
  await signIn(page, people.operator, `/overview?client=${lakeside}`);
  const card = page.getByRole('region', { name: 'Among the agency’s clients' });
  await expect(card.getByRole('button', { name: 'Try again' })).toBeVisible();
});
