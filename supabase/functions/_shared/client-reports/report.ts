/**
 * One report of a client: a frozen snapshot, from which mail, page, PDF and share link are rendered. Made once by
 * private.report_facts (supabase/schemas/24_client_reports), which has the numbers of the dashboard, and completed with sentences
 * in the report's language (words.ts); kept as it was, whatever the numbers become.
 */
import { z } from 'zod';
import { languages } from '../outgoing/languages.ts';

export const reportKinds = ['weekly', 'monthly'] as const;
export type ReportKind = typeof reportKinds[number];

/** YYYY-MM-DD, a day in the client's zone. */
const day = z.iso.date();
const moment = z.iso.datetime({ offset: true });
const count = z.number().int().nonnegative();
/** A fraction between 0 and 1; null = nothing to divide by. */
const rate = z.number().min(0).max(1).nullable();

/** Both days are included. */
const period = z.object({ from_day: day, to_day: day });

/** Why a sentence says what it says; words/ has its words, private.report_facts decides which. */
export const sentenceCodes = {
  /** Better or worse. */
  trend: ['nothing_sent', 'first', 'better', 'worse', 'fewer_contacted', 'too_few', 'same'],
  /** What needs attention: the most pressing one. */
  attention: [
    'positive_waiting',
    'mailbox_disconnected',
    'bounces_high',
    'not_sending',
    'behind_goal',
    'replies_waiting',
    'all_well',
  ],
  /** What comes next. */
  next: ['all_contacted', 'leads_run_out', 'campaign_starts', 'continues', 'no_campaign'],
} as const;

export type SentenceTopic = keyof typeof sentenceCodes;

const sentence = <Topic extends SentenceTopic>(topic: Topic) =>
  z.object({
    code: z.enum(sentenceCodes[topic]),
    /** good and bad are coloured; neutral is not. */
    tone: z.enum(['good', 'bad', 'neutral']),
    /** What the words are filled with: numbers, names, days. */
    values: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
    /** As it is read. */
    text: z.string().min(1),
  });

/** In the order in which they are shown. Rates are of contacted leads, bounce_rate of sent mails. */
export const metrics = [
  'contacted',
  'replied',
  'reply_rate',
  'positive',
  'positive_rate',
  'meetings',
  'sent',
  'bounce_rate',
] as const;
export type Metric = typeof metrics[number];

export const isRate = (metric: Metric): boolean => metric.endsWith('_rate');

const reportNumber = z.object({
  metric: z.enum(metrics),
  /** A count, or a fraction for a rate. */
  value: z.number().nonnegative().nullable(),
  before: z.number().nonnegative().nullable(),
  /** Of a count its share of the number before (0.25 = a quarter more), of a rate the difference of the two; null = no comparison. */
  change: z.number().nullable(),
  /** null = it is neither (sent, contacted), or there is not enough signal. */
  tone: z.enum(['good', 'bad', 'neutral']).nullable(),
  /** False of a rate over so few leads that it says nothing yet. */
  enough_signal: z.boolean(),
});

const goal = z.object({
  metric: z.enum(['contacted', 'positive_replies', 'meetings']),
  /** First day of the month of the goal. */
  month: day,
  goal: count,
  reached: count,
  /** What the month ends at at the same pace; null = too early to say. */
  pace: count.nullable(),
  behind: z.boolean(),
});

const bestCampaign = z.object({
  name: z.string(),
  contacted: count,
  replied: count,
  positive: count,
  positive_rate: rate,
});

/** Of the campaign's whole life: no source has the replies of a step by day. */
const bestStep = z.object({
  campaign_name: z.string(),
  step: z.number().int().positive(),
  /** A, B …; null where the step has one variant. */
  variant: z.string().nullable(),
  sent: count,
  replied: count,
  reply_rate: rate,
});

export const worthReading = [
  'interested',
  'question',
  'referral',
  'not_now',
] as const;

const replyToRead = z.object({
  /** For a link to the conversation in the dashboard; the reply leaves the snapshot with its lead. */
  lead_id: z.uuid(),
  /** The lead's name, else its address. */
  name: z.string(),
  company: z.string().nullable(),
  campaign_name: z.string(),
  reply_class: z.enum(worthReading).nullable(),
  is_positive: z.boolean(),
  /** The person's own words, at most 400 characters. */
  excerpt: z.string(),
  received_at: moment,
});

const reportDay = z.object({ day, contacted: count, replied: count, positive: count });

export const report = z.object({
  version: z.literal(1),
  kind: z.enum(reportKinds),
  language: z.enum(languages),
  made_at: moment,
  client: z.object({ id: z.uuid(), name: z.string(), time_zone: z.string() }),
  agency: z.object({
    /** null = the agency has not been set up. */
    name: z.string().nullable(),
    support_address: z.string().nullable(),
    /** #rrggbb, and the colour of text on it. */
    colour: z.string().regex(/^#[0-9a-f]{6}$/).nullable(),
    ink: z.string().regex(/^#[0-9a-f]{6}$/).nullable(),
    /** Where mails load the logo from. */
    logo_url: z.string().nullable(),
  }),
  period,
  before: period,
  /** A few words of the agency to the client. */
  note: z.string().nullable(),
  sentences: z.object({
    trend: sentence('trend'),
    attention: sentence('attention'),
    next: sentence('next'),
  }),
  numbers: z.array(reportNumber),
  /** Those of the month in which the period ends; empty = none is set. */
  goals: z.array(goal),
  best_campaign: bestCampaign.nullable(),
  /** Of which something happened in the period, the largest first, 100 at most; absent in a report of before there was a PDF. */
  campaigns: z.array(bestCampaign.extend({ enough_signal: z.boolean() })).optional(),
  best_step: bestStep.nullable(),
  /** null = the agency leaves replies out of this client's reports. */
  replies: z.array(replyToRead).nullable(),
  /** Every day of the period. */
  days: z.array(reportDay),
  /** The age of the numbers: the newest word of any source; null = there is none. */
  as_of: moment.nullable(),
  /** True while days are being cut again after a change of the time zone. */
  rebuilding: z.boolean(),
});

export type Report = z.infer<typeof report>;

/** The snapshot as the database makes it, before its sentences have words. */
export const reportFacts = report.extend({
  sentences: z.object({
    trend: sentence('trend').omit({ text: true }),
    attention: sentence('attention').omit({ text: true }),
    next: sentence('next').omit({ text: true }),
  }),
  /** With the whole text of each reply. */
  replies: z.array(replyToRead.omit({ excerpt: true }).extend({ text: z.string() })).nullable(),
});

export type ReportFacts = z.infer<typeof reportFacts>;
