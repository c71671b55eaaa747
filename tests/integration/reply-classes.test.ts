// What a reply is: whose word is believed, and what follows for numbers and suppressions. Real functions, real PostgREST.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { providerCampaign, reply, startCorrespondence } from '../support/correspondence.ts';
import { delivery } from '../support/deliveries.ts';
import type { Client, Project, TestConnection } from '../support/project.ts';
import { prepareMessages } from '../support/prepare-messages.ts';

let project: Project;
let dedicated: TestConnection;
let client: Client;
let foreign: Client;
let operator: Client;
let outsider: Client;
let campaignId: string;
const anon = () => project.browser();

beforeAll(async () => {
  ({ project, dedicated, client, foreign, operator, outsider, campaignId } = await startCorrespondence());
});
afterAll(() => project.stop());

const replyOf = (email: string, occurredAt = '2026-10-07T09:00:00.000Z') =>
  project.one<
    {
      id: string;
      reply_class: string;
      reply_class_source: string;
      reply_class_confidence: string | null;
      reply_date: string | null;
      is_auto_reply: boolean;
    }
  >(
    `select id, reply_class, reply_class_source, reply_class_confidence, reply_date::text, is_auto_reply
     from public.messages where email = $1 and occurred_at = $2`,
    [email, occurredAt],
  );

/** A reply as the webhook brings it, read by the function. */
async function replied(email: string, text: string, fields: Record<string, unknown> = {}) {
  const { type = 'reply_received', ...more } = fields;
  await project.deliver(
    dedicated,
    reply({
      event_type: type,
      lead_email: email,
      email,
      timestamp: '2026-10-07T09:00:00.000Z',
      reply_text: text,
      reply_html: null,
      ...more,
    }),
  );
  await project.project();
  const occurredAt = String(more['timestamp'] ?? '2026-10-07T09:00:00.000Z');
  await project.eventually(async () => {
    await project.invoke('sync-client', { prepare_messages: true });
    return (await replyOf(email, occurredAt)).reply_class !== null;
  }, `the reply of ${email} is read`);
  return replyOf(email, occurredAt);
}

async function label(type: string, email: string, timestamp: string) {
  await project.deliver(
    dedicated,
    delivery(type, { campaign: providerCampaign, lead_email: email, email, timestamp }),
  );
  await project.project();
  await prepareMessages(project);
}

const classify = (reader: Client, id: string, newClass: string | null, newDate?: string) =>
  reader.rpc('classify_reply', {
    target_message_id: id,
    new_class: newClass as string,
    ...(newDate === undefined ? {} : { new_date: newDate }),
  });

const suppressionOf = async (email: string) =>
  (await client.from('suppressions').select('reason').eq('email', email)).data?.[0]?.reason ?? null;

/** All that counts replies of the campaign: lifetime, day, range, step, mailbox, lead. */
async function counted(email: string) {
  const lifetime =
    (await client.from('client_campaigns').select('replied, auto_replies').eq('campaign_id', campaignId)
      .single()).data;
  const days = (await client.from('client_daily_stats').select('day, replied').gt('replied', 0)).data ?? [];
  const range = (await client.rpc('campaigns_between', { from_day: '2026-10-01', to_day: '2026-10-31' })).data
    ?.[0];
  const lead =
    (await client.from('synced_leads').select('reply_count, lead_status, replied_at').eq('email', email)
      .single()).data;
  return {
    lifetime: lifetime?.replied,
    automatic: lifetime?.auto_replies,
    days: days.reduce((sum, day) => sum + Number(day.replied), 0),
    range: range?.replied,
    lead: lead?.reply_count,
    status: lead?.lead_status,
  };
}

