// Settings → Retention as people see it: the periods, what a shorter one removes, and a mail whose text is gone.
import { expect, test } from '@playwright/test';
import { lakeside } from './months.ts';
import { people, settled, shoot, signIn, sql } from './support.ts';

test('the periods, and a shorter one', async ({ page }) => {
  await sql(
    `update private.retention_settings set checked_at = now() - interval '20 seconds',
       removed_at = case when place % 2 = 1 then now() - interval '3 hours' end, removed_rows = place * 1204`,
  );
  await signIn(page, people.operator, '/settings?tab=retention');
  await expect(page.getByRole('heading', { name: 'Raw deliveries' })).toBeVisible();
  await settled(page);
  await shoot(page, 'retention');
  await shoot(page, 'retention-change', {
    isDialog: true,
    prepare: async (shown) => {
      await shown.getByLabel('Keep Texts of emails').selectOption('90 days');
      await expect(shown.getByRole('dialog').getByRole('button', { name: /save/i })).toBeEnabled();
    },
  });
});

test('a mail without its text', async ({ page }) => {
  const [mail] = await sql<{ id: string }>(
    `update public.messages set body_text = null, body_html = null, snippet = null, body_removed_at = occurred_at + interval '25 months'
     where id = (select id from public.messages where client_id = $1 and direction = 'received' order by occurred_at desc limit 1)
     returning id`,
    [lakeside],
  );
  await signIn(page, people.operator, `/inbox?client=${lakeside}&show=all&message=${mail!.id}`);
  await expect(page.getByText('The text was removed on').first()).toBeVisible();
  await shoot(page, 'retention-mail');
});
