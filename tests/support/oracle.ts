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
};

export interface LabelRules {
  /** Smartlead says with each category what it means; a label of Instantly's user says nothing until a list explains it. */
  explained: boolean;
  /** At Smartlead a category after a reply can make it an automatic one. */
  correctReplies: boolean;
}

const custom = 'Send deck later';
const isLabel = (fact: Fact) => fact.type === custom || sentiment[fact.type] !== undefined;
const isReply = (fact: Fact) => fact.type === 'reply_received' || fact.type === 'auto_reply_received';
const contactTypes = [
  'email_sent',
  'email_opened',
  'link_clicked',
  'reply_received',
  'auto_reply_received',
  'email_bounced',
];

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

/**
 * The facts of one lead with its replies as they are known in the end: the latest label between a reply and the next one,
 * at most a week later, makes it automatic if it says "out of office".
 */
function corrected(facts: Fact[]): Fact[] {
  return facts.map((reply) => {
    if (reply.type !== 'reply_received') return reply;
    const week = new Date(Date.parse(reply.at) + 7 * 86_400_000).toISOString();
    const label = facts
      .filter((fact) => isLabel(fact) && fact.at >= reply.at && fact.at <= week)
      .filter((fact) => !facts.some((next) => isReply(next) && next.at > reply.at && next.at <= fact.at))
      .sort((left, right) => left.at.localeCompare(right.at))
      .at(-1);
    return label?.type === 'lead_out_of_office' ? { ...reply, type: 'auto_reply_received' } : reply;
  });
}

function count(facts: Fact[]): DayTruth {
  const day = emptyDay();
  for (const [type, [events, distinct]] of Object.entries(counters)) {
    const mine = facts.filter((fact) => fact.type === type);
    day[events] = mine.length;
    if (distinct) day[distinct] = new Set(mine.map((fact) => fact.email)).size;
  }
  return day;
}

export function leadTruth(facts: Fact[], rules: LabelRules): LeadTruth {
  const number = (type: string) => facts.filter((fact) => fact.type === type).length;
  const replies = number('reply_received');
  const sent = number('email_sent');
  const inTime = [...facts].sort((left, right) => left.at.localeCompare(right.at));
  const labels = inTime.filter((fact) =>
    rules.explained ? isLabel(fact) : sentiment[fact.type] !== undefined
  );
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
    interest: labels.length === 0 ? null : sentiment[labels.at(-1)?.type ?? ''] ?? 'neutral',
    sender: withAccount.at(-1)?.account ?? null,
    lastEventAt: inTime.at(-1)?.at ?? null,
  };
}

/** Over a campaign's life every active lead was contacted; on a day, every lead that got a mail. */
function countLife(facts: Fact[]): DayTruth {
  const contacted = facts.filter((fact) => contactTypes.includes(fact.type)).map(({ email }) => email);
  return { ...count(facts), contacted: new Set(contacted).size };
}

/** Per campaign and day how many leads did each thing for the first time; contacted = anything that shows it. */
function firstTimes(byLead: Fact[][], dayOf: (at: string) => string) {
  const kinds: [string, string[]][] = [
    ['contacted', contactTypes],
    ['opened', ['email_opened']],
    ['clicked', ['link_clicked']],
    ['replied', ['reply_received']],
  ];
  const days = new Map<string, Record<string, number>>();
  for (const facts of byLead) {
    for (const [kind, types] of kinds) {
      const [first] = facts.filter((fact) => types.includes(fact.type)).sort((a, b) =>
        a.at.localeCompare(b.at)
      );
      if (!first) continue;
      const key = `${first.campaign} ${dayOf(first.at)}`;
      const day = days.get(key) ?? { contacted: 0, opened: 0, clicked: 0, replied: 0 };
      days.set(key, { ...day, [kind]: (day[kind] ?? 0) + 1 });
    }
  }
  return days;
}

/** The day of a moment where days begin at midnight in a time zone, by the calendar of the language and not of the database. */
export function dayIn(timeZone: string): (at: string) => string {
  const calendar = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  return (at) => calendar.format(new Date(at));
}

export function truthOf(delivered: Fact[], rules: LabelRules, dayOf = (at: string) => at.slice(0, 10)) {
  const byLead = new Map<string, Fact[]>();
  for (const fact of delivered) {
    const key = `${fact.campaign} ${fact.email}`;
    byLead.set(key, [...(byLead.get(key) ?? []), fact]);
  }
  const facts = rules.correctReplies ? [...byLead.values()].flatMap(corrected) : delivered;
  const group = (key: (fact: Fact) => string) => {
    const groups = new Map<string, Fact[]>();
    for (const fact of facts) groups.set(key(fact), [...(groups.get(key(fact)) ?? []), fact]);
    return groups;
  };
  const map = <T>(groups: Map<string, Fact[]>, read: (facts: Fact[]) => T) =>
    new Map([...groups].map(([key, mine]) => [key, read(mine)]));
  return {
    leads: map(group((fact) => `${fact.campaign} ${fact.email}`), (mine) => leadTruth(mine, rules)),
    days: map(group((fact) => `${fact.campaign} ${dayOf(fact.at)}`), count),
    firstTimes: firstTimes([...group((fact) => `${fact.campaign} ${fact.email}`).values()], dayOf),
    totals: map(group((fact) => fact.campaign), countLife),
  };
}
