// Ask your numbers: what the settings copy connects an assistant, which reads what the person reads and nothing else.
import { expect, type Page, test } from '@playwright/test';
import { connectTo } from '../support/assistant.ts';
import { lakeside } from './months.ts';
import { expectAccessible, people, signIn, sql } from './support.ts';

/** Copies the setup of an assistant as it would be pasted there. */
async function copied(page: Page, assistant: string): Promise<string> {
  await page.getByLabel('Assistant', { exact: true }).selectOption({ label: assistant });
  await page.getByRole('button', { name: 'Copy with your access' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'It works until' })).toBeVisible();
  return await page.evaluate(() => navigator.clipboard.readText());
}

test.beforeEach(async ({ context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
});

test('a client connects an assistant, which answers about its own company alone', async ({ page }) => {
  await signIn(page, people.client, '/settings?tab=assistants');
  await expect(page.getByText('of your company alone')).toBeVisible();
  await expect(page.getByLabel('Setup'), 'no token is shown').not.toContainText('eyJ');
  await expectAccessible(page);

  const command = await copied(page, 'Claude Code');
  const [, url, token] =
    /^claude mcp add --transport http \S+ (\S+) \\\n {2}--header "Authorization: Bearer (\S+)"$/
      .exec(command) ?? [];
  const assistant = await connectTo(url ?? '', token ?? '');
  const clients = await assistant.rows('overview', 'clients', { period: 'all_time' });
  const [own] = await sql<{ name: string; sent: string }>(
    'select client_name as name, sent::text from public.client_overview where client_id = $1',
    [lakeside],
  );
  expect(clients.map((row) => [row['client_name'], row['sent']])).toEqual([[own?.name, Number(own?.sent)]]);
  expect((await assistant.assistant.listTools()).tools.map(({ name }) => name)).not.toContain('health');
  await assistant.close();

  // The same for another program, in the shape that its settings take.
  const file = JSON.parse(await copied(page, 'Cursor')) as {
    mcpServers: Record<string, { url: string; headers: { Authorization: string } }>;
  };
  const [server] = Object.values(file.mcpServers);
  const other = await connectTo(
    server?.url ?? '',
    (server?.headers.Authorization ?? '').replace('Bearer ', ''),
  );
  expect(await other.rows('overview', 'clients', { period: 'all_time' })).toHaveLength(1);
  await other.close();
});

test('an operator’s assistant reads every client, and the health of the workspaces', async ({ page }) => {
  await signIn(page, people.operator, '/settings?tab=assistants');
  const file = JSON.parse(await copied(page, 'VS Code')) as {
    servers: Record<string, { type: string; url: string; headers: { Authorization: string } }>;
  };
  const [[name, server] = ['', undefined]] = Object.entries(file.servers);
  expect([name, server?.type]).toEqual(['northbeam-outreach', 'http']);
  const assistant = await connectTo(
    server?.url ?? '',
    (server?.headers.Authorization ?? '').replace('Bearer ', ''),
  );
  const clients = await assistant.rows('overview', 'clients', { period: 'all_time' });
  expect(clients).toHaveLength(Number((await sql('select count(*) as n from public.clients'))[0]?.['n']));
  expect((await assistant.ask('health')).isError).toBe(false);
  await assistant.close();
});

test('says so when the session has ended, and copies nothing', async ({ page }) => {
  await signIn(page, people.client, '/settings?tab=assistants');
  await page.evaluate(() => navigator.clipboard.writeText('untouched'));
  await page.route('**/auth/v1/token**', (route) =>
    route.fulfill({
      status: 400,
      json: { code: 400, error_code: 'refresh_token_not_found', msg: 'Invalid Refresh Token' },
    }));
  await page.getByRole('button', { name: 'Copy with your access' }).click();
  await expect(page.getByRole('alert')).toContainText('Your session has ended. Sign in again');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('untouched');
});
