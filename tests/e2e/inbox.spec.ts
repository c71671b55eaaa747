import { expect, type Page, test } from '@playwright/test';
import { harbour, lakeside } from './months.ts';
import { chooseTheme, expectAccessible, people, settled, signIn, sql } from './support.ts';

const anna = 'a0000000-0000-4000-8000-000000000002';
const entries = (page: Page) => page.getByRole('listbox').getByRole('option');
const read = async (page: Page) => {
  await expect(page).toHaveURL(/message=[0-9a-f-]{36}/);
  return new URL(page.url()).searchParams.get('message')!;
};
const verdictOf = async (id: string) => {
  const [row] = await sql<
    {
      verdict: string | null;
      verdict_by: string | null;
      verdict_note: string | null;
      is_fresh: boolean | null;
    }
  >(
    `select verdict, verdict_by, verdict_note, verdict_at > now() - interval '1 minute' as is_fresh from public.messages where id = $1`,
    [id],
  );
  return row!;
};

test('a client sees its own replies, the numbers are those of the database, and pages follow', async ({ page }) => {
  const [counts] = await sql<{ received: number; unanswered: number; automatic: number; foreign: string }>(
    `select count(*) filter (where not is_auto_reply)::int as received,
       count(*) filter (where not is_auto_reply and verdict is null)::int as unanswered,
       count(*) filter (where is_auto_reply and verdict is null)::int as automatic
     from public.messages where client_id = $1 and direction = 'received'`,
    [lakeside],
  );
  await signIn(page, people.client, '/inbox');
  await expect(page.getByText(`${counts!.unanswered} to review of ${counts!.received} replies`))
    .toBeVisible();
  await expect(entries(page)).toHaveCount(counts!.unanswered);
  await page.getByLabel('Automatic replies').check();
  await expect(entries(page)).toHaveCount(Math.min(100, counts!.unanswered + counts!.automatic));
  await page.getByLabel('Automatic replies').uncheck();

  await page.getByLabel('Show').selectOption('all');
  await expect(page).toHaveURL(/show=all/);
  await expect(entries(page)).toHaveCount(100);
  await page.getByRole('button', { name: 'Load more' }).click();
  await expect(entries(page)).toHaveCount(Math.min(200, counts!.received));
  await page.reload();
  await expect(entries(page)).toHaveCount(Math.min(200, counts!.received));

  const [positive] = await sql<{ count: number }>(
    `select count(*)::int from public.client_replies where client_id = $1 and not is_auto_reply and interest_status = 'positive'`,
    [lakeside],
  );
  await page.getByLabel('Sentiment').selectOption('positive');
  await expect(entries(page)).toHaveCount(Math.min(100, positive!.count));
});

test('no reply of another client appears, neither in the list nor by its address nor by a search', async ({ page }) => {
  const [foreign] = await sql<{ id: string; email: string }>(
    `select id, email from public.messages where client_id = $1 and direction = 'received' order by occurred_at desc limit 1`,
    [harbour],
  );
  const [own] = await sql<{ count: number }>(
    `select count(*)::int from public.messages where client_id = $1 and direction = 'received' and not is_auto_reply and verdict is null`,
    [lakeside],
  );
  await signIn(page, people.client, `/inbox?client=${harbour}&message=${foreign!.id}`);
  await expect(page.getByText('Message not found')).toBeVisible();
  await expect(entries(page)).toHaveCount(own!.count);
  await page.getByLabel('Search all messages').fill(foreign!.email);
  await expect(page.getByText(`No results for “${foreign!.email}”`)).toBeVisible();
});

test('the keyboard alone reads, sets verdicts and undoes them', async ({ page }) => {
  await signIn(page, people.client, '/inbox');
  await expect(entries(page).first()).toBeVisible();
  const before = await entries(page).count();
  await page.keyboard.press('j');
  const first = await read(page);
  await expect(entries(page).first()).toBeFocused();
  await expect(entries(page).first()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowDown');
  await expect(entries(page).nth(1)).toBeFocused();
  const second = await read(page);
  expect(second).not.toBe(first);
  await page.keyboard.press('k');
  await expect(entries(page).first()).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 2 })).toBeFocused();

  await page.keyboard.press('q');
  await expect(entries(page)).toHaveCount(before - 1);
  await expect.poll(() => verdictOf(first)).toMatchObject({
    verdict: 'qualified',
    verdict_by: anna,
    is_fresh: true,
  });
  // The next one is read.
  expect(await read(page)).toBe(second);
  await page.keyboard.press('n');
  await expect.poll(() => verdictOf(second)).toMatchObject({ verdict: 'not_interested', verdict_by: anna });
  await expect(entries(page)).toHaveCount(before - 2);

  await page.keyboard.press('u');
  await expect.poll(() => verdictOf(second)).toMatchObject({ verdict: null, verdict_by: null });
  await page.keyboard.press('u');
  await expect.poll(() => verdictOf(first)).toMatchObject({ verdict: null });
  await expect(entries(page)).toHaveCount(before);
  await expect(page).toHaveURL(new RegExp(`message=${first}`));
  const audit = await sql(`select 1 from public.audit_log where action = 'reply_judged' and target_id = $1`, [
    first,
  ]);
  expect(audit).toHaveLength(2);
});

