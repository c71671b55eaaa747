// The reports: what the pages show is what the database returns, to the same person and in plain SQL.
import { expect, type Page, test } from '@playwright/test';
import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import { readFileSync } from 'node:fs';
import type { Database } from '../../supabase/functions/_shared/platform/database.types.ts';
import { bestCampaign, harbour, lakeside } from './months.ts';
import { people, settled, signIn, sql, today } from './support.ts';

const best = 'f0000000-0000-4000-8000-000000000001';
const pilot = 'f0000000-0000-4000-8000-000000000004';
const tile = (page: Page, label: string) => page.locator(`section[aria-label="${label}"]`);
const count = (value: number) => value.toLocaleString('en-GB');
const oneDecimal = new Intl.NumberFormat('en-GB', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
/** As a page shows it: of the four decimals that a rate has. */
const percent = (value: number) => `${oneDecimal.format(Number(value.toFixed(4)) * 100)}%`;
const daysAgo = (days: number) =>
  new Date(Date.parse(today()) - days * 86_400_000).toISOString().slice(0, 10);

/** The same person, by supabase-js. */
async function asPerson(
  page: Page,
  person: { email: string; password: string },
): Promise<SupabaseClient<Database>> {
  const config = await (await page.request.get('/config.json')).json() as Record<string, string>;
  const client = createClient<Database>(config['api_url']!, config['publishable_key']!, {
    auth: { persistSession: false },
  });
  const { error } = await client.auth.signInWithPassword(person);
  if (error) throw error;
  return client;
}

interface Plain {
  contacted: number;
  opened: number;
  replied: number;
  positive: number;
  meetings: number;
  sent: number;
  bounced: number;
}

/** The numbers of a period from leads and events alone, without any view or function of ours. */
async function plainNumbers(from: string, to: string, campaignId?: string): Promise<Plain> {
  const [row] = await sql<Record<keyof Plain, number>>(
    `with within as (select $2::timestamp at time zone 'Europe/Amsterdam' as first, ($3::date + 1)::timestamp at time zone 'Europe/Amsterdam' as behind),
     -- A lead that opened, replied or bounced was contacted, even if no event reported the email.
     lead as (select *, least(sent_at, opened_at, clicked_at, replied_at, bounced_at) as reached_at from public.synced_leads where client_id = $1 and ($4::uuid is null or campaign_id = $4)),
     event as (select * from public.email_events where client_id = $1 and ($4::uuid is null or campaign_id = $4))
     select
       (select count(*) from lead, within where reached_at >= first and reached_at < behind)::int as contacted,
       (select count(*) from lead, within where opened_at >= first and opened_at < behind)::int as opened,
       (select count(*) from lead, within where replied_at >= first and replied_at < behind)::int as replied,
       (select count(*) from lead, within where interest_status = 'positive' and interest_changed_at >= first and interest_changed_at < behind)::int as positive,
       (select count(*) from (select min(occurred_at) as at from event where type = 'lead_meeting_booked' group by lead_id) as m, within where at >= first and at < behind)::int as meetings,
       (select count(*) from event, within where type = 'email_sent' and occurred_at >= first and occurred_at < behind)::int as sent,
       (select count(*) from event, within where type = 'email_bounced' and occurred_at >= first and occurred_at < behind)::int as bounced`,
    [lakeside, from, to, campaignId ?? null],
  );
  return row!;
}

async function expectTiles(page: Page, numbers: Plain): Promise<void> {
  await expect(tile(page, 'Contacted')).toContainText(count(numbers.contacted));
  await expect(tile(page, 'Positive replies')).toContainText(count(numbers.positive));
  await expect(tile(page, 'Meetings')).toContainText(count(numbers.meetings));
  await expect(tile(page, 'Positive-reply rate')).toContainText(
    percent(numbers.positive / numbers.contacted),
  );
  await expect(tile(page, 'Reply rate')).toContainText(percent(numbers.replied / numbers.contacted));
  await expect(tile(page, 'Open rate*')).toContainText(percent(numbers.opened / numbers.contacted));
  await expect(tile(page, 'Bounce rate')).toContainText(percent(numbers.bounced / numbers.sent));
}

async function download(page: Page, name: string): Promise<string> {
  const waiting = page.waitForEvent('download');
  await page.getByRole('button', { name: new RegExp(`^Download ${name}.* as CSV$`) }).click();
  return readFileSync(await (await waiting).path(), 'utf8');
}

test('the tiles of a period are what the person’s own question and plain SQL say, and so is the change', async ({ page }) => {
  await signIn(page, people.client, '/overview?range=30d');
  await settled(page);
  const plain = await plainNumbers(daysAgo(29), today());
  const before = await plainNumbers(daysAgo(59), daysAgo(30));
  await expectTiles(page, plain);

  const person = await asPerson(page, people.client);
  const { data } = await person.rpc('stats_between', { from_day: daysAgo(29), to_day: today() })
    .throwOnError();
  expect(data).toHaveLength(1);
  expect(data[0]).toMatchObject({ ...plain });

  const change = Math.round((plain.contacted / before.contacted - 1) * 100);
  await expect(tile(page, 'Contacted')).toContainText(`${change < 0 ? '−' : '+'}${Math.abs(change)}%`);
  const points = Math.round((plain.replied / plain.contacted - before.replied / before.contacted) * 1_000) /
    10;
  await expect(tile(page, 'Reply rate')).toContainText(
    points === 0 ? 'no change' : `${points < 0 ? '−' : '+'}${Math.abs(points).toFixed(1)} pts`,
  );
  await page.getByLabel('Compare').uncheck();
  await expect(page).toHaveURL(/compare=false/);
  await expect(tile(page, 'Contacted')).not.toContainText('%');
  await expect(tile(page, 'Contacted')).toContainText(count(plain.contacted));
});

test('the days of the chart add up to the tiles, also over all time', async ({ page }) => {
  await signIn(page, people.client, '/overview?range=all');
  await settled(page);
  const plain = await plainNumbers('2000-01-01', today());
  await expect(tile(page, 'Contacted')).toContainText(count(plain.contacted));
  await expect(tile(page, 'Meetings')).toContainText(count(plain.meetings));
  await page.getByRole('region', { name: 'Sent and replied', exact: true }).getByRole('button', {
    name: 'Show table',
  }).click();
  const cells = page.getByRole('region', { name: 'Sent and replied, as a table' }).locator('tbody tr');
  await expect(cells.first()).toBeVisible();
  const sums = [0, 0];
  for (const row of await cells.all()) {
    const values = await row.locator('td').allTextContents();
    sums[0]! += Number(values[0]);
    sums[1]! += Number(values[1]);
  }
  expect(sums).toEqual([plain.sent, plain.contacted]);
});

test('the campaigns of a period are shown with their change, and a click keeps the period', async ({ page }) => {
  const from = daysAgo(40), to = daysAgo(5);
  await signIn(page, people.client, `/overview?range=custom&from=${from}&to=${to}`);
  const plain = await plainNumbers(from, to, best);
  const before = await plainNumbers(daysAgo(76), daysAgo(41), best);
  const row = page.getByRole('table', { name: 'Campaigns' }).getByRole('row').filter({
    hasText: bestCampaign,
  });
  const cells = row.getByRole('cell');
  await expect(cells.nth(2)).toContainText(count(plain.contacted));
  await expect(cells.nth(3)).toContainText(count(plain.replied));
  await expect(row).toContainText(percent(plain.positive / plain.contacted));
  const change = Number((plain.positive / plain.contacted).toFixed(4)) -
    Number((before.positive / before.contacted).toFixed(4));
  // First to the four decimals of a rate: 0.0208 less 0.0233 is not quite -0.0025 to a computer.
  const points = Math.round(Math.round(change * 10_000) / 10) / 10;
  await expect(row).toContainText(
    points === 0 ? 'no change' : `${points < 0 ? '−' : '+'}${Math.abs(points).toFixed(1)} pts`,
  );

  await row.getByRole('link', { name: bestCampaign }).click();
  await expect(page).toHaveURL(new RegExp(`/campaigns/${best}\\?.*from=${from}`));
  await expect(page.getByLabel('First day')).toHaveValue(from);
  await settled(page);
  await expectTiles(page, plain);
});

test('segments are those of the leads, by any of three cuts, and the address keeps the cut', async ({ page }) => {
  const rows = await sql<{ segment: string; contacted: number; replied: number; positive: number }>(
    `select job_title as segment, count(*) filter (where sent_count > 0)::int as contacted,
       count(*) filter (where reply_count > 0)::int as replied, count(*) filter (where interest_status = 'positive')::int as positive
     from public.synced_leads where client_id = $1 and job_title is not null group by 1`,
    [lakeside],
  );
  await signIn(page, people.client, '/overview');
  const card = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Who replies' }) });
  await expect(card.getByText('Dentistry')).toBeVisible();
  await expect(card.getByRole('listitem').filter({ hasText: 'Veterinary' })).toContainText(
    'not enough data',
  );
  await card.getByText('Job title').click();
  await expect(page).toHaveURL(/by=job_title/);
  await page.reload();
  await expect(card.getByRole('radio', { name: 'Job title' })).toBeChecked();
  for (const row of rows) {
    const item = card.getByRole('listitem').filter({ hasText: row.segment });
    await expect(item).toContainText(`${count(row.contacted)} contacted`);
    await expect(item).toContainText(`${percent(row.replied / row.contacted)} reply`);
    await expect(item).toContainText(`${percent(row.positive / row.contacted)} positive`);
  }
  await card.getByRole('button', { name: 'Show table' }).click();
  await expect(card.getByRole('row')).toHaveCount(rows.length + 1);
  const text = await download(page, 'segments by Job title');
  for (const row of rows) expect(text).toContain(`${row.segment},`);
});

test('steps compare their variants in words, with the number behind them', async ({ page }) => {
  const [sent] = await sql<{ a: number; b: number }>(
    `select count(*) filter (where variant = 1)::int as a, count(*) filter (where variant = 2)::int as b
     from public.email_events where campaign_id = $1 and type = 'email_sent' and step = 1`,
    [best],
  );
  await signIn(page, people.client, `/campaigns/${best}?tab=steps`);
  const items = page.locator('ol ul > li');
  const winner = items.filter({ hasText: 'Best' }).first();
  await expect(winner).toContainText(`${count(sent!.b)} sent`);
  await expect(winner.getByRole('button', { name: 'Clearly better: why' })).toBeVisible();
  await winner.getByRole('button').focus();
  await expect(page.getByRole('tooltip')).toContainText('by chance');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('tooltip')).toHaveCount(0);
  await expect(items.filter({ hasText: `${count(sent!.a)} sent` })).toContainText('Clearly worse');
  await page.getByRole('button', { name: 'Show table' }).click();
  const [p] = await sql<{ p: string }>(
    'select p_value::text as p from public.campaign_steps where campaign_id = $1 and step = 1 and is_best',
    [best],
  );
  await expect(page.getByRole('row').filter({ hasText: '1 B' })).toContainText(String(Number(p!.p)));
  await page.goto(`/campaigns/${pilot}?tab=steps`);
  await expect(page.getByRole('button', { name: 'Not enough data: why' }).first()).toBeVisible();
});

