// What leaves the page: files that hold the whole list that was asked for, and paper.
import { type Download, expect, type Locator, type Page, test } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { chooseTheme, people, settled, signIn, sql, today } from './support.ts';

const busy = 'f0000000-0000-4000-8000-000000000001';

async function download(page: Page, what: RegExp): Promise<{ name: string; lines: string[] }> {
  const waiting = page.waitForEvent('download', { timeout: 40_000 });
  await page.getByRole('button', { name: what }).click();
  const file: Download = await waiting;
  const lines = readFileSync(await file.path(), 'utf8').trimEnd().split('\r\n');
  return { name: file.suggestedFilename(), lines };
}

/** How bright the text and the ground of an element are, from 0 to 1, however the browser writes colours. */
const brightness = (element: Locator): Promise<number[]> =>
  element.evaluate((found) => {
    const canvas = document.createElement('canvas').getContext('2d')!;
    const { color, backgroundColor } = getComputedStyle(found);
    return [color, backgroundColor].map((colour) => {
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      const [red, green, blue] = canvas.getImageData(0, 0, 1, 1).data;
      return (0.2126 * red! + 0.7152 * green! + 0.0722 * blue!) / 255;
    });
  });

test('a file of events holds all that the filters leave, once each, to the second', async ({ page }) => {
  const [wanted] = await sql<{ all: number; opened: number; leads: number }>(
    `select count(*)::int as all, count(*) filter (where type = 'email_opened')::int as opened,
       count(*) filter (where email ilike '%lead1%')::int as leads
     from public.email_events where campaign_id = $1`,
    [busy],
  );
  // More than an answer holds, and than is on the page.
  expect(wanted!.all).toBeGreaterThan(2_000);
  await signIn(page, people.client, `/campaigns/${busy}?tab=events&range=all`);
  const all = await download(page, /^Download events/);
  expect(all.name).toBe(
    'northbeam-outreach-lakeside-dental-supplies-events-of-dental-clinics-in-brabant-all-time.csv',
  );
  expect(all.lines).toHaveLength(wanted!.all + 1);
  expect(all.lines[0]).toContain('Time (Europe/Amsterdam)');
  expect(all.lines.slice(1).every((line) => /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0[12]:00/.test(line))).toBe(
    true,
  );

  await page.goto(`/campaigns/${busy}?tab=events&range=all&type=email_opened`);
  expect((await download(page, /^Download events/)).lines).toHaveLength(wanted!.opened + 1);
  await page.goto(`/campaigns/${busy}?tab=events&range=all&lead=lead1`);
  expect((await download(page, /^Download events/)).lines).toHaveLength(wanted!.leads + 1);
});

test('receipts are searched and filtered, and their file holds every one of them', async ({ page }) => {
  const [job] = await sql<{ id: string }>(
    `insert into private.jobs (kind, connection_id, client_id, campaign_id, status, done, total, deadline_at, created_at, started_at, finished_at)
     select 'export', c.connection_id, c.client_id, c.id, 'completed', 2345, 2345, now(), now() - interval '1 day', now() - interval '1 day', now() - interval '1 day'
     from public.campaigns as c where c.id = $1 returning id`,
    [busy],
  );
  await sql(
    `with business as (
       insert into public.businesses (id, client_id, campaign_id, name)
       select md5('receipt ' || n)::uuid, c.client_id, c.id, 'Receipt ' || n
       from public.campaigns as c, generate_series(1, 2345) as n where c.id = $2 returning id, client_id, campaign_id
     )
     insert into public.export_receipts (export_id, client_id, campaign_id, business_id, recipient, email, outcome, reason)
     select $1, b.client_id, b.campaign_id, b.id, 'business', 'r' || row_number() over (order by b.id) || '@receipts.test',
       case when row_number() over (order by b.id) % 5 = 0 then 'skipped' else 'created' end::public.export_outcome,
       case when row_number() over (order by b.id) % 5 = 0 then 'suppressed' end
     from business as b`,
    [job!.id, busy],
  );
  try {
    await signIn(page, people.client, `/campaigns/${busy}?tab=exports&receipts=${job!.id}`);
    const rows = page.getByRole('table', { name: 'Receipts' }).getByRole('row');
    await expect(rows).toHaveCount(101);
    const all = await download(page, /^Download receipts/);
    expect(all.lines).toHaveLength(2_346);
    expect(new Set(all.lines).size).toBe(2_346);

    await page.getByRole('button', { name: 'Next' }).click();
    await expect(page).toHaveURL(/after=\d+/);
    await expect(rows).toHaveCount(101);
    await page.getByLabel('Outcome').selectOption({ label: 'Skipped' });
    await expect(page).not.toHaveURL(/after=/);
    await expect(rows.nth(1)).toContainText('Unsubscribed, bounced or erased');
    expect((await download(page, /^Download receipts/)).lines).toHaveLength(469 + 1);
    await page.getByLabel('Find an address').fill('r1005@');
    await page.getByLabel('Find an address').press('Enter');
    await expect(rows).toHaveCount(2);
    await page.reload();
    await expect(rows).toHaveCount(2);
    await expect(rows.nth(1)).toContainText('r1005@receipts.test');
    await page.getByLabel('Reason').selectOption({ label: 'Refused by the provider' });
    await expect(page.getByText('No matching receipts')).toBeVisible();
  } finally {
    await sql('delete from public.export_receipts where export_id = $1', [job!.id]);
    await sql('delete from private.jobs where id = $1', [job!.id]);
    await sql(`delete from public.businesses where name like 'Receipt %' and campaign_id = $1`, [busy]);
  }
});

