/** What SQL made of an event (private.outgoing_payload), as far as the cards of Slack and Teams read it. */
import { z } from 'zod';

export const eventTypes = [
  'reply.positive',
  'meeting.booked',
  'meeting.held',
  'meeting.won',
  'reply.verdict',
  'lead.unsubscribed',
  'email.bounced',
  'approval.requested',
  'approval.answered',
  'export.finished',
  'goal.behind',
  'connection.unhealthy',
  'mailbox.disconnected',
  'domain.unhealthy',
  'campaign.bounce_rate_high',
] as const;

const text = z.string().nullish();
const named = z.object({ name: z.string() }).nullish();

export const payload = z.looseObject({
  type: z.enum([...eventTypes, 'test']),
  timestamp: z.string(),
  data: z.looseObject({
    client: named,
    campaign: named,
    lead: z.looseObject({
      email: text,
      first_name: text,
      last_name: text,
      company_name: text,
      job_title: text,
    }).nullish(),
    reply: z.looseObject({ subject: text, text, from: text }).nullish(),
    verdict: text,
    note: text,
    email: text,
    reason: text,
    bounce: text,
    export: z.looseObject({
      status: text,
      sent: z.number().nullish(),
      total: z.number().nullish(),
      error_message: text,
    }).nullish(),
    approval: z.looseObject({
      state: text,
      lead_count: z.number().nullish(),
      request_comment: text,
      answer_comment: text,
      url: text,
    }).nullish(),
    connection: named,
    domain: text,
    meeting: z.looseObject({
      occurs_at: text,
      value: z.number().nullish(),
      currency: text,
      time_zone: text,
    }).nullish(),
    incident: z.looseObject({ title: text, details: text, runbook_url: text }).nullish(),
    mailbox: z.looseObject({ email: text, reason: text }).nullish(),
    message: text,
  }),
});

export type Payload = z.infer<typeof payload>;
