// A client approves leads and emails before anything is sent; a change asks again.
import { expect, type Page, test } from '@playwright/test';
import { lakeside } from './months.ts';
import { expectAccessible, people, settled, signIn, sql } from './support.ts';

test('asked, changes requested, asked again, approved, outdated by a change', async ({ browser }) => {
  const [connection] = await sql<{ id: string }>(
    `select id from public.provider_connections where client_id = $1 and removed_at is null order by created_at limit 1`,
    [lakeside],
  );
  const [campaign] = await sql<{ id: string }>(
    `insert into public.campaigns (client_id, connection_id, name, generation_status, sequence)
     values ($1, $2, 'To be approved', 'completed', '[{"subject":"Rye","body":"Hi {{firstName|there}}"}]') returning id`,
    [lakeside, connection?.id],
  );
  const id = campaign?.id ?? '';
  await sql(
    `insert into public.businesses (client_id, campaign_id, name, email, email_deliverability) values ($1, $2, 'Blum', 'a@approval.test', 'deliverable')`,
    [lakeside, id],
  );
  await sql('update public.clients set approval_required = true where id = $1', [lakeside]);
  try {
    const operator = await (await browser.newContext()).newPage();
    const client = await (await browser.newContext()).newPage();
    await signIn(operator, people.operator, `/campaigns/${id}?tab=check`);
    await settled(operator);
    await expect(operator.getByText('The client has to approve leads and emails first')).toBeVisible();
    const badge = (page: Page, text: string) =>
      expect(page.locator('header:has(h1)').getByText(text)).toBeVisible();
    await badge(operator, 'Being prepared');
    const ask = async (button: string, comment: string) => {
      await operator.getByRole('button', { name: button }).click();
      await operator.getByRole('dialog').getByLabel('Comment').fill(comment);
      await operator.getByRole('dialog').getByRole('button', { name: 'Ask the client' }).click();
      await expect(operator.getByText(/The client was asked: \d+ (person gets|people get) an email/))
        .toBeVisible();
    };
    await ask('Ask for approval', 'Please look at the first email');

    // The client finds it where it begins, without a mail.
    await signIn(client, people.client, '/');
    await settled(client);
    const waiting = client.getByRole('region', { name: 'Waiting for your approval' });
    await expect(waiting).toContainText('1 lead');
    await expectAccessible(client);
    await waiting.getByRole('link', { name: 'To be approved' }).click();
    await settled(client);
    await expect(client.getByText('Please look at the first email')).toBeVisible();
    await badge(client, 'Waiting for approval');
    await expectAccessible(client);
    await client.getByRole('button', { name: 'Ask for changes' }).click();
    await expect(client.getByRole('dialog').getByRole('button', { name: 'Send' })).toBeDisabled();
    await client.getByLabel('What should change').fill('Less bread');
    await client.getByRole('dialog').getByRole('button', { name: 'Send' }).click();
    await expect(client.getByText('Your changes were sent')).toBeVisible();

    const needs = operator.getByRole('navigation', { name: 'Needs attention' });
    await operator.goto('/clients');
    await settled(operator);
    await needs.getByRole('link', { name: 'Changes requested' }).click();
    await settled(operator);
    await expect(operator.getByText('Less bread')).toBeVisible();
    await badge(operator, 'Changes requested');
    await ask('Ask again', 'Done');
    await client.reload();
    await settled(client);
    await client.getByRole('button', { name: 'Approve', exact: true }).click();
    await client.getByRole('dialog').getByRole('button', { name: 'Approve' }).click();
    await expect(client.getByText('You approved the leads and emails as they are now.')).toBeVisible();

    await operator.reload();
    await settled(operator);
    await expect(operator.getByText('Leads and emails are as the client approved them.')).toBeVisible();
    await badge(operator, 'Ready to export');
    await operator.goto('/clients');
    await settled(operator);
    await expect(needs.getByRole('link', { name: 'Changes requested' })).toBeHidden();
    await needs.getByRole('link', { name: 'Approved, not exported' }).click();
    await settled(operator);
    await sql(`update public.campaigns set sequence = '[{"subject":"Rye","body":"Other"}]' where id = $1`, [
      id,
    ]);
    await operator.reload();
    await settled(operator);
    await expect(operator.getByText('Leads or emails were changed after the approval: ask again.'))
      .toBeVisible();
  } finally {
    await sql('update public.clients set approval_required = false where id = $1', [lakeside]);
    await sql('delete from public.campaigns where id = $1', [id]);
  }
});