test('a list that the server sorts is whole in its file, in that order, with rows that have nothing at the end', async ({ page }) => {
  const [calls] = await sql<{ number: number }>(
    'select count(*)::int as number from public.provider_api_calls',
  );
  expect(calls!.number).toBeGreaterThan(100);
  await signIn(page, people.operator, '/operations/calls?sort=status&desc=true');
  const file = await download(page, /^Download provider calls/);
  expect(file.name).toBe('northbeam-outreach-all-clients-provider-calls-last-30-days.csv');
  const status = file.lines[0]!.replace('\ufeff', '').split(',').indexOf('Status');
  const given = file.lines.slice(1).map((line) => Number(line.split(',')[status]) || 0);
  expect(given.length).toBeGreaterThanOrEqual(calls!.number);
  expect(given).toEqual(given.toSorted((first, second) => second - first));
});

test('on paper a page has neither frame nor controls, and is light', async ({ page }) => {
  const pages = [
    ['/overview', 'Lakeside Dental Supplies'],
    ['/campaigns', 'Campaigns'],
    [`/campaigns/${busy}?tab=events`, 'Dental clinics in Brabant'],
    ['/inbox?show=all', 'Inbox'],
    ['/settings?tab=costs', 'Settings'],
  ] as const;
  await signIn(page, people.client, '/overview');
  await chooseTheme(page, 'dark');
  for (const [path, title] of pages) {
    await page.emulateMedia({ media: 'screen' });
    await page.goto(path);
    await settled(page);
    await page.emulateMedia({ media: 'print' });
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
    await expect(page.getByRole('navigation', { name: 'Main' })).toBeHidden();
    await expect(page.getByRole('radiogroup', { name: 'Theme' })).toBeHidden();
    for (
      const control of [
        'select',
        'main input',
        'main [role=tab]',
        'main [aria-label^=Download]',
        'main [aria-label=Pages]',
      ]
    ) {
      for (const found of await page.locator(control).all()) await expect(found).toBeHidden();
    }
    // Ink on paper is dark, whatever the screen shows.
    const [ink] = await brightness(page.locator('body'));
    expect(ink).toBeLessThan(0.3);
  }
});

test('a chart has one tooltip, readable in both themes, and regular dates', async ({ page }) => {
  await signIn(page, people.client, '/overview?range=30d');
  for (const theme of ['light', 'dark'] as const) {
    await chooseTheme(page, theme);
    const figure = page.getByRole('figure', { name: /^Sent and replied/ });
    await expect(figure.locator('.recharts-line').first()).toBeVisible();
    const box = (await figure.locator('svg.recharts-surface').last().boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y - 40);
    await page.mouse.move(box.x + box.width / 2 + 3, box.y - 60);
    const tooltip = figure.locator('dl:visible');
    await expect(tooltip).toHaveCount(1);
    await expect(tooltip).toContainText(/Sent[\d,]+Replied\d+Positive\d+/);
    const [ink, ground] = await brightness(tooltip.locator('..'));
    expect(Math.abs(ink! - ground!)).toBeGreaterThan(0.6);
    const texts = await figure.locator('svg.recharts-surface').last().locator('text').allTextContents();
    const ticks = texts.filter((text) => /^\d+ [A-Z][a-z]+$/.test(text)).map((text) =>
      text.replace('Sept', 'Sep')
    );
    expect(ticks.length).toBeGreaterThan(3);
    const year = new Date().getFullYear();
    const days = ticks.map((tick) => Date.parse(`${tick} ${year} UTC`));
    const gaps = new Set(
      days.slice(1).map((day, index) => ((day - days[index]!) / 86_400_000 + 366) % 366 % 365),
    );
    expect(gaps.size).toBe(1);
    expect(new Date(days.at(-1)!).toISOString().slice(5, 10)).toBe(today().slice(5));
  }
});
