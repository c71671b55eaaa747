// What the browser tests share: people, signing in, the database to compare with, and axe.
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import pg from 'pg';
import process from 'node:process';
import { demo } from '../../local/demo/accounts.ts';

export const people = demo;

export async function signIn(
  page: Page,
  person: { email: string; password: string },
  path = '/',
): Promise<void> {
  await page.goto(path);
  await page.getByLabel('E-mail address').fill(person.email);
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

/**
 * Rows of a list are alike, and axe takes a minute for a hundred of them: it looks at the first eight. The frame of a mail
 * runs no script, axe's neither: it would wait a minute for an answer.
 */
const leftOut = ['tbody tr:nth-child(n+9)', '[role="option"]:nth-child(n+9)', 'iframe'];

export async function expectAccessible(page: Page): Promise<void> {
  const axe = leftOut.reduce((builder, part) => builder.exclude(part), new AxeBuilder({ page }));
  const { violations } = await axe.analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => ({ id, where: nodes.map((node) => `${node.html}: ${node.failureSummary}`) }));
  expect(serious).toEqual([]);
}