describe('the class of a reply', () => {
  it('comes from its own words, with a confidence and the day that it names', async () => {
    expect(await replied('later@lead.test', 'Not now, please come back to us in January.')).toMatchObject({
      reply_class: 'not_now',
      reply_class_source: 'rules',
      reply_date: '2027-01-01',
      is_auto_reply: false,
    });
    const stop = await replied('stop@lead.test', 'Please remove me from your list.');
    expect(stop).toMatchObject({ reply_class: 'unsubscribe', reply_class_source: 'rules' });
    expect(Number(stop.reply_class_confidence)).toBeGreaterThanOrEqual(0.9);
    const { data } = await client.from('client_replies').select('reply_class, reply_class_source').eq(
      'message_id',
      stop.id,
    ).single();
    expect(data).toEqual({ reply_class: 'unsubscribe', reply_class_source: 'rules' });
  });

  it('is read from the HTML where the provider gives no text', async () => {
    expect(
      await replied('html@lead.test', 'x', {
        reply_text: null,
        reply_text_snippet: null,
        reply_html: '<p>We are <b>not interested</b>, thank you.</p>',
      }),
    ).toMatchObject({ reply_class: 'not_interested' });
  });

  it("is the provider's label where there is one, until the lead writes again", async () => {
    const email = 'labelled@lead.test';
    await replied(email, 'We are not interested, thank you.');
    await label('lead_interested', email, '2026-10-07T10:00:00.000Z');
    expect(await replyOf(email)).toMatchObject({
      reply_class: 'interested',
      reply_class_source: 'provider',
      reply_class_confidence: null,
    });
    // Neutral says nothing of a mail.
    await label('lead_neutral', email, '2026-10-07T11:00:00.000Z');
    expect(await replyOf(email)).toMatchObject({
      reply_class: 'not_interested',
      reply_class_source: 'rules',
    });
    await replied(email, 'All right then, send me the deck please.', {
      timestamp: '2026-10-08T09:00:00.000Z',
    });
    await label('lead_not_interested', email, '2026-10-08T10:00:00.000Z');
    expect(await replyOf(email)).toMatchObject({
      reply_class: 'not_interested',
      reply_class_source: 'rules',
    });
    expect(await replyOf(email, '2026-10-08T09:00:00.000Z')).toMatchObject({
      reply_class: 'not_interested',
      reply_class_source: 'provider',
    });
  });

  it('is what a person says, whatever comes later, until taken back', async () => {
    const email = 'person@lead.test';
    const { id } = await replied(email, 'We are not interested, thank you.');
    const { data } = await classify(client, id, 'not_now', '2027-02-01');
    expect(data).toMatchObject({
      reply_class: 'not_now',
      reply_class_source: 'person',
      reply_date: '2027-02-01',
    });
    await label('lead_interested', email, '2026-10-07T10:00:00.000Z');
    expect(await replyOf(email)).toMatchObject({ reply_class: 'not_now', reply_class_source: 'person' });
    await classify(operator, id, null);
    expect(await replyOf(email)).toMatchObject({ reply_class: 'interested', reply_class_source: 'provider' });
  });

  it('follows a verdict that contradicts it, and goes back with the verdict', async () => {
    const { id } = await replied('verdict@lead.test', 'We are not interested, thank you.');
    const judge = (verdict: string | null) =>
      client.rpc('qualify_reply', { target_message_id: id, new_verdict: verdict as string });
    await judge('qualified');
    expect(await replyOf('verdict@lead.test')).toMatchObject({
      reply_class: 'interested',
      reply_class_source: 'person',
    });
    await judge(null);
    expect(await replyOf('verdict@lead.test')).toMatchObject({
      reply_class: 'not_interested',
      reply_class_source: 'rules',
    });
  });

  it('is set only by the client whose reply it is and by an operator', async () => {
    const { id } = await replied('rights@lead.test', 'We are not interested, thank you.');
    for (const reader of [foreign, outsider]) {
      const { error } = await classify(reader, id, 'interested');
      expect([error?.code, error?.message]).toEqual(['PT404', 'NOT_FOUND']);
    }
    expect((await classify(anon(), id, 'interested')).error?.code).toBe('42501');
    for (
      const [newClass, newDate] of [['splendid'], ['interested', '2027-01-01'], ['not_now', '2020-01-01'], [
        'not_now',
        '9999-01-01',
      ]]
    ) {
      const { error } = await classify(client, id, newClass as string, newDate);
      expect([newClass, error?.code]).toEqual([newClass, 'PT400']);
    }
    expect(await replyOf('rights@lead.test')).toMatchObject({ reply_class_source: 'rules' });
    for (const reader of [client, operator]) {
      expect((await classify(reader, id, 'question')).error).toBeNull();
    }
    const audit = await operator.from('audit_log').select('details').eq('action', 'reply_classified').eq(
      'target_id',
      id,
    );
    expect(audit.data?.length).toBe(2);
    expect((await client.from('messages').update({ reply_class: 'interested' }).eq('id', id)).error?.code)
      .toBe(
        '42501',
      );
  });
});