test('costs are shown to a client that may see them, by currency, and to no other client', async ({ page, browser }) => {
  const costs = page.locator('section[aria-labelledby="costs"]');
  const [euros] = await sql<{ reply: string; spent: string }>(
    `select to_char(c.cost / o.replied, 'FM990.00') as reply, to_char(c.cost, 'FM9,990.00') as spent
     from public.client_overview as o
     join (select client_id, sum(amount) as cost from public.cost_entries where currency = 'EUR' group by client_id) as c using (client_id)
     where o.client_id = $1`,
    [lakeside],
  );
  await signIn(page, people.client, '/overview');
  await expect(costs.getByLabel('Costs in EUR')).toContainText(`€${euros!.reply}per reply`);
  await expect(costs.getByLabel('Costs in EUR')).toContainText(`€${euros!.spent}`);
  await expect(costs.getByLabel('Costs in USD')).toContainText('US$');
  await page.goto(`/campaigns/${best}`);
  await expect(costs).toContainText('per reply');
  await expect(costs.getByLabel('Costs in USD')).toHaveCount(0);

  const operator = await asPerson(page, people.operator);
  const other = await browser.newPage();
  const otherCosts = other.locator('section[aria-labelledby="costs"]');
  const entry = await operator.rpc('record_cost', {
    target_client_id: harbour,
    cost_kind: 'other',
    cost_amount: 67,
    note: 'End-to-end test',
  }).throwOnError();
  try {
    await signIn(other, people.otherClient, '/overview');
    await settled(other);
    await expect(other.getByRole('heading', { name: 'Who replies' })).toBeVisible();
    await expect(otherCosts).toHaveCount(0);
    const client = await asPerson(page, people.otherClient);
    expect((await client.from('client_costs').select('*').throwOnError()).data).toEqual([]);

    await sql('update public.clients set may_see_costs = true where id = $1', [harbour]);
    await other.reload();
    await expect(otherCosts).toContainText('per reply');
    await sql('update public.clients set may_see_costs = false where id = $1', [harbour]);
    await other.reload();
    await settled(other);
    await expect(otherCosts).toHaveCount(0);
    await other.getByRole('button', { name: 'Sign out' }).click();
    await expect(other).toHaveURL(/\/sign-in$/);
    await signIn(other, people.operator, `/overview?client=${harbour}`);
    await expect(otherCosts).toContainText('per reply');
  } finally {
    await operator.rpc('remove_cost', { cost_id: entry.data });
  }
  await other.reload();
  await expect(otherCosts).toContainText('No costs entered yet');
  await other.close();
});

