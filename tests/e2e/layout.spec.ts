// Nothing sticks out: no page scrolls sideways, at a desk or on a phone, and no row of a table leaves its card.
import { expect, type Page, test } from '@playwright/test';
import { exportable, lakeside } from './months.ts';
import { people, settled, signIn } from './support.ts';

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

test('operator, laptop: the home fits 1,280 px', async ({ page }) => {
  await page.setViewportSize({ width: 1_280, height: 800 });
  await signIn(page, people.operator, '/clients');
  await expect(page.getByRole('table', { name: 'Clients' }).getByRole('link').first()).toBeVisible();
  await settled(page);
  expect(await whatSticksOut(page)).toEqual([]);
});