describe("an absence note that the provider takes for a person's reply", () => {
  const email = 'away@lead.test';
  const note =
    'I am out of the office until 19 October with no access to email. For urgent matters contact Kim.';

  it('leaves every number of replies, also what the provider reports and goes on reporting', async () => {
    await replied('human@lead.test', 'Sounds good, can we talk on Tuesday?', { step: '1', variant: '1' });
    const base = await counted('human@lead.test');
    const away = await replied(email, note, {
      reply_subject: 'Out of office: Closing the books',
      step: '1',
      variant: '1',
    });
    expect(away).toMatchObject({
      reply_class: 'out_of_office',
      reply_date: '2026-10-19',
      is_auto_reply: true,
    });
    // The provider counts the note as a reply, in each of its reports.
    const numbersOfProvider = {
      sent: 40,
      contacted: 40,
      new_contacted: 40,
      opens: 0,
      opened: 0,
      clicks: 0,
      clicked: 0,
      replies: base.lifetime as number + 1,
      replied: base.lifetime as number + 1,
      auto_replies: 0,
      opportunities: 0,
      opportunity_value: 0,
    };
    await project.sql('select worker.record_campaign_totals($1)', [
      JSON.stringify([{
        ...numbersOfProvider,
        campaign_id: campaignId,
        leads: 40,
        bounced: 0,
        unsubscribed: 0,
        completed: 0,
      }]),
    ]);
    await project.sql('select worker.record_campaign_analytics($1, $2)', [
      campaignId,
      JSON.stringify([{ ...numbersOfProvider, day: '2026-10-07' }]),
    ]);
    await project.sql(`select worker.record_leads($1, $2)`, [
      campaignId,
      JSON.stringify([{
        email,
        reply_count: 1,
        sent_count: 0,
        open_count: 0,
        click_count: 0,
        replied_at: '2026-10-07T09:00:00Z',
      }]),
    ]);
    const { automatic, ...numbers } = await counted(email);
    expect(automatic).toBe((base.automatic as number) + 1);
    expect(numbers).toEqual({
      lifetime: base.lifetime,
      days: base.days,
      range: base.range,
      lead: 0,
      status: 'not_yet_emailed',
    });
  });

  it('counts again when a person says that a person wrote it, and once only', async () => {
    const before = await counted(email);
    const { id } = await replyOf(email);
    for (let twice = 0; twice < 2; twice++) await classify(client, id, 'interested');
    expect(await counted(email)).toMatchObject({
      lifetime: (before.lifetime as number) + 1,
      days: before.days + 1,
      range: (before.range as number) + 1,
      lead: 1,
      status: 'replied',
    });
    await classify(client, id, null);
    expect(await counted(email)).toEqual(before);
  });

  it('has equal sums in every place that keeps them', async () => {
    expect(
      await project.sql(
        `select t.campaign_id from public.campaign_activity_totals as t
         where t.replied <> (select count(*) from public.synced_leads as l where l.campaign_id = t.campaign_id and l.reply_count_observed > 0)
            or t.replied <> (select sum(f.replied) from public.campaign_first_times as f where f.campaign_id = t.campaign_id)
            or t.auto_replies <> (select sum(a.auto_replies) from public.campaign_activity as a where a.campaign_id = t.campaign_id)
            or t.auto_replies <> (select count(*) from public.email_events as e where e.campaign_id = t.campaign_id and e.type = 'auto_reply_received')`,
      ),
    ).toEqual([]);
    const before = await project.sql(
      'select campaign_id, day, replied_overruled from public.campaign_activity order by 1, 2',
    );
    expect(before.some((row) => Number(row['replied_overruled']) > 0)).toBe(true);
    await project.sql('select private.recount_overruled(array[$1::uuid])', [campaignId]);
    expect(
      await project.sql(
        'select campaign_id, day, replied_overruled from public.campaign_activity order by 1, 2',
      ),
    ).toEqual(before);
  });

  it("is not made a person's by words that only seem so, if the provider calls it automatic", async () => {
    expect(
      await replied('told@lead.test', 'Sounds good, send me the deck. I am in the office again.', {
        type: 'auto_reply_received',
      }),
    ).toMatchObject({ is_auto_reply: true });
  });
});

describe('a wish to be left alone', () => {
  it('suppresses the lead at once, also against the provider\'s "not interested"', async () => {
    const email = 'leave@lead.test';
    await replied(email, 'Please remove me from your list and do not write again.');
    expect(await suppressionOf(email)).toBe('unsubscribed');
    await label('lead_not_interested', email, '2026-10-07T10:00:00.000Z');
    expect(await replyOf(email)).toMatchObject({ reply_class: 'unsubscribe', reply_class_source: 'rules' });
    expect(await suppressionOf(email)).toBe('unsubscribed');
  });

  it('suppresses whoever wrote it in the place of the lead, too', async () => {
    const { id } = await replied('boss@lead.test', 'Mia is not in.');
    await project.sql(`update public.messages set written_by = 'Secretary@lead.test' where id = $1`, [id]);
    await classify(client, id, 'unsubscribe');
    expect(await suppressionOf('boss@lead.test')).toBe('unsubscribed');
    expect(await suppressionOf('secretary@lead.test')).toBe('unsubscribed');
  });

  it('is lifted by a person who reads it otherwise, but not where another cause holds', async () => {
    const email = 'joke@lead.test';
    const { id } = await replied(email, 'Unsubscribe me from boring offers, this one I want! Call me.');
    await classify(client, id, 'unsubscribe');
    expect(await suppressionOf(email)).toBe('unsubscribed');
    await classify(client, id, 'interested');
    expect(await suppressionOf(email)).toBeNull();

    await label('lead_unsubscribed', email, '2026-10-07T12:00:00.000Z');
    await classify(client, id, 'unsubscribe');
    await classify(client, id, 'interested');
    expect(await suppressionOf(email)).toBe('unsubscribed');
  });

  it('does not come back by its old reply after an operator lifted it', async () => {
    const email = 'lifted@lead.test';
    const { id } = await replied(email, 'Please remove me from your list.');
    const { error } = await operator.rpc('remove_suppression', {
      entry: email,
      target_client_id: (await project.one<{ client_id: string }>(
        'select client_id from public.campaigns where id = $1',
        [campaignId],
      )).client_id,
      why: 'He called and wants to hear from us',
    });
    expect(error).toBeNull();
    await project.sql('update private.message_contents set prepare_at = now() where message_id = $1', [id]);
    await project.invoke('sync-client', { prepare_messages: true });
    expect(await suppressionOf(email)).toBeNull();
  });
});