test('a verdict with a note is undone from the toast to the one before', async ({ page }) => {
  await signIn(page, people.client, '/inbox?show=qualified');
  await entries(page).nth(2).click();
  const id = await read(page);
  const card = page.getByRole('region', { name: 'Your verdict' });
  await card.getByLabel('Note on the verdict').fill('Called: wants nothing');
  await card.getByRole('button', { name: 'Not interested' }).click();
  await expect.poll(() => verdictOf(id)).toMatchObject({
    verdict: 'not_interested',
    verdict_note: 'Called: wants nothing',
  });
  await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => verdictOf(id)).toMatchObject({ verdict: 'qualified', verdict_note: null });
});

test('a newer verdict takes the way back of the older one with it', async ({ page }) => {
  await signIn(page, people.client, '/inbox?show=all');
  await entries(page).nth(3).click();
  const id = await read(page);
  const before = await verdictOf(id);
  const card = page.getByRole('region', { name: 'Your verdict' });
  await card.getByRole('button', { name: /^Neutral/ }).click();
  await card.getByRole('button', { name: /^Not interested/ }).click();
  await expect.poll(() => verdictOf(id)).toMatchObject({ verdict: 'not_interested' });
  const undo = page.getByRole('status').getByRole('button', { name: 'Undo' });
  await expect(undo).toHaveCount(1);
  await undo.click();
  await expect.poll(() => verdictOf(id)).toMatchObject({ verdict: 'neutral' });
  await page.locator('main').press('u');
  await expect.poll(() => verdictOf(id)).toMatchObject({ verdict: before!.verdict });
});

test('what the server refuses is reverted on the page, with a message', async ({ page }) => {
  await signIn(page, people.client, '/inbox');
  await entries(page).first().click();
  const id = await read(page);
  const before = await entries(page).count();
  // As the database answers for a campaign without a counterpart in a workspace that accepts verdicts.
  await page.route('**/rest/v1/rpc/qualify_reply*', (route) =>
    route.fulfill({
      status: 400,
      json: {
        code: 'PT400',
        message: 'VALIDATION_FAILED',
        details: 'This campaign has no workspace with a key that accepts verdicts',
        hint: null,
      },
    }));
  await page.getByLabel('Also send to Instantly').check();
  await page.keyboard.press('q');
  await expect(page.getByText(/Not saved\. .*no workspace with a key/)).toBeVisible();
  await expect(entries(page)).toHaveCount(before);
  expect(await verdictOf(id)).toMatchObject({ verdict: null });
  await page.reload();
  await expect(page.getByLabel('Also send to Instantly')).toBeChecked();
  await page.getByLabel('Also send to Instantly').uncheck();
});

test('a search finds what was sent and received, marks the words, and opens both', async ({ page }) => {
  await signIn(page, people.client, '/inbox');
  await expect(entries(page).first()).toBeVisible();
  await page.keyboard.press('/');
  await expect(page.getByLabel('Search all messages')).toBeFocused();
  await page.keyboard.type('franchise onl');
  await expect(page).toHaveURL(/q=franchise(\+|%20)onl/);
  const hits = page.getByRole('listbox', { name: 'Search results' }).getByRole('option');
  await expect(hits.first()).toContainText('We buy with our franchise only');
  await expect(hits.first().locator('mark')).toHaveText(['franchise', 'only']);
  const [found] = await sql<{ count: number }>(
    `select least(50, count(*))::int as count from public.messages where client_id = $1 and body_text like '%franchise only%'`,
    [lakeside],
  );
  await expect(hits).toHaveCount(found!.count);

  await page.getByLabel('Search all messages').fill('consumables');
  await page.getByLabel('Direction').selectOption('sent');
  await expect(hits.first()).toContainText('Sent');
  await hits.first().click();
  await expect(page.getByRole('region', { name: 'Message' })).toContainText('Sent by you');
  await expect(page.getByRole('region', { name: 'Your verdict' })).toHaveCount(0);
  await page.getByLabel('Search all messages').fill('zeppelin');
  await expect(page.getByText('No results for “zeppelin”')).toBeVisible();
  await page.getByRole('button', { name: 'Clear the search' }).click();
  await expect(page.getByRole('listbox', { name: 'Replies' })).toBeVisible();
});

