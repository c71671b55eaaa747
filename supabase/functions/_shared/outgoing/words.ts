/** An event as a person reads it: a title, a few facts, the words of a reply. Cards and mails are made from it. */
import type { Payload } from './payload.ts';

export interface Words {
  title: string;
  /** Name and value, in the order in which they matter. */
  facts: [name: string, value: string][];
  /** The reply, or the details of a problem. */
  quote: string | undefined;
}

const verdicts: Record<string, string> = {
  qualified: 'Qualified',
  not_interested: 'Not interested',
  neutral: 'Neutral',
};
const reasons: Record<string, string> = {
  unsubscribed: 'Unsubscribed',
  spam_report: 'Reported spam',
  do_not_contact: 'Asked not to be contacted',
};
const outcomes: Record<string, string> = { completed: 'complete', partial: 'in part', failed: 'failed' };

/** Characters of a reply on a card; both programs cut long ones in worse places. */
const maxQuote = 1500;

const cut = (value: string | null | undefined): string | undefined => {
  const trimmed = value?.trim();
  if (!trimmed) return undefined;
  return trimmed.length > maxQuote
    ? `${trimmed.slice(0, maxQuote).replace(/[\uD800-\uDBFF]$/, '')}…`
    : trimmed;
};

export function wordsOf({ type, data }: Payload): Words {
  const { lead, reply, mailbox, incident, connection } = data;
  const who = [lead?.first_name, lead?.last_name].filter(Boolean).join(' ') ||
    (lead?.email ?? data.email ?? reply?.from ?? 'somebody');
  const titles: Record<Payload['type'], string> = {
    'reply.positive': `Positive reply from ${who}`,
    'meeting.booked': `Meeting booked with ${who}`,
    'reply.judged': `${verdicts[data.verdict ?? ''] ?? 'Verdict'}: reply from ${who}`,
    'lead.unsubscribed': `${data.email ?? who} is not to be written to again`,
    'email.bounced': `Mail to ${data.email ?? who} bounced`,
    'export.finished': `Export ${outcomes[data.export?.status ?? ''] ?? 'finished'}${
      data.campaign ? `: ${data.campaign.name}` : ''
    }`,
    'connection.unhealthy': `${incident?.title ?? 'Something is wrong'}${
      connection ? `: ${connection.name}` : ''
    }`,
    'mailbox.disconnected': `Mailbox disconnected: ${mailbox?.email ?? 'unknown'}`,
    'campaign.bounce_rate_high': `Too many bounces${data.campaign ? `: ${data.campaign.name}` : ''}`,
    test: 'Test from Replyloop',
  };
  const sent = data.export?.sent;
  const facts: [string, string | null | undefined][] = [
    ['Client', data.client?.name],
    ['Campaign', data.campaign?.name],
    ['Email', lead?.email ?? data.email],
    ['Company', lead?.company_name],
    ['Position', lead?.job_title],
    ['Reason', type === 'lead.unsubscribed' ? reasons[data.reason ?? ''] : undefined],
    ['Bounce', data.bounce],
    [
      'Leads sent',
      sent === null || sent === undefined ? undefined : `${sent} of ${data.export?.total ?? sent}`,
    ],
    ['Note', data.note],
    ['Subject', reply?.subject],
  ];
  return {
    title: titles[type],
    facts: facts.flatMap(([name, value]) => value ? [[name, value] satisfies [string, string]] : []),
    quote: cut(
      reply?.text ?? data.export?.error_message ?? incident?.details ?? mailbox?.reason ?? data.message,
    ),
  };
}
