/** A snapshot as the database makes it becomes a report: with sentences in its language and the replies' own words. */
import { ownWords } from '../replies/own-words.ts';
import type { Report, ReportFacts, SentenceTopic } from './report.ts';
import { reportWords, writerOf } from './words.ts';
import type { Filled } from './words/report-words.ts';

/** Characters of a reply that are shown. */
const maxExcerpt = 400;

/** The snapshot with the words of its language. */
export function composeReport(facts: ReportFacts): Report {
  const { sentences, replies } = facts;
  return {
    ...facts,
    sentences: {
      trend: { ...sentences.trend, text: sentenceOf(facts, 'trend') },
      attention: { ...sentences.attention, text: sentenceOf(facts, 'attention') },
      next: { ...sentences.next, text: sentenceOf(facts, 'next') },
    },
    replies: replies?.map(({ text, ...reply }) => ({ ...reply, excerpt: excerptOf(text) })) ?? null,
  };
}

function sentenceOf(facts: ReportFacts, topic: SentenceTopic): string {
  const { code, values } = facts.sentences[topic];
  const words: Record<string, (value: Filled) => string> = reportWords[facts.language].sentences[topic];
  const write = writerOf(facts);
  const value = (name: string) => values[name] ?? null;
  const filled: Filled = {
    kind: facts.kind,
    number: (name) => Number(value(name)),
    count: (name) => write.count(Number(value(name))),
    percent: (name) => write.rate(Number(value(name))),
    day: (name) => write.weekday(String(value(name))),
    month: (name) => write.month(String(value(name))),
    text: (name) => String(value(name) ?? ''),
    has: (name) => value(name) !== null,
  };
  return words[code]!(filled);
}

/** The person's own words without what they quote, in one paragraph. */
export function excerptOf(text: string): string {
  const own = (ownWords(text).trim() || text).replace(/\s+/gu, ' ').trim();
  if (own.length <= maxExcerpt) return own;
  const cut = own.slice(0, maxExcerpt).replace(/[\uD800-\uDBFF]$/, '');
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), maxExcerpt - 40))}…`;
}
