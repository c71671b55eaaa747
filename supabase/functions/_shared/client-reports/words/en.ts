import type { Filled, ReportWords } from './report-words.ts';

const period = ({ kind }: Filled) => kind === 'weekly' ? 'week' : 'month';
const people = (value: Filled, name: string) =>
  `${value.count(name)} ${value.number(name) === 1 ? 'person' : 'people'}`;
const replies = (value: Filled, name: string) =>
  `${value.count(name)} ${value.number(name) === 1 ? 'reply' : 'replies'}`;
/** "14 of 820 people replied positively, 9 of 795 the week before" */
const compared = (value: Filled) => {
  const about = value.text('about') === 'replied' ? 'replied' : 'positive';
  const verb = about === 'positive' ? 'replied positively' : 'replied';
  return `${value.count(about)} of ${people(value, 'contacted')} ${verb}, ${
    value.count(`${about}_before`)
  } of ${value.count('contacted_before')} the ${period(value)} before.`;
};
const numbers = (value: Filled) =>
  `${people(value, 'contacted')} contacted, ${replies(value, 'replied')}, ${
    value.count('positive')
  } positive.`;

const goalMetrics = {
  contacted: 'People contacted',
  positive_replies: 'Positive replies',
  meetings: 'Meetings',
};

export const en: ReportWords = {
  locale: 'en-GB',
  title: { weekly: 'Weekly report', monthly: 'Monthly report' },
  comparedWith: 'Compared with {days}',
  sentences: {
    trend: {
      nothing_sent: (value) =>
        `Nothing was sent this ${period(value)}${
          value.number('replied') > 0 ? `; ${replies(value, 'replied')} to earlier emails arrived` : ''
        }.`,
      first: (value) => `The first ${period(value)} with emails: ${numbers(value)}`,
      better: (value) => `A better ${period(value)}: ${compared(value)}`,
      worse: (value) => `A weaker ${period(value)}: ${compared(value)}`,
      fewer_contacted: (value) =>
        `Fewer people were contacted: ${value.count('contacted')}, against ${
          value.count('contacted_before')
        } the ${period(value)} before. ${value.count('replied')} replied, ${
          value.count('positive')
        } positively.`,
      too_few: (value) => `Not enough signal yet to compare: ${numbers(value)}`,
      same: (value) =>
        `About the same as the ${period(value)} before: ${
          compared(value)
        } A difference this small can be chance.`,
    },
    attention: {
      positive_waiting: (value) =>
        value.number('count') === 1
          ? `A positive reply has waited for an answer since ${value.day('since')}.`
          : `${value.count('count')} positive replies wait for an answer, the oldest since ${
            value.day('since')
          }.`,
      mailbox_disconnected: (value) =>
        value.number('count') === 1
          ? 'A mailbox is disconnected and sends nothing until it is connected again.'
          : `${
            value.count('count')
          } mailboxes are disconnected and send nothing until they are connected again.`,
      bounces_high: (value) =>
        `${value.percent('rate')} of the emails bounced (${value.count('bounced')} of ${
          value.count('sent')
        }). Above 5%, mailbox providers start to refuse a sender.`,
      not_sending: (value) => `Campaigns are active, but nothing was sent this ${period(value)}.`,
      behind_goal: (value) => {
        const metric = goalMetrics[value.text('metric') as keyof typeof goalMetrics].toLowerCase();
        return value.number('over') === 1
          ? `${value.month('month')} missed its goal of ${value.count('goal')} ${metric}: it ended at ${
            value.count('reached')
          }.`
          : `At this pace ${value.month('month')} ends at ${value.count('pace')} ${metric}; the goal is ${
            value.count('goal')
          }.`;
      },
      replies_waiting: (value) =>
        value.number('count') === 1
          ? `A reply has waited for an answer since ${value.day('since')}.`
          : `${value.count('count')} replies wait for an answer, the oldest since ${value.day('since')}.`,
      all_well: () => 'Nothing needs attention.',
    },
    next: {
      all_contacted: (value) =>
        `Everyone in “${value.text('campaign')}” has been contacted; new leads are needed to continue.`,
      leads_run_out: (value) =>
        `“${value.text('campaign')}” has ${people(value, 'left')} left to contact, enough for about ${
          value.count('days')
        } ${value.number('days') === 1 ? 'day' : 'days'}; new leads are needed soon.`,
      campaign_starts: (value) => `“${value.text('campaign')}” starts on ${value.day('day')}.`,
      continues: (value) =>
        `Sending continues: ${people(value, 'left')} left to contact in ${value.count('campaigns')} ${
          value.number('campaigns') === 1 ? 'campaign' : 'campaigns'
        }${value.has('days') ? `, enough for about ${value.count('days')} days` : ''}.`,
      no_campaign: () => 'No campaign is running; the next one has to be started.',
    },
  },
  topics: { trend: 'Result', attention: 'Needs attention', next: 'What comes next' },
  metrics: {
    contacted: 'People contacted',
    replied: 'Replies',
    reply_rate: 'Reply rate',
    positive: 'Positive replies',
    positive_rate: 'Positive rate',
    meetings: 'Meetings',
    sent: 'Emails sent',
    bounce_rate: 'Bounce rate',
  },
  headings: {
    numbers: 'Numbers',
    goals: 'Goals for {month}',
    best: 'What works best',
    campaigns: 'Campaigns',
    replies: 'Replies worth reading',
    days: 'Day by day',
    note: 'A note from {agency}',
  },
  columns: { now: 'Now', before: 'Before', change: 'Change', day: 'Day', campaign: 'Campaign' },
  unchanged: 'no change',
  points: 'pts',
  notEnough: 'not enough signal yet',
  goalMetrics,
  countOf: (part, whole) => `${part} of ${whole}`,
  goalPace: (pace) => `at this pace ${pace} at the end of the month`,
  goalEarly: 'too early for a forecast',
  bestCampaign: 'Best campaign',
  bestStep: 'Best step, all time',
  bestCampaignNumbers: (positive, contacted, rate) =>
    `${positive} positive from ${contacted} contacted (${rate})`,
  stepName: (step, variant) => `Email ${step}${variant ? `, variant ${variant}` : ''}`,
  bestStepNumbers: (replied, sent, rate) => `${replied} replies to ${sent} emails (${rate})`,
  classes: {
    positive: 'Positive',
    interested: 'Interested',
    question: 'Question',
    referral: 'Referral',
    not_now: 'Later',
  },
  inCampaign: (company, campaign) => [company, campaign].filter(Boolean).join(' · '),
  noReplies: 'No replies that you would want to read this time.',
  chart: { contacted: 'contacted', replied: 'replied', alt: 'People contacted and replies per day' },
  age: (moment) => `Numbers as of ${moment}.`,
  noNumbers: 'No numbers have arrived yet.',
  rebuilding: 'The time zone was changed: some days are still being counted again.',
  open: 'Open the dashboard',
  why: (agency) => agency ? `You get this report from ${agency}.` : 'You get this report from your agency.',
  stop: 'Stop these reports',
  contact: 'Questions?',
  page: (page, pages) => `Page ${page} of ${pages}`,
};
