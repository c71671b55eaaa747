// Personal data as people see it: the form with erasures so far, the dialog with what it finds, a report with a provider that refused.
import { expect, test } from '@playwright/test';
import { lakeside } from './months.ts';
import { people, shoot, signIn, sql } from './support.ts';

test.afterEach(async () => {
  await sql('delete from private.erasures');
});

test('personal data', async ({ page }) => {
  await sql(
    `insert into private.erasures (id, digest, client_id, requested_by, requested_at, finished_at, status, is_blocked, report)
     select gen_random_uuid(), sha256(convert_to(n::text, 'UTF8')), case n when 1 then $1::uuid end, (select user_id from public.members where role = 'operator' limit 1),
       now() - n * interval '3 days', now() - n * interval '3 days', case n when 2 then 'partial' else 'completed' end::public.job_status, n = 2,
       '{"tables": {"messages": {"anonymised": 6}, "synced_leads": {"anonymised": 2}, "webhook_events": {"anonymised": 14}, "email_events": {"anonymised": 14},
         "answer_drafts": {"removed": 1}, "thread_notes": {"removed": 2}, "message_search": {"removed": 6}, "audit_log": {"anonymised": 1}},
         "providers": [{"name": "Lakeside", "removed": 2, "blocked": true, "error": null},
           {"name": "Shared", "removed": 0, "blocked": false, "error": "Instantly forbids this call; give the API key the needed scopes, then retry"}],
         "crm_contacts": 1}'::jsonb
     from generate_series(1, 3) as n`,
    [lakeside],
  );
  const [lead] = await sql<{ email: string }>(
    'select email from public.synced_leads where client_id = $1 and reply_count > 0 order by id limit 1',
    [lakeside],
  );
  await signIn(page, people.operator, '/settings?tab=personal-data');
  await shoot(page, 'personal-data');
  await shoot(page, 'personal-data-report', {
    isDialog: true,
    prepare: async () => {
      await page.getByRole('button', { name: 'Report of the erasure for All clients' }).first().click();
      await expect(page.getByRole('region', { name: 'At the providers' })).toBeVisible();
    },
  });
  await page.goto(`/leads/${lakeside}/${encodeURIComponent(lead?.email ?? '')}`);
  await shoot(page, 'lead-erase', {
    isDialog: true,
    prepare: async () => {
      await page.getByRole('button', { name: 'Erase …' }).click();
      await expect(page.getByRole('list', { name: 'What is held' })).toBeVisible();
    },
  });
});
