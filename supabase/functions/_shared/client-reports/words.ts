/** How a report is read in its language: words, numbers and days as people there write them. Pages load it too. */
import type { Language } from '../outgoing/languages.ts';
import type { SharedReport } from './shared-report.ts';
import { de } from './words/de.ts';
import { en } from './words/en.ts';
import { nl } from './words/nl.ts';
import type { ReportWords } from './words/report-words.ts';

export const reportWords: Record<Language, ReportWords> = { en, nl, de };

/** Kept, because making one takes longer than all that it writes: without this they were a third of the time of a PDF. */
const dateFormats = new Map<string, Intl.DateTimeFormat>();
const numberFormats = new Map<string, Intl.NumberFormat>();

function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify([locale, options]);
  let format = dateFormats.get(key);
  if (!format) dateFormats.set(key, format = new Intl.DateTimeFormat(locale, options));
  return format;
}

function numberFormat(locale: string, decimals: number): Intl.NumberFormat {
  const key = `${locale} ${decimals}`;
  let format = numberFormats.get(key);
  if (!format) {
    const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
    numberFormats.set(key, format = new Intl.NumberFormat(locale, digits));
  }
  return format;
}

/** Numbers and days as the report's language writes them, in the client's zone. */
export function writerOf({ language, client }: Pick<SharedReport, 'language' | 'client'>) {
  const { locale } = reportWords[language];
  const whole = numberFormat(locale, 0);
  const oneDecimal = numberFormat(locale, 1);
  /** Days are days already: they are written in UTC, so that no zone moves them. */
  const onDay = (day: string, options: Intl.DateTimeFormatOptions) =>
    dateFormat(locale, { ...options, timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
  const percent = language === 'de' ? '\u00a0%' : '%';
  return {
    count: (value: number) => whole.format(value),
    rate: (value: number) => `${oneDecimal.format(value * 100)}${percent}`,
    points: (value: number) => oneDecimal.format(value * 100),
    weekday: (day: string) => onDay(day, { weekday: 'long', day: 'numeric', month: 'long' }),
    shortDay: (day: string) => onDay(day, { day: 'numeric', month: 'short' }),
    month: (day: string) => onDay(day, { month: 'long' }),
    monthAndYear: (day: string) => onDay(day, { month: 'long', year: 'numeric' }),
    fullDay: (day: string) => onDay(day, { day: 'numeric', month: 'long', year: 'numeric' }),
    dayAndMonth: (day: string) => onDay(day, { day: 'numeric', month: 'long' }),
    /** The day of a moment at the client. */
    momentDay: (moment: string) =>
      dateFormat(locale, { day: 'numeric', month: 'long', timeZone: client.time_zone })
        .format(new Date(moment)),
    moment: (moment: string) =>
      dateFormat(locale, {
        day: 'numeric',
        month: 'long',
        year: 'numeric',
        hour: '2-digit',
        minute: '2-digit',
        timeZone: client.time_zone,
      }).format(new Date(moment)),
  };
}

/** "November 2026", or "23–29 November 2026" with as much of the first day as differs. */
export function periodOf(
  report: Pick<SharedReport, 'language' | 'client' | 'kind'>,
  { from_day, to_day }: SharedReport['period'],
): string {
  const write = writerOf(report);
  if (report.kind === 'monthly') return write.monthAndYear(from_day);
  const last = write.fullDay(to_day);
  if (from_day.slice(0, 4) !== to_day.slice(0, 4)) return `${write.fullDay(from_day)} – ${last}`;
  if (from_day.slice(0, 7) !== to_day.slice(0, 7)) return `${write.dayAndMonth(from_day)} – ${last}`;
  return `${Number(from_day.slice(8))}${report.language === 'de' ? '.' : ''}–${last}`;
}

type ReportNumber = SharedReport['numbers'][number];

const isRate = (metric: ReportNumber['metric']): metric is keyof typeof partsOf => metric.endsWith('_rate');

/** How a number changed, as it is written: "+12%", "−0.4 pts"; null = there is nothing to compare with. */
export function changeOf(
  report: SharedReport,
  { metric, change }: ReportNumber,
): string | null {
  if (change === null) return null;
  const words = reportWords[report.language];
  const write = writerOf(report);
  const size = isRate(metric)
    ? Math.round(Math.abs(change) * 1000) / 1000
    : Math.round(Math.abs(change) * 100) / 100;
  if (size === 0) return words.unchanged;
  const sign = change > 0 ? '+' : '−';
  const percent = report.language === 'de' ? '\u00a0%' : '%';
  return isRate(metric)
    ? `${sign}${write.points(size)} ${words.points}`
    : `${sign}${write.count(Math.round(size * 100))}${percent}`;
}

/** Contacted people, of bounces sent emails, below which a rate says nothing yet: private.minimum_sample() of the database. */
const minimumSample = 100;

/** What a rate is a share of, and what that share counts. A snapshot has no bounced mails: their rate is of the sent ones. */
const partsOf = {
  reply_rate: ['replied', 'contacted'],
  positive_rate: ['positive', 'contacted'],
  bounce_rate: [null, 'sent'],
} as const;

/** "4 of 58": what is shown for a rate over so few that it says nothing yet, as on the dashboard's pages. */
export const countOf = (
  report: Pick<SharedReport, 'language' | 'client'>,
  part: number,
  whole: number,
): string => {
  const write = writerOf(report);
  return reportWords[report.language].countOf(write.count(part), write.count(whole));
};

type When = 'value' | 'before';

/** Whether a rate of the period, or of the one before, is over enough people or mails to be shown; a count always is. */
function isEnough(report: SharedReport, { metric, enough_signal }: ReportNumber, when: When): boolean {
  if (!isRate(metric)) return true;
  if (when === 'value') return enough_signal;
  const [, whole] = partsOf[metric];
  return (numberOf(report, whole)?.before ?? 0) >= minimumSample;
}

const numberOf = (report: SharedReport, metric: ReportNumber['metric']) =>
  report.numbers.find((number) => number.metric === metric);

/** A number or a rate as it is written, a rate over too few as a count of a count; "–" = there is none. */
export function valueOf(report: SharedReport, number: ReportNumber, when: When): string {
  const value = number[when];
  if (value === null) return '–';
  const write = writerOf(report);
  if (!isRate(number.metric)) return write.count(value);
  if (isEnough(report, number, when)) return write.rate(value);
  const [part, whole] = partsOf[number.metric];
  const all = numberOf(report, whole)?.[when] ?? 0;
  const some = part === null ? Math.round(value * all) : numberOf(report, part)?.[when] ?? 0;
  return countOf(report, some, all);
}

/** The column beside it: how it changed, or that there are too few to say; "–" = there is nothing to compare with. */
export function comparisonOf(report: SharedReport, number: ReportNumber): string | null {
  const isComparable = isEnough(report, number, 'value') &&
    (number.before === null || isEnough(report, number, 'before'));
  return isComparable ? changeOf(report, number) : reportWords[report.language].notEnough;
}

/** The best campaign and the best step in words; what there is of them. */
export function bestOf(report: SharedReport): { label: string; name: string; detail: string }[] {
  const { best_campaign: campaign, best_step: step } = report;
  const words = reportWords[report.language];
  const write = writerOf(report);
  return [
    campaign && {
      label: words.bestCampaign,
      name: campaign.name,
      detail: words.bestCampaignNumbers(
        write.count(campaign.positive),
        write.count(campaign.contacted),
        write.rate(campaign.positive_rate ?? 0),
      ),
    },
    step && {
      label: words.bestStep,
      name: `${words.stepName(step.step, step.variant)} · ${step.campaign_name}`,
      detail: words.bestStepNumbers(
        write.count(step.replied),
        write.count(step.sent),
        write.rate(step.reply_rate ?? 0),
      ),
    },
  ].filter((entry) => entry !== null);
}

/** Under which its PDF is saved: "bakery-vermeer-sons-weekly-2026-11-23.pdf". */
export function fileNameOf(
  { client, kind, period }: Pick<SharedReport, 'client' | 'kind' | 'period'>,
): string {
  const name = client.name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
    .replace(/[^a-z0-9]+/g, '-').slice(0, 60).replace(/^-+|-+$/g, '');
  return `${name || 'report'}-${kind}-${period.from_day}.pdf`;
}

/** The subject of its mail. */
export const titleOf = (report: SharedReport): string =>
  `${reportWords[report.language].title[report.kind]}: ${periodOf(report, report.period)}`;
