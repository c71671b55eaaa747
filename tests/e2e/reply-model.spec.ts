// An operator sets up a language model for unclear replies: a real HTTP server, as it should be and when it is away.
import { expect, test } from '@playwright/test';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expectAccessible, people, settled, shoot, signIn, sql } from './support.ts';

let server: Server;
let address: string;
let isAway = false;
const asked: string[] = [];

test.beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => body += chunk);
    request.on('end', () => {
      asked.push(`${request.headers['authorization']} ${body}`);
      if (isAway) {
        response.writeHead(503).end();
        return;
      }
      const content = JSON.stringify({ class: 'not_now', confidence: 0.9, date: '2026-05-01' });
      response.writeHead(200, { 'content-type': 'application/json' }).end(
        JSON.stringify({ choices: [{ message: { content } }], usage: { total_tokens: 412 } }),
      );
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
});
test.afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await sql('delete from private.reply_model');
});

test('an operator connects a language model, tests it, sees when it is away, and switches it off', async ({ page }) => {
  await signIn(page, people.operator, '/settings?tab=agency');
  const card = page.getByRole('region', { name: 'Language model' });
  await expect(card.getByText('Addresses, phone numbers and links are removed first')).toBeVisible();
  await card.getByLabel('Address').fill('nowhere');
  await card.getByLabel('Model', { exact: true }).fill('small-one');
  await card.getByRole('button', { name: 'Save' }).click();
  await expect(card.getByRole('alert')).toContainText('begins with https://');

  await card.getByLabel('Address').fill(address);
  await card.getByLabel('API key').fill('sk-of-the-agency-1');
  await card.getByLabel('Requests a day').fill('25');
  await card.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Unclear replies are read within a minute')).toBeVisible();
  await expect(card.getByLabel('API key')).toHaveValue('');
  expect(await page.content()).not.toContain('sk-of-the-agency-1');
  expect(JSON.stringify(await sql('select * from private.reply_model'))).not.toContain('sk-of-the-agency-1');

  await card.getByRole('button', { name: 'Test with an invented reply' }).click();
  await expect(card.getByRole('status')).toContainText('as not now, until 2026-05-01');
  await expect(card.getByText('1 of 25 requests, 412 tokens')).toBeVisible();
  expect(asked[0]).toContain('Bearer sk-of-the-agency-1');
  await expectAccessible(page);

  isAway = true;
  await card.getByRole('button', { name: 'Test with an invented reply' }).click();
  await expect(card.getByRole('status')).toContainText('answered with status 503');
  await expect(card.getByText('until then the rules decide')).toBeVisible();
  await shoot(page, 'reply-model-away');

  await settled(page);
  await card.getByLabel('Ask the language model').uncheck();
  await card.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('The model gets nothing')).toBeVisible();
  expect(await sql('select is_on from private.reply_model')).toEqual([{ is_on: false }]);
});
