// What people decide about replies, against real functions and the simulator.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { providerCampaign, reply, startCorrespondence } from '../support/correspondence.ts';
import { delivery } from '../support/deliveries.ts';
import type { Client, Project, TestConnection } from '../support/project.ts';

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
  await project.deliver(
    dedicated,
    delivery('email_sent', { campaign: providerCampaign, email_subject: 'Closing the books' }),
  );
  await project.project();
});
afterAll(() => project.stop());

describe('a verdict', () => {
  const judge = (reader: Client, id: string, verdict: string | null, more: Record<string, unknown> = {}) =>
    reader.rpc('qualify_reply', { target_message_id: id, new_verdict: verdict as string, ...more });
  const label = (type: string, email: string, timestamp: string) =>
    project.deliver(
      dedicated,
      delivery(type, { campaign: providerCampaign, lead_email: email, email, timestamp }),
    );
  const leadOf = (email: string) =>
    project.one(`select * from public.synced_leads where email = $1 and campaign_id = $2`, [
      email,
      campaignId,
    ]);
  async function replied(email: string, timestamp = '2026-10-07T09:00:00.000Z'): Promise<string> {
    await project.deliver(dedicated, reply({ lead_email: email, email, timestamp }));
    await project.project();
    return (await project.one<{ id: string }>(
      `select id from public.messages where email = $1 and occurred_at = $2`,
      [email, timestamp],
    )).id;
  }

  it('is set only by the client and by an operator', async () => {
    const id = await replied('judged@lead.test');
    const { data } = await judge(client, id, 'qualified', { note: 'Wants the deck' });
    expect(data).toMatchObject({
      message_id: id,
      verdict: 'qualified',
      verdict_note: 'Wants the deck',
      interest_status: 'positive',
    });
    expect((await judge(operator, id, 'neutral')).data).toMatchObject({ interest_status: 'neutral' });
    for (const reader of [foreign, outsider]) {
      const { error } = await judge(reader, id, 'not_interested');
      expect([error?.code, error?.message]).toEqual(['PT404', 'NOT_FOUND']);
    }
    expect((await judge(anon(), id, 'qualified')).error?.code).toBe('42501');
    expect((await judge(client, id, 'splendid')).error?.code).toBe('PT400');
    const sent = await project.one<{ id: string }>(
      `select id from public.messages where direction = 'sent' limit 1`,
    );
    expect((await judge(client, sent.id, 'qualified')).error?.code).toBe('PT400');
    expect((await client.from('messages').update({ verdict: 'qualified' }).eq('id', id)).error?.code).toBe(
      '42501',
    );
    const audit = await operator.from('audit_log').select('actor_id, details').eq('action', 'reply_judged')
      .eq(
        'target_id',
        id,
      );
    expect(audit.data?.length).toBe(2);
    expect((await client.from('audit_log').select('id')).data).toEqual([]);
  });

  it('survives labels by webhook and a sync, and gives way to them when removed', async () => {
    const email = 'kept@lead.test';
    const id = await replied(email);
    await label('lead_interested', email, '2026-10-07T10:00:00.000Z');
    await project.project();
    expect(await leadOf(email)).toMatchObject({ interest_status: 'positive' });
    await judge(client, id, 'not_interested');
    await label('lead_meeting_booked', email, '2026-10-09T10:00:00.000Z');
    await label('lead_no_show', email, '2026-10-08T10:00:00.000Z');
    await project.project();
    await project.sql(`select worker.record_leads($1, $2)`, [
      campaignId,
      JSON.stringify([{
        email,
        sent_count: 1,
        open_count: 0,
        click_count: 0,
        reply_count: 1,
        interest_status: 'positive',
        interest_changed_at: '2026-10-09T11:00:00Z',
      }]),
    ]);
    expect(await leadOf(email)).toMatchObject({
      interest_status: 'negative',
      interest_status_reported: 'positive',
      interest_label: null,
    });
    // The verdict of the lead is that of its latest judged reply, whichever was judged last.
    const later = await replied(email, '2026-10-10T09:00:00.000Z');
    await judge(client, later, 'neutral');
    await judge(client, id, 'qualified');
    expect(await leadOf(email)).toMatchObject({ interest_status: 'neutral' });
    await judge(client, later, null);
    expect(await leadOf(email)).toMatchObject({
      interest_status: 'positive',
      interest_status_judged: 'positive',
    });
    expect((await judge(client, id, null)).data).toMatchObject({
      verdict: null,
      interest_status: 'positive',
    });
    expect(await leadOf(email)).toMatchObject({ interest_status_judged: null, interest_judged_at: null });
  });

  it('is pushed to the provider once, the latest one, and the outcome is on the message', async () => {
    const email = 'pushed@lead.test';
    const id = await replied(email);
    await judge(client, id, 'qualified', { push_to_provider: true });
    await judge(client, id, 'not_interested', { push_to_provider: true });
    const job = await project.one<{ id: string }>(
      `select id from private.jobs where kind::text = 'verdicts' and connection_id = $1`,
      [dedicated.id],
    );
    const before = project.simulator.requests().length;
    expect((await project.invoke('sync-client', { job_id: job.id })).status).toBe(202);
    expect(await project.jobEnded(job.id)).toMatchObject({ status: 'completed' });
    const pushed = project.simulator.requests().slice(before).filter((request) =>
      request.path.endsWith('/leads/update-interest-status')
    );
    expect(pushed.map((request) => request.body)).toEqual([
      { lead_email: email, interest_value: -1, campaign_id: providerCampaign },
    ]);
    const { data } = await client.from('messages').select('verdict, pushed_at, push_error')
      .eq('id', id)
      .single();
    expect(data).toEqual({
      verdict: 'not_interested',
      pushed_at: expect.any(String),
      push_error: null,
    });
  });
});