test('a malicious email runs no script and loads no image before it is asked to', async ({ page, context }) => {
  const [nasty] = await sql<{ id: string }>(
    `select id from public.messages where client_id = $1 and direction = 'received' and verdict is null and not is_auto_reply and body_html is not null
     order by occurred_at limit 1`,
    [lakeside],
  );
  const [kept] = await sql<{ body_html: string }>('select body_html from public.messages where id = $1', [
    nasty!.id,
  ]);
  // As if the sanitiser had let everything through.
  await sql('update public.messages set body_html = $2 where id = $1', [
    nasty!.id,
    `<p>Dear reader</p><script>parent.document.title='ran'</script><img src="https://evil.test/now.png" onerror="parent.document.title='ran'">
     <img data-src="https://images.test/asked.png" onload="parent.document.title='ran'" alt="Logo"><svg onload="parent.document.title='ran'"></svg>
     <iframe src="https://evil.test/frame"></iframe><link rel="stylesheet" href="https://evil.test/a.css"><style>@import url(https://evil.test/b.css)</style>
     <form action="https://evil.test/form"><button autofocus>Press</button></form><a href="javascript:parent.document.title='ran'">A link</a>
     <p style="background:url(https://evil.test/c.png)" onclick="parent.document.title='ran'">Text</p>`,
  ]);
  const asked: string[] = [];
  await context.route(/\/\/(evil|images)\.test\//, (route) => {
    asked.push(route.request().url());
    return route.fulfill({ contentType: 'image/png', body: '' });
  });
  try {
    await signIn(page, people.client, `/inbox?message=${nasty!.id}`);
    const frame = page.getByRole('region', { name: 'Message' }).locator('iframe');
    await expect(frame).toHaveAttribute(
      'sandbox',
      'allow-same-origin allow-popups allow-popups-to-escape-sandbox',
    );
    const mail = frame.contentFrame();
    await expect(mail.getByText('Dear reader')).toBeVisible();
    await mail.getByText('A link').click();
    await mail.getByText('Text', { exact: true }).click();
    await page.waitForTimeout(500);
    expect(asked).toEqual([]);
    await expect(page).toHaveTitle('Inbox · Northbeam Outreach');
    // The keys work on after a click into the mail.
    await page.keyboard.press('/');
    await expect(page.getByLabel('Search all messages')).toBeFocused();

    await page.getByRole('button', { name: 'Show images' }).click();
    await expect(frame.contentFrame().getByText('Dear reader')).toBeVisible();
    await expect.poll(() => asked).toEqual(['https://images.test/asked.png']);
    await expect(page).toHaveTitle('Inbox · Northbeam Outreach');

    // Even by force a script in the frame does not run, and the page itself loads no foreign image.
    await page.evaluate(() => {
      const inside = document.querySelector('iframe')!.contentDocument!;
      const script = inside.createElement('script');
      script.textContent = `parent.document.title = 'ran'`;
      inside.body.append(script);
      const image = document.createElement('img');
      image.src = 'https://evil.test/page.png';
      document.body.append(image);
    });
    await page.waitForTimeout(300);
    await expect(page).toHaveTitle('Inbox · Northbeam Outreach');
    expect(asked).toEqual(['https://images.test/asked.png']);
  } finally {
    await sql('update public.messages set body_html = $2 where id = $1', [nasty!.id, kept!.body_html]);
  }
});

test('the history tells each mail once and opens it; a long quote is folded away', async ({ page }) => {
  const [reply] = await sql<{ id: string }>(
    // Of somebody who answered the first mail: follow-ups have an event in this fixture, and no text.
    `select id from public.messages as m
     where m.client_id = $1 and m.body_html like '%blockquote%' and m.verdict = 'qualified'
       and not exists (select from public.email_events as e where e.lead_id = m.lead_id and e.type = 'email_sent' and e.step > 1)
     order by m.occurred_at desc limit 1`,
    [lakeside],
  );
  await signIn(page, people.client, `/inbox?message=${reply!.id}`);
  const pane = page.getByRole('region', { name: 'Message' });
  const mail = pane.locator('iframe').contentFrame();
  await expect(mail.getByText('Kind regards')).toBeVisible();
  await expect(mail.getByText('Shall I send our price list?')).toBeHidden();
  await mail.getByText('Show quoted text').click();
  await expect(mail.getByText('Shall I send our price list?')).toBeVisible();
  const box = await pane.locator('iframe').boundingBox();
  expect(box!.height).toBeGreaterThan(250);

  const history = pane.getByRole('region', { name: 'History' });
  const sent = history.getByRole('button', { name: /Email sent/ });
  await expect(sent).toHaveCount(1);
  await expect(history.getByText('Sent', { exact: true })).toHaveCount(0);
  await expect(history.getByText('Replied', { exact: true })).toHaveCount(0);
  await sent.click();
  await expect(history.getByText('We deliver consumables within a day')).toBeVisible();
  await expect(sent).toHaveAttribute('aria-expanded', 'true');
});

