// Each page of operators can be read: by people with a screen reader, in the dark, and on a phone.
import { expect, test } from '@playwright/test';
import { heldCampaign, lakeside } from './months.ts';
import { chooseTheme, expectAccessible, people, signIn } from './support.ts';

const pages = [
  '/clients',
  '/settings',
  '/settings?tab=clients',
  `/settings?tab=costs&client=${lakeside}`,
  '/settings?tab=people',
  '/operations/connections',
  `/operations/unmapped?open=${heldCampaign}`,
  '/operations/unmapped',
  '/operations/dead-letters',
  // Few rows of the long lists: axe looks at every cell.
  '/operations/jobs?status=failed',
  '/operations/alerts?status=all',
  '/operations/email-accounts',
  '/operations/ledger?range=7d',
  '/operations/drift?range=7d',
  '/operations/audit',
  '/operations/calls?status=failed',
];

for (const path of pages) {
  test(`axe finds nothing serious on ${path}, and a phone need not scroll sideways`, async ({ page }) => {
    await signIn(page, people.operator, path);
    for (const theme of ['light', 'dark'] as const) {
      await chooseTheme(page, theme);
      await expectAccessible(page, { onlyColours: theme === 'dark' });
    }
    await page.setViewportSize({ width: 390, height: 844 });
    await expectAccessible(page);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  });
}
