/** What a language must say in a report. Each is a file beside this one; words.ts lists them. */
import type { Metric, ReportKind, sentenceCodes, SentenceTopic, worthReading } from '../report.ts';

/** What a sentence is filled with, already written as its language writes numbers and days. */
export interface Filled {
  /** A count, written. */
  count(name: string): string;
  /** The same as a number, for its plural. */
  number(name: string): number;
  percent(name: string): string;
  /** "Friday, 27 November" */
  day(name: string): string;
  /** "November" */
  month(name: string): string;
  text(name: string): string;
  has(name: string): boolean;
  kind: ReportKind;
}

export type SentenceWords = {
  [Topic in SentenceTopic]: Record<(typeof sentenceCodes)[Topic][number], (value: Filled) => string>;
};

export type GoalMetric = 'contacted' | 'positive_replies' | 'meetings';

export interface ReportWords {
  locale: string;
  title: Record<ReportKind, string>;
  /** "compared with" the period before, above the numbers. */
  comparedWith: string;
  sentences: SentenceWords;
  topics: Record<SentenceTopic, string>;
  metrics: Record<Metric, string>;
  headings: {
    numbers: string;
    goals: string;
    best: string;
    campaigns: string;
    replies: string;
    days: string;
    note: string;
  };
  columns: { now: string; before: string; change: string; day: string; campaign: string };
  unchanged: string;
  points: string;
  notEnough: string;
  goalMetrics: Record<GoalMetric, string>;
  /** {part} of {whole}: of a goal what is reached, and what is shown for a rate over too few. */
  countOf: (part: string, whole: string) => string;
  goalPace: (pace: string) => string;
  goalEarly: string;
  bestCampaign: string;
  bestStep: string;
  bestCampaignNumbers: (positive: string, contacted: string, rate: string) => string;
  stepName: (step: number, variant: string | null) => string;
  bestStepNumbers: (replied: string, sent: string, rate: string) => string;
  classes: Record<(typeof worthReading)[number] | 'positive', string>;
  inCampaign: (company: string | null, campaign: string) => string;
  noReplies: string;
  chart: { contacted: string; replied: string; alt: string };
  age: (moment: string) => string;
  noNumbers: string;
  rebuilding: string;
  open: string;
  why: (agency: string | null) => string;
  stop: string;
  contact: string;
  /** At the foot of a PDF. */
  page: (page: number, pages: number) => string;
}