test('an operator sees all clients, one of them when chosen, and the way into Instantly', async ({ page }) => {
  await signIn(page, people.operator, '/inbox?show=unanswered');
  await expect(entries(page).first()).toBeVisible();
  for (const name of ['Harbour Accounting', 'Lakeside Dental Supplies']) {
    await expect(entries(page).filter({ hasText: name }).first()).toBeVisible();
  }
  await entries(page).first().click();
  await expect(page.getByRole('link', { name: 'Open in Instantly' })).toHaveAttribute(
    'href',
    /^https:\/\/app\.instantly\.ai\//,
  );
  const [own] = await sql<{ count: number }>(
    `select count(*)::int from public.messages where client_id = $1 and direction = 'received' and not is_auto_reply and verdict is null`,
    [harbour],
  );
  await page.getByLabel('Client').first().selectOption({ label: 'Harbour Accounting' });
  await expect(page).toHaveURL(/\/inbox/);
  await expect(entries(page)).toHaveCount(own!.count);
});

test('a reply that arrives appears by itself', async ({ page }) => {
  await signIn(page, people.otherClient, '/inbox');
  await expect(entries(page).first()).toBeVisible();
  const before = await entries(page).count();
  const [fresh] = await sql<{ id: string }>(
    `insert into public.messages (client_id, campaign_id, lead_id, connection_id, provider, direction, occurred_at, email, subject, body_text, snippet, source)
     select client_id, campaign_id, lead_id, connection_id, provider, 'received', now(), email, 'Re: again', 'One more thing', 'One more thing', 'webhook'
     from public.messages where client_id = $1 and direction = 'received' order by occurred_at limit 1 returning id`,
    [harbour],
  );
  // The projector writes the event beside it; its trigger tells. Here the touch of the message does.
  await sql('update public.messages set snippet = snippet where id = $1', [fresh!.id]);
  await expect(entries(page)).toHaveCount(before + 1);
  await expect(entries(page).first()).toContainText('One more thing');
  await sql('delete from public.messages where id = $1', [fresh!.id]);
});

test('on a phone the list leads to the reply and back', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await signIn(page, people.client, '/inbox');
  await expect(entries(page).first()).toBeVisible();
  await entries(page).nth(1).click();
  await expect(page.getByRole('heading', { level: 2 })).toBeVisible();
  await expect(page.getByRole('listbox')).toBeHidden();
  await expect(page.getByRole('heading', { name: 'History' })).toBeVisible();
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
  await page.getByRole('button', { name: 'Back to the list' }).click();
  await expect(entries(page).nth(1)).toBeFocused();
  await entries(page).nth(1).click();
  await page.goBack();
  await expect(page.getByRole('listbox')).toBeVisible();
});

test('axe finds nothing serious on the list and a reply, light and dark', async ({ page }) => {
  await signIn(page, people.client, '/inbox');
  await expect(entries(page).first()).toBeVisible();
  await entries(page).first().click();
  await expect(page.getByRole('heading', { name: 'History' })).toBeVisible();
  for (const theme of ['light', 'dark'] as const) {
    await chooseTheme(page, theme);
    await expectAccessible(page);
  }
});

test('axe finds nothing serious on a phone: a reply, the filters, a search', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await signIn(page, people.client, '/inbox');
  await entries(page).first().click();
  await expect(page.getByRole('heading', { name: 'History' })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Back to the list' }).click();
  await page.getByRole('button', { name: 'Filter' }).click();
  await expectAccessible(page);
  await page.getByLabel('Search all messages').fill('price list');
  await expect(page.getByRole('listbox', { name: 'Search results' })).toBeVisible();
  await settled(page);
  await expectAccessible(page);
});

test('an error has a way out', async ({ page }) => {
  await page.route('**/rest/v1/client_replies*', (route) => route.abort());
  await signIn(page, people.client, '/inbox');
  const alert = page.getByRole('alert').filter({ hasText: 'The server cannot be reached' });
  await expect(alert).toBeVisible({ timeout: 30_000 });
  await page.unroute('**/rest/v1/client_replies*');
  await alert.getByRole('button', { name: 'Try again' }).click();
  await expect(entries(page).first()).toBeVisible();
});

test('a search that finds more than a hundred says that it was cut', async ({ page }) => {
  await signIn(page, people.client, '/inbox?q=price%20list');
  await settled(page);
  await expect(page.getByRole('status').filter({ hasText: 'The best 50' })).toBeVisible();
  await page.getByRole('button', { name: 'Load more' }).click();
  await expect(page.getByText('Showing the first 100; refine your search')).toBeVisible();
  await expect(page.getByRole('listbox').getByRole('option')).toHaveCount(100);
  await expect(page.getByRole('button', { name: 'Load more' })).toHaveCount(0);
});
