// Events to an endpoint, from adding it to a replay: with a receiver that the browser test runs itself.
import process from 'node:process';
import { expect, test } from '@playwright/test';
import { verify } from '../support/outgoing-scene.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import { positiveReply } from './positive-reply.ts';
import { expectAccessible, people, signIn, sql } from './support.ts';

let receiver: Receiver;

test.beforeEach(async () => {
  receiver = await startReceiver();
});
test.afterEach(async () => {
  await receiver.stop();
  await sql(
    `delete from public.outgoing_endpoints; delete from private.outgoing_events; delete from public.campaigns where name = 'Story'`,
  );
});

test('an endpoint is added and tested, gets a positive reply within seconds, fails, and gets the event again', async ({ page }) => {
  await signIn(page, people.operator, '/settings?tab=notifications');
  await expect(page.getByText('No endpoints yet')).toBeVisible();
  await page.getByRole('button', { name: 'Add endpoint' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Agency CRM');
  await dialog.getByLabel('Address').fill(`${receiver.url}/hooks/replyloop`);
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Add endpoint' }).click();
  await expect(page.getByRole('dialog', { name: 'Secret of “Agency CRM”' })).toBeVisible();
  const secret = await page.getByRole('textbox', { name: 'Secret' }).inputValue();
  expect(secret).toMatch(/^whsec_/);
  await page.getByRole('button', { name: 'Done' }).click();

  const act = async (name: string) => {
    await page.getByRole('button', { name: 'Actions for Agency CRM' }).click();
    await page.getByRole('menuitem', { name, exact: true }).click();
  };
  await act('Send test');
  await expect(page.getByRole('dialog')).toContainText('Answer: status 200');
  await page.getByRole('button', { name: 'Done' }).click();
  expect(verify(secret, receiver.received[0]!)).toMatchObject({ type: 'test' });

  const email = await positiveReply();
  await expect.poll(() => receiver.received.length, { timeout: 10_000 }).toBe(2);
  expect(verify(secret, receiver.received[1]!)).toMatchObject({
    type: 'reply.positive',
    data: { lead: { email }, reply: { text: 'Yes, please call me' } },
  });

  receiver.answer((response) => response.writeHead(500).end('out of order'));
  await positiveReply();
  await expect.poll(() => receiver.received.length, { timeout: 10_000 }).toBe(3);
  const failedId = receiver.received[2]!.headers['webhook-id'];
  await page.reload();
  const log = page.getByRole('table', { name: 'Sent events' });
  const failing = log.getByRole('row').filter({ hasText: 'It answered with status 500' });
  await expect(failing).toContainText('Waiting');
  await failing.getByRole('button', { name: /^Details/ }).click();
  await expect(page.getByRole('dialog')).toContainText('out of order');
  await expect(page.getByRole('dialog')).toContainText(String(failedId));
  await expectAccessible(page);
  await page.keyboard.press('Escape');

  // As after a day without an answer.
  receiver.answer((response) => response.writeHead(200).end('ok'));
  await sql(
    `update private.outgoing_deliveries set state = 'failed', lease_token = null where state = 'waiting'`,
  );
  const before = receiver.received.length;
  await act('Replay failed events');
  await page.getByRole('dialog').getByRole('button', { name: 'Replay' }).click();
  await expect(page.getByText('Replaying 1 event')).toBeVisible();
  await expect.poll(() => receiver.received.length, { timeout: 10_000 }).toBeGreaterThan(before);
  expect(receiver.received.at(-1)!.headers['webhook-id']).toBe(failedId);
  await page.reload();
  await expect(log.getByRole('row').filter({ hasText: 'Delivered' })).toHaveCount(3);

  const row = page.getByRole('table', { name: 'Endpoints' }).getByRole('row').filter({
    hasText: 'Agency CRM',
  });
  await expect(row).toContainText('Working');
  await act('Switch off');
  await expect(row).toContainText('An operator switched it off');
  await act('Switch on');
  await expect(row).toContainText('Working');
  await act('New secret');
  await expect(page.getByRole('dialog')).toContainText('for 24 hours');
  await page.getByRole('button', { name: 'Done' }).click();
  await act('Remove');
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByText('No endpoints yet')).toBeVisible();
});

test('a client chooses its own emails, and one arrives in its language', async ({ page }) => {
  await signIn(page, people.client, '/settings?tab=email');
  await page.getByLabel('Positive reply').check();
  await page.getByLabel('How often').selectOption({ label: 'At once, one email per event' });
  await page.getByLabel('Language').selectOption({ label: 'Nederlands' });
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  await positiveReply();
  const subjects = async () => {
    const response = await fetch(
      `${process.env['API_URL']}/outbox.json?to=${encodeURIComponent(people.client.email)}`,
    );
    return (await response.json() as { subject: string }[]).map(({ subject }) => subject);
  };
  await expect.poll(subjects, { timeout: 15_000 }).toContain('Positief antwoord van Ingrid Holm');
  await page.getByLabel('Positive reply').uncheck();
  // On from the start.
  await page.getByLabel('Approval requested').uncheck();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved. You get no emails.')).toBeVisible();
  await page.getByLabel('Approval requested').check();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
});

test('a client has no endpoints', async ({ page }) => {
  await signIn(page, people.client, '/settings?tab=notifications');
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Add endpoint' })).toHaveCount(0);
});
