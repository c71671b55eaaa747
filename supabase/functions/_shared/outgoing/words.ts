/** An event as a person reads it: a title, a few facts, the words of a reply. Cards and mails are made from it. */
import { fill, type Language, locales, words } from './languages.ts';
import type { Payload } from './payload.ts';

export interface Words {
  title: string;
  /** Name and value, in the order in which they matter. */
  facts: [name: string, value: string][];
  /** The reply, or the details of a problem. */
  quote: string | undefined;
  /** Where an approval is answered, or where the dashboard explains an incident (for operators, who alone get one). */
  link?: { label: string; url: string } | undefined;
}

/** Characters of a reply on a card; both chats cut long ones in worse places. */
const maxQuote = 1500;

const cut = (value: string | null | undefined): string | undefined => {
  const trimmed = value?.trim();
  if (!trimmed) return undefined;
  return trimmed.length > maxQuote
    ? `${trimmed.slice(0, maxQuote).replace(/[\uD800-\uDBFF]$/, '')}…`
    : trimmed;
};

type Meeting = Payload['data']['meeting'];

/** In the client's own time, with the zone named: the reader may sit elsewhere. */
function meetingTime(meeting: Meeting, language: Language): string | undefined {
  if (!meeting?.occurs_at) return undefined;
  return new Intl.DateTimeFormat(locales[language], {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: meeting.time_zone ?? 'UTC',
    timeZoneName: 'short',
  }).format(new Date(meeting.occurs_at));
}

function meetingValue(meeting: Meeting, language: Language): string | undefined {
  if (typeof meeting?.value !== 'number' || !meeting.currency) return undefined;
  return new Intl.NumberFormat(locales[language], {
    style: 'currency',
    currency: meeting.currency,
    trailingZeroDisplay: 'stripIfInteger',
  }).format(meeting.value);
}

export function wordsOf({ type, data }: Payload, language: Language = 'en'): Words {
  const known = words[language];
  const { lead, reply, mailbox, incident, connection, campaign, approval } = data;
  const address = type === 'lead.unsubscribed' || type === 'email.bounced' ? data.email : undefined;
  const who = address ??
    ([lead?.first_name, lead?.last_name].filter(Boolean).join(' ') ||
      (lead?.email ?? data.email ?? reply?.from ?? known.somebody));
  const named = (...parts: (string | null | undefined)[]) => parts.filter(Boolean).join(': ');
  const name: Partial<Record<Payload['type'], string>> = {
    'reply.verdict': known.verdicts[data.verdict ?? ''] ?? '',
    'approval.requested': campaign?.name ?? '',
    'approval.answered': named(known.approvals[approval?.state ?? ''], campaign?.name),
    'export.finished': named(known.outcomes[data.export?.status ?? ''], campaign?.name),
    'goal.behind': data.client?.name ?? '',
    'connection.unhealthy': named(incident?.title, connection?.name),
    'domain.unhealthy': named(incident?.title, data.domain),
    'mailbox.disconnected': mailbox?.email ?? '',
    'campaign.bounce_rate_high': campaign?.name ?? '',
  };
  const sent = data.export?.sent;
  const facts: [string, string | null | undefined][] = [
    [known.facts.client, data.client?.name],
    [known.facts.campaign, campaign?.name],
    [known.facts.email, lead?.email ?? data.email],
    [known.facts.company, lead?.company_name],
    [known.facts.position, lead?.job_title],
    [known.facts.reason, type === 'lead.unsubscribed' ? known.reasons[data.reason ?? ''] : undefined],
    [known.facts.bounce, data.bounce ? known.bounces[data.bounce] ?? data.bounce : undefined],
    [
      known.facts.sent,
      sent === null || sent === undefined
        ? undefined
        : fill(known.sentOf, { count: sent, total: data.export?.total ?? sent }),
    ],
    [known.facts.leads, approval?.lead_count?.toLocaleString(locales[language])],
    [known.facts.takesPlace, meetingTime(data.meeting, language)],
    [known.facts.value, meetingValue(data.meeting, language)],
    [known.facts.note, data.note],
    [known.facts.subject, reply?.subject],
  ];
  return {
    title: fill(known.titles[type], { who, name: name[type] ?? '' }),
    facts: facts.flatMap(([label, value]) => value ? [[label, value] satisfies [string, string]] : []),
    quote: cut(
      reply?.text ?? (type === 'approval.answered' ? approval?.answer_comment : approval?.request_comment) ??
        data.export?.error_message ?? incident?.details ?? mailbox?.reason ?? data.message,
    ),
    ...(approval?.url ? { link: { label: known.readAndAnswer, url: approval.url } } : {}),
    ...(incident?.runbook_url ? { link: { label: known.whatToDo, url: incident.runbook_url } } : {}),
  };
}
