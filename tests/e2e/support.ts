// What the browser tests share: people, signing in, the database to compare with, and axe.
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import pg from 'pg';
import process from 'node:process';
import { z } from 'zod';
import { demo } from '../../local/shared/demo-accounts.ts';

export const people = demo;

export async function signIn(
  page: Page,
  person: { email: string; password: string },
  path = '/',
): Promise<void> {
  await page.goto(path);
  await page.getByLabel('Email address').fill(person.email);
  await page.getByLabel('Password').fill(person.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page).not.toHaveURL(/\/sign-in/);
}

export async function sql<Row extends pg.QueryResultRow>(
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: process.env['DATABASE_URL'] });
  await client.connect();
  try {
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end();
  }
}

const outbox = z.array(z.object({ link: z.string(), subject: z.string() }));

/** The link in the newest email to somebody, as the outbox of a stack shows it. */
export async function linkTo(email: string, apiUrl = process.env['API_URL'] ?? ''): Promise<string> {
  const read = async () =>
    outbox.parse(await (await fetch(`${apiUrl}/outbox.json?to=${encodeURIComponent(email)}`)).json());
  await expect.poll(async () => (await read()).length).toBeGreaterThan(0);
  return (await read())[0]?.link ?? '';
}

/** The page has its data: no skeleton is left. */
export async function settled(page: Page): Promise<void> {
  await expect(page.locator('main h1, main [role=alert], main p').first()).toBeVisible();
  await expect(page.locator('main .animate-pulse')).toHaveCount(0);
}

export async function chooseTheme(page: Page, theme: 'light' | 'dark'): Promise<void> {
  await page.evaluate((chosen) => localStorage.setItem('replyloop.theme', chosen), theme);
  await page.reload();
  await settled(page);
}

/** How often a shot is taken: both themes, at a desk and on a phone. */
const sizes = [['desktop', 1_440, 900], ['phone', 390, 844]] as const;
/** A list of a hundred rows shows nothing new below this. */
const maxPhone = 3_000;

/**
 * The page as people see it, for review, in `.replyloop/screenshots`. On a phone the window is as high as the page, so
 * that the navigation is below it and not across it; a dialog keeps the size of the screen.
 */
export async function shoot(
  page: Page,
  name: string,
  options: {
    isDialog?: boolean;
    /** Opens what the address does not. */
    prepare?: ((page: Page) => Promise<void>) | undefined;
  } = {},
): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    for (const [size, width, height] of sizes) {
      await page.setViewportSize({ width, height });
      await chooseTheme(page, theme);
      await options.prepare?.(page);
      if (size === 'phone' && !options.isDialog) {
        const whole = await page.evaluate(() => document.documentElement.scrollHeight);
        await page.setViewportSize({ width, height: Math.min(maxPhone, Math.max(height, whole)) });
      }
      // The drawing of a chart comes after its numbers, the height of a mail's frame after its text.
      await page.waitForTimeout(500);
      await page.screenshot({
        path: `.replyloop/screenshots/${name}-${theme}-${size}.png`,
        fullPage: !options.isDialog && size === 'desktop',
      });
    }
  }
}

/**
 * Rows of a list are alike, and axe takes a minute for a hundred of them: it looks at the first eight. The frame of a mail
 * runs no script, axe's neither: it would wait a minute for an answer.
 */
const leftOut = ['tbody tr:nth-child(n+9)', '[role="option"]:nth-child(n+9)', 'iframe'];

export async function expectAccessible(
  page: Page,
  /** Another theme changes colours and nothing else: that half of axe's work is enough after a whole look. */
  { onlyColours = false } = {},
): Promise<void> {
  // In the page itself instead of in a second, blank one, and without describing each element that passes.
  const whole = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  const axe = leftOut.reduce((builder, part) => builder.exclude(part), whole);
  if (onlyColours) axe.withRules(['color-contrast', 'link-in-text-block']);
  const { violations } = await axe.analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => ({ id, where: nodes.map((node) => `${node.html}: ${node.failureSummary}`) }));
  expect(serious).toEqual([]);
}

/** Today where the client of these tests is. */
export function today(): string {
  const calendar = new Intl.DateTimeFormat('en-CA', {
    timeZone: 'Europe/Amsterdam',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  return calendar.format(new Date());
}
