import { test } from '@playwright/test';
import { heldCampaign, lakeside } from './months.ts';
import { chooseTheme, people, signIn } from './support.ts';

const operator = people.operator;

const pages = [
  { name: 'home', path: '/clients', who: operator },
  { name: 'settings-client', path: '/settings', who: people.client },
  { name: 'settings', path: '/settings', who: operator },
  { name: 'settings-clients', path: '/settings?tab=clients', who: operator },
  { name: 'settings-costs', path: `/settings?tab=costs&client=${lakeside}`, who: operator },
  { name: 'settings-people', path: '/settings?tab=people', who: operator },
  { name: 'operations-connections', path: '/operations/connections', who: operator },
  { name: 'operations-unmapped', path: '/operations/unmapped', who: operator },
  { name: 'operations-assign', path: `/operations/unmapped?open=${heldCampaign}`, who: operator },
  { name: 'operations-dead-letters', path: '/operations/dead-letters', who: operator },
  { name: 'operations-jobs', path: '/operations/jobs', who: operator },
  { name: 'operations-alerts', path: '/operations/alerts?status=all', who: operator },
  { name: 'operations-email-accounts', path: '/operations/email-accounts', who: operator },
  { name: 'operations-ledger', path: '/operations/ledger', who: operator },
  { name: 'operations-drift', path: '/operations/drift', who: operator },
  { name: 'operations-audit', path: '/operations/audit', who: operator },
  { name: 'operations-calls', path: '/operations/calls', who: operator },
] as const;

for (const { name, path, who } of pages) {
  test(`operator pages: ${name}`, async ({ page }) => {
    await signIn(page, who, path);
    for (const theme of ['light', 'dark'] as const) {
      for (const [size, width, height] of [['desktop', 1_440, 900], ['phone', 390, 844]] as const) {
        await page.setViewportSize({ width, height });
        await chooseTheme(page, theme);
        await page.screenshot({
          path: `.replyloop/screenshots/operator-${name}-${theme}-${size}.png`,
          fullPage: true,
        });
      }
    }
  });
}
