// Nothing sticks out: no page scrolls sideways, at a desk or on a phone, and no row of a table leaves its card.
import { expect, type Page, test } from '@playwright/test';
import { exportable, lakeside } from './months.ts';
import { people, settled, signIn, sql } from './support.ts';

const best = 'f0000000-0000-4000-8000-000000000001';

const pages = {
  client: [
    '/overview',
    '/inbox?show=all',
    '/campaigns',
    `/campaigns/${best}`,
    `/campaigns/${best}?tab=steps`,
    `/campaigns/${best}?tab=messages`,
    `/campaigns/${best}?tab=events`,
    `/campaigns/${exportable}?tab=exports`,
    '/settings',
    '/settings?tab=costs',
  ],
  operator: [
    '/clients',
    `/overview?client=${lakeside}`,
    '/campaigns',
    '/settings',
    '/settings?tab=clients',
    `/settings?tab=costs&client=${lakeside}`,
    '/settings?tab=people',
    '/operations/connections',
    '/operations/unmapped',
    '/operations/dead-letters',
    '/operations/jobs',
    '/operations/alerts?status=all',
    '/operations/email-accounts',
    '/operations/ledger',
    '/operations/drift',
    '/operations/audit',
    '/operations/calls',
  ],
} as const;

/** What is wider than the room it has: the page itself, the frame of a table, or the content of one of its cells. */
const whatSticksOut = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found: string[] = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) {
      found.push(`the page: ${root.scrollWidth} of ${root.clientWidth} px`);
    }
    for (const table of document.querySelectorAll<HTMLElement>('main [role=table]')) {
      const frame = table.parentElement!;
      if (frame.scrollWidth > frame.clientWidth) {
        found.push(
          `${table.getAttribute('aria-label')}: ${frame.scrollWidth} of ${frame.clientWidth} px`,
        );
      }
      for (const cell of table.querySelectorAll<HTMLElement>('tbody tr:nth-child(-n+20) [role=cell]')) {
        if (cell.scrollWidth > cell.clientWidth + 1 && cell.clientWidth > 0) {
          found.push(`${table.getAttribute('aria-label')}: "${cell.innerText.replaceAll('\n', ' ')}"`);
        }
      }
    }
    return [...new Set(found)];
  });

for (const [role, paths] of Object.entries(pages)) {
  for (
    const [name, width, height] of [['desk', 1_440, 900], [
      'phone',
      390,
      844,
    ]] as const
  ) {
    test(`${role}, ${name}: nothing sticks out`, async ({ page }) => {
      test.setTimeout(240_000);
      await page.setViewportSize({ width, height });
      await signIn(page, role === 'operator' ? people.operator : people.client, '/settings');
      const found: Record<string, string[]> = {};
      for (const path of paths) {
        await page.goto(path);
        await settled(page);
        const here = await whatSticksOut(page);
        if (here.length > 0) found[path] = here;
      }
      expect(found).toEqual({});
    });
  }
}

const narrow = [
  '/clients',
  '/campaigns',
  '/settings?tab=clients',
  '/settings?tab=people',
  '/operations/drift',
];

test('operator, laptop: the home and the wide tables fit 1,280 px', async ({ page }) => {
  test.setTimeout(240_000);
  await page.setViewportSize({ width: 1_280, height: 800 });
  await signIn(page, people.operator, '/clients');
  await expect(page.getByRole('table', { name: 'Clients' }).getByRole('link').first()).toBeVisible();
  const found: Record<string, string[]> = {};
  for (const path of narrow) {
    await page.goto(path);
    await settled(page);
    const here = await whatSticksOut(page);
    if (here.length > 0) found[path] = here;
  }
  expect(found).toEqual({});
});

test('operator, laptop: what happened has the most room of the alerts, and a change its line', async ({ page }) => {
  await page.setViewportSize({ width: 1_280, height: 800 });
  await signIn(page, people.operator, '/operations/alerts?status=all');
  const cell = page.getByRole('columnheader', { name: 'What happened' });
  await settled(page);
  expect((await cell.boundingBox())?.width).toBeGreaterThan(250);
  expect(await whatSticksOut(page)).toEqual([]);
  await page.goto('/clients');
  await settled(page);
  const changes = page.getByText(/no change|[+−]\d+%/);
  expect(await changes.count()).toBeGreaterThan(5);
  for (const change of await changes.all()) {
    if (await change.isVisible()) expect((await change.boundingBox())?.height).toBeLessThan(30);
  }
});

test('a client and a campaign with the longest name without blanks stick out nowhere', async ({ page }) => {
  test.setTimeout(240_000);
  const name = 'Donaudampfschifffahrt'.repeat(6).slice(0, 120);
  const [client] = await sql<{ name: string }>('select name from public.clients where id = $1', [lakeside]);
  await sql(`update public.clients set name = $2 where id = $1`, [lakeside, name]);
  const [campaign] = await sql<{ name: string }>(
    `update public.campaigns as c set name = $2 from public.campaigns as old where c.id = $1 and old.id = c.id returning old.name`,
    [best, name],
  );
  try {
    await signIn(page, people.operator, '/settings?tab=clients');
    const found: Record<string, string[]> = {};
    for (const [width, height] of [[1_280, 800], [390, 844]] as const) {
      await page.setViewportSize({ width, height });
      const paths = [
        '/settings?tab=clients',
        '/clients',
        '/campaigns',
        `/campaigns/${best}`,
        '/inbox?show=all',
        '/imports',
        `/overview?client=${lakeside}`,
        '/operations/connections',
        '/operations/jobs',
        '/operations/email-accounts',
      ];
      for (const path of paths) {
        await page.goto(path);
        await settled(page);
        const here = await whatSticksOut(page);
        if (here.length > 0) found[`${path} at ${width}`] = here;
      }
    }
    expect(found).toEqual({});
    // The dialog and the sentence after it.
    await page.goto('/settings?tab=clients');
    await page.getByRole('button', { name: `Edit ${name}` }).click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.evaluate((one) => one.scrollWidth - one.clientWidth)).toBeLessThanOrEqual(0);
    await dialog.getByRole('button', { name: 'Save' }).click();
    const sentence = page.getByRole('status').getByText(name);
    await expect(sentence).toBeVisible();
    const box = await sentence.boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? 999)).toBeLessThanOrEqual(390);
    expect((await page.getByRole('status').locator('svg').first().boundingBox())?.width)
      .toBeGreaterThanOrEqual(15);
  } finally {
    await sql(`update public.clients set name = $2 where id = $1`, [lakeside, client?.name]);
    await sql(`update public.campaigns set name = $2 where id = $1`, [best, campaign?.name]);
  }
});
