// Who is who in a delivery of Smartlead: the lead, our mailbox, and who wrote a reply.
import { describe, expect, it } from 'vitest';
import { readSmartleadWebhook } from '../../supabase/functions/_shared/providers/smartlead/webhook-mapping.ts';
import { smartleadDelivery } from '../support/smartlead-deliveries.ts';

const lead = 'ingrid.holm@fjordpak.test';
const mailbox = 'mia@try-lakeside.test';

const read = (body: unknown) => {
  const { event, reason } = readSmartleadWebhook(body);
  if (!event) throw new Error(reason);
  return event;
};
const eventOf = (type: string, fields: Record<string, unknown> = {}) => read(smartleadDelivery(type, fields));

describe('the address of the lead', () => {
  const places: Record<string, unknown>[] = [
    { sl_lead_email: 'a1@x.test' },
    { lead_email: 'a2@x.test' },
    { leadCorrespondence: { targetLeadEmail: 'a3@x.test' } },
    { lead_correspondence: { targetLeadEmail: 'a4@x.test' } },
    { lead: { email: 'a5@x.test' } },
    { lead_data: { email: 'a6@x.test' } },
    { to_email: 'a7@x.test' },
  ];

  it('is the first one that is there', () => {
    for (const [index] of places.entries()) {
      const body = Object.assign({ event_type: 'EMAIL_SENT', campaign_id: 1 }, ...places.slice(index));
      expect(read(body)).toMatchObject({ email: `a${index + 1}@x.test` });
      expect(read(body)).not.toHaveProperty('emails');
    }
  });

  it('of a reply is either side, once, where none is named', () => {
    const sides = (from_email: string, to_email: string) =>
      read({ event_type: 'EMAIL_REPLY', campaign_id: 1, from_email, to_email });
    expect(sides('a@x.test', 'b@x.test')).toMatchObject({
      email: 'b@x.test',
      emails: ['b@x.test', 'a@x.test'],
    });
    expect(sides('a@x.test', 'a@x.test')).not.toHaveProperty('emails');
    expect(sides('none', 'b@x.test')).not.toHaveProperty('emails');
    expect(readSmartleadWebhook({ event_type: 'EMAIL_SENT', campaign_id: 1, from_email: 'a@x.test' }).reason)
      .toMatch(/name the lead/);
  });

  it('of somebody in no campaign is the writer’s', () => {
    const body = {
      event_type: 'UNTRACKED_REPLY',
      campaign_id: 1,
      sl_lead_email: lead,
      from_email: 'c@x.test',
    };
    expect(read(body).email).toBe('c@x.test');
    expect(read({ ...body, reply: { from_email: 'b@x.test' } }).email).toBe('b@x.test');
    expect(read({ ...body, reply: { from_email: 'b@x.test' }, sender_detail: { email: 'a@x.test' } }).email)
      .toBe('a@x.test');
    expect(read({ ...body, from_email: null })).not.toHaveProperty('email');
  });

  it('is none where the event needs none', () => {
    expect(read({ event_type: 'CAMPAIGN_STATUS_CHANGED', status: 'ACTIVE', campaign_id: 1, to_email: lead }))
      .not.toHaveProperty('email');
  });
});

describe('our mailbox', () => {
  it.each([
    [{ from_email: mailbox, email: 'b@x.test' }],
    [{ email: mailbox, email_account: 'b@x.test' }],
    [{ email_account: mailbox, account: { email: 'b@x.test' } }],
    [{ email_account: { email: mailbox }, account: { email: 'b@x.test' } }],
    [{ account: { email: mailbox }, account_email: 'b@x.test' }],
    [{ account_email: mailbox }],
  ])('that was disconnected is found in %o', (fields) => {
    expect(read({ event_type: 'EMAIL_ACCOUNT_DISCONNECTED', ...fields }).email_account).toBe(mailbox);
  });

  it('is the sender of a mail, but never the lead', () => {
    expect(eventOf('EMAIL_SENT').email_account).toBe(mailbox);
    expect(eventOf('EMAIL_SENT', { from_email: lead, to_email: mailbox })).not.toHaveProperty(
      'email_account',
    );
    expect(eventOf('EMAIL_SENT', { from_email: null })).not.toHaveProperty('email_account');
  });

  it('is the side of a reply that is not the lead, else where the reply went', () => {
    expect(eventOf('EMAIL_REPLY', { from_email: lead, to_email: mailbox }).email_account).toBe(mailbox);
    expect(eventOf('EMAIL_REPLY', { from_email: null, to_email: mailbox }).email_account).toBe(mailbox);
    const without = { from_email: null, to_email: lead };
    expect(
      eventOf('EMAIL_REPLY', { ...without, reply: { to_email: mailbox }, email_account: 'b@x.test' })
        .email_account,
    )
      .toBe(mailbox);
    expect(eventOf('EMAIL_REPLY', { ...without, email_account: mailbox }).email_account).toBe(mailbox);
    expect(eventOf('EMAIL_REPLY', without)).not.toHaveProperty('email_account');
  });

  it('of mail from somebody in no campaign is the recipient', () => {
    const body = { event_type: 'UNTRACKED_REPLY', from_email: lead, to_email: 'b@x.test' };
    expect(read(body).email_account).toBe('b@x.test');
    expect(read({ ...body, recipient_detail: { email: mailbox } }).email_account).toBe(mailbox);
  });
});

describe('who wrote a reply', () => {
  const writtenBy = (fields: Record<string, unknown>, type = 'EMAIL_REPLY') =>
    eventOf(type, fields).written_by;
  const boss = 'boss@fjordpak.test';

  it.each([
    [{
      leadCorrespondence: { replyReceivedFrom: boss },
      lead_correspondence: { replyReceivedFrom: 'b@x.test' },
    }],
    [{
      leadCorrespondence: null,
      lead_correspondence: { replyReceivedFrom: boss },
      reply: { from_email: 'b@x.test' },
    }],
    [{ reply: { from_email: boss, from: 'b@x.test' } }],
    [{ reply: { from: boss } }],
  ])('is found in %o', (fields) => expect(writtenBy(fields)).toBe(boss));

  it('is reported where it is neither the lead nor our mailbox, and of replies only', () => {
    expect(writtenBy({ reply: { from: lead } })).toBeUndefined();
    expect(writtenBy({ reply: { from: mailbox } })).toBeUndefined();
    expect(writtenBy({ reply: { from: boss } }, 'EMAIL_OPEN')).toBeUndefined();
    // Either side may be the lead here.
    const sides = { sl_lead_email: null, leadCorrespondence: { replyReceivedFrom: mailbox } };
    expect(writtenBy(sides)).toBeUndefined();
  });
});