test('what a spreadsheet would take for a formula is text in every CSV', async ({ page }) => {
  const evil = '=HYPERLINK("http://evil.test")';
  const [message] = await sql<{ id: string }>(
    `insert into public.messages (client_id, campaign_id, lead_id, connection_id, provider, direction, occurred_at, email, subject, source)
     select l.client_id, l.campaign_id, l.id, c.connection_id, 'instantly', 'received', now(), '=cmd@evil.test', '+1+1', 'webhook'
     from public.synced_leads as l join public.campaigns as c on c.id = l.campaign_id where l.campaign_id = $1 limit 1 returning id`,
    [pilot],
  );
  const [lead] = await sql<{ id: string; email: string }>(
    `select lead_id as id, email from public.email_events where campaign_id = $1 and type = 'reply_received' limit 1`,
    [pilot],
  );
  await sql('update public.campaigns set name = $2 where id = $1', [pilot, evil]);
  await sql(`update public.email_events set email = '=1+1@evil.test' where lead_id = $1`, [lead!.id]);
  try {
    await signIn(page, people.client, '/overview');
    await expect(page.getByRole('link', { name: evil })).toBeVisible();
    const campaigns = await download(page, 'campaigns');
    expect(campaigns).toContain(`"'=HYPERLINK(""http://evil.test"")"`);
    await page.goto(`/campaigns/${pilot}?tab=messages`);
    await expect(page.getByText('=cmd@evil.test')).toBeVisible();
    const messages = await download(page, 'messages');
    expect(messages).toContain(`,'=cmd@evil.test,'+1+1,`);
    await page.goto(`/campaigns/${pilot}?tab=events&range=all`);
    await expect(page.getByText('=1+1@evil.test').first()).toBeVisible();
    const events = await download(page, 'events');
    expect(events).toContain(`,'=1+1@evil.test,`);
    for (const text of [campaigns, messages, events]) expect(text).not.toMatch(/(^|[,"\n])[=+@]/);
  } finally {
    await sql(`update public.campaigns set name = 'Veterinary pilot' where id = $1`, [pilot]);
    await sql('update public.email_events set email = $2 where lead_id = $1', [lead!.id, lead!.email]);
    await sql('delete from public.messages where id = $1', [message!.id]);
  }
});

test('a link carries the whole state: period, comparison, cut, tab, filters', async ({ page, browser }) => {
  const from = daysAgo(60), to = daysAgo(31);
  await signIn(page, people.client, '/overview');
  await page.getByLabel('Period').selectOption('custom');
  await page.getByLabel('First day').fill(from);
  await page.getByLabel('Last day').fill(to);
  await page.getByLabel('Compare').uncheck();
  await page.getByText('Company size', { exact: true }).click();
  await expect(page).toHaveURL(/by=company_size/);
  const other = await browser.newPage();
  await signIn(other, people.client, page.url());
  await settled(other);
  await expect(other.getByLabel('First day')).toHaveValue(from);
  await expect(other.getByLabel('Last day')).toHaveValue(to);
  await expect(other.getByLabel('Compare')).not.toBeChecked();
  await expect(other.getByRole('radio', { name: 'Company size' })).toBeChecked();
  await expectTiles(other, await plainNumbers(from, to));

  await page.goto(`/campaigns/${best}?tab=events&range=all`);
  await page.getByLabel('Event type').selectOption({ label: 'Sent' });
  await page.getByLabel('Lead', { exact: true }).fill('lead17@');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/lead=lead17/);
  const rows = (where: Page) => where.getByRole('table', { name: 'Events' }).locator('tbody tr');
  const [sent] = await sql<{ count: number }>(
    `select count(*)::int as count from public.email_events where campaign_id = $1 and type = 'email_sent' and email like 'lead17@%'`,
    [best],
  );
  expect(sent!.count).toBeGreaterThan(0);
  await expect(rows(page)).toHaveCount(sent!.count);
  await other.goto(page.url());
  await expect(rows(other)).toHaveCount(sent!.count);
  await expect(other.getByLabel('Lead', { exact: true })).toHaveValue('lead17@');
  await other.close();
});

test('inferred events are marked, and messages come a hundred at a time', async ({ page }) => {
  const labs = 'f0000000-0000-4000-8000-000000000003';
  const made = await sql<{ id: string }>(
    `insert into public.messages (client_id, campaign_id, lead_id, connection_id, provider, direction, occurred_at, email, subject, source)
     select l.client_id, l.campaign_id, l.id, c.connection_id, 'instantly', 'sent', '2001-01-01T00:00:00Z', l.email, 'Page of messages', 'webhook'
     from public.synced_leads as l join public.campaigns as c on c.id = l.campaign_id where l.campaign_id = $1 order by l.id limit 230 returning id`,
    [labs],
  );
  try {
    await signIn(page, people.client, `/campaigns/${labs}?tab=messages&direction=sent`);
    const rows = page.getByRole('table', { name: 'Messages' }).locator('tbody tr');
    const [all] = await sql<{ count: number }>(
      `select count(*)::int as count from public.messages where campaign_id = $1 and direction = 'sent'`,
      [labs],
    );
    // Most of them have the same time: nothing is shown twice and nothing is left out.
    const seen: string[] = [];
    for (let page_ = 0; page_ * 100 < all!.count; page_ += 1) {
      await expect(rows).toHaveCount(Math.min(100, all!.count - page_ * 100));
      seen.push(...await rows.allTextContents());
      if ((page_ + 1) * 100 < all!.count) {
        const address = page.url();
        await page.getByRole('button', { name: 'Older' }).click();
        await expect(page).not.toHaveURL(address);
        await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
        await page.reload();
      }
    }
    expect(new Set(seen).size).toBe(all!.count);
    await expect(page.getByRole('button', { name: 'Older' })).toBeDisabled();
  } finally {
    await sql('delete from public.messages where id = any ($1)', [made.map(({ id }) => id)]);
  }

  const [inferred] = await sql<{ email: string }>(
    'select email from public.email_events where campaign_id = $1 and is_inferred limit 1',
    [best],
  );
  await page.goto(
    `/campaigns/${best}?tab=events&range=all&type=email_opened&lead=${encodeURIComponent(inferred!.email)}`,
  );
  await expect(page.getByText('observed by the sync').first()).toBeVisible();
});

test('the best performers of the last 30 days are shown above the campaigns', async ({ page }) => {
  await signIn(page, people.client, '/campaigns');
  const [first] = await sql<{ name: string; rate: string }>(
    `select name, to_char(positive_rate * 100, 'FM990.0') || '%' as rate
     from public.campaigns_between((now() at time zone 'Europe/Amsterdam')::date - 29, (now() at time zone 'Europe/Amsterdam')::date, $1) where rank = 1`,
    [lakeside],
  );
  const performers = page.locator('section[aria-labelledby="best-performers"]').getByRole('listitem');
  await expect(performers.first()).toContainText(first!.name);
  await expect(performers.first()).toContainText(first!.rate);
  await expect(performers).toHaveCount(2);
});
