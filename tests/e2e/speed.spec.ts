// A press is answered before anybody notices a wait.
import { expect, test } from '@playwright/test';
import { people, settled, signIn } from './support.ts';

const best = 'f0000000-0000-4000-8000-000000000001';

test(
  'a press is answered within 100 ms: periods, cuts, tabs, sorting',
  { tag: '@alone' },
  async ({ page }) => {
    await signIn(page, people.client, '/overview');
    await settled(page);
    await expect(page.locator('.recharts-surface').first()).toBeVisible({ timeout: 30_000 });
    // Until the paint after the change; the least of seven, which the machine's other work disturbed least.
    const measure = async (change: (round: number) => string): Promise<number> => {
      const times: number[] = [];
      for (let round = 0; round < 7; round += 1) {
        times.push(
          await page.evaluate(async (script) => {
            const start = performance.now();
            new Function(script)();
            await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
            return performance.now() - start;
          }, change(round)),
        );
        await settled(page);
        await expect(page.locator('main [aria-busy=true]')).toHaveCount(0);
      }
      return Math.min(...times);
    };
    const choose = (value: string) =>
      `const field = document.querySelector('select[aria-label=Period]');
     Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, 'value').set.call(field, '${value}');
     field.dispatchEvent(new Event('change', { bubbles: true }));`;
    const results: Record<string, number> = {
      'period': await measure((round) => choose(round % 2 === 0 ? '90d' : '30d')),
      'segments': await measure((round) =>
        `document.querySelectorAll('input[name=dimension]')[${(round + 1) % 3}].click()`
      ),
      'sort': await measure(() => `document.querySelector('table[aria-label=Campaigns] th button').click()`),
    };
    await page.goto(`/campaigns/${best}`);
    await settled(page);
    results['tab'] = await measure((round) =>
      `document.querySelectorAll('[role=tab]')[${
        (round + 1) % 5
      }].dispatchEvent(new MouseEvent('mousedown', { bubbles: true, button: 0 }))`
    );
    console.log(
      `Until the next paint: ${
        Object.entries(results).map(([name, time]) => `${name} ${time.toFixed(0)} ms`).join(', ')
      }`,
    );
    for (const [name, time] of Object.entries(results)) expect(time, name).toBeLessThan(100);
  },
);
