/** An independent count of what a set of facts should give: plain loops over the facts, no SQL, no shared code. */

export interface Fact {
  type: string;
  campaign: string;
  email: string;
  at: string;
  account: string;
}

export interface LeadTruth {
  sent: number;
  opens: number;
  clicks: number;
  replies: number;
  autoReplies: number;
  status: string;
  interest: string | null;
  sender: string | null;
  lastEventAt: string | null;
}

export interface DayTruth {
  sent: number;
  contacted: number;
  opens: number;
  opened: number;
  clicks: number;
  clicked: number;
  replies: number;
  replied: number;
  autoReplies: number;
  bounced: number;
  unsubscribed: number;
}

const sentiment: Record<string, string> = {
  lead_interested: 'positive',
  lead_meeting_booked: 'positive',
  lead_not_interested: 'negative',
  lead_out_of_office: 'neutral',
  'Send deck later': 'neutral',
};

const emptyDay = (): DayTruth => ({
  sent: 0,
  contacted: 0,
  opens: 0,
  opened: 0,
  clicks: 0,
  clicked: 0,
  replies: 0,
  replied: 0,
  autoReplies: 0,
  bounced: 0,
  unsubscribed: 0,
});

const counters: Record<string, [keyof DayTruth, keyof DayTruth | null]> = {
  email_sent: ['sent', 'contacted'],
  email_opened: ['opens', 'opened'],
  link_clicked: ['clicks', 'clicked'],
  reply_received: ['replies', 'replied'],
  auto_reply_received: ['autoReplies', null],
  email_bounced: ['bounced', null],
  lead_unsubscribed: ['unsubscribed', null],
};

function count(facts: Fact[]): DayTruth {
  const day = emptyDay();
  for (const [type, [events, distinct]] of Object.entries(counters)) {
    const mine = facts.filter((fact) => fact.type === type);
    day[events] = mine.length;
    if (distinct) day[distinct] = new Set(mine.map((fact) => fact.email)).size;
  }
  return day;
}

export function leadTruth(facts: Fact[]): LeadTruth {
  const number = (type: string) => facts.filter((fact) => fact.type === type).length;
  const replies = number('reply_received');
  const sent = number('email_sent');
  const inTime = [...facts].sort((left, right) => left.at.localeCompare(right.at));
  const labels = inTime.filter((fact) => sentiment[fact.type] !== undefined);
  const withAccount = inTime.filter((fact) => fact.account !== '');
  return {
    sent,
    opens: number('email_opened'),
    clicks: number('link_clicked'),
    replies,
    autoReplies: number('auto_reply_received'),
    status: replies > 0
      ? 'replied'
      : number('email_bounced') > 0
      ? 'bounced'
      : sent > 0
      ? 'emailed'
      : 'not_yet_emailed',
    interest: sentiment[labels.at(-1)?.type ?? ''] ?? null,
    sender: withAccount.at(-1)?.account ?? null,
    lastEventAt: inTime.at(-1)?.at ?? null,
  };
}

export function truthOf(facts: Fact[]) {
  const group = (key: (fact: Fact) => string) => {
    const groups = new Map<string, Fact[]>();
    for (const fact of facts) groups.set(key(fact), [...(groups.get(key(fact)) ?? []), fact]);
    return groups;
  };
  const map = <T>(groups: Map<string, Fact[]>, read: (facts: Fact[]) => T) =>
    new Map([...groups].map(([key, mine]) => [key, read(mine)]));
  return {
    leads: map(group((fact) => `${fact.campaign} ${fact.email}`), leadTruth),
    days: map(group((fact) => `${fact.campaign} ${fact.at.slice(0, 10)}`), count),
    totals: map(group((fact) => fact.campaign), count),
  };
}
