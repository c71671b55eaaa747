/** How an answer is written: our words, and below them the mail that they answer. */
import type { OutgoingAnswer } from '../providers/provider.ts';
import { sanitiseHtml, textOfHtml } from '../messages/sanitise.ts';

/** Longer originals are cut: the thread has them whole. */
const maxQuoted = 20_000;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Both providers lose plain newlines. */
const htmlOf = (text: string): string => escaped(text.trim()).replaceAll(/\r\n?|\n/g, '<br/>');

export interface Original {
  writer: string;
  writerName: string | null;
  receivedAt: string;
  text: string | null;
}

const moment = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'medium',
  timeStyle: 'short',
  timeZone: 'UTC',
});

export function composeAnswer(subject: string, text: string, quoted: Original | null): OutgoingAnswer {
  return { subject, html: `<div>${htmlOf(text)}</div>`, quotedHtml: quoted === null ? '' : quote(quoted) };
}

function quote({ writer, writerName, receivedAt, text }: Original): string {
  if (text === null || text.trim() === '') return '';
  const from = writerName === null ? writer : `${writerName} <${writer}>`;
  const heading = escaped(`On ${moment.format(new Date(receivedAt))} UTC, ${from} wrote:`);
  return `<br/><div>${heading}</div><blockquote>${htmlOf(text.slice(0, maxQuoted))}</blockquote>`;
}

const words = (text: string): string => text.replaceAll(/\s+/gu, ' ').trim();

/** Whether a mail at the provider is this answer: it begins with its words; a signature or the original may follow. */
export function isAnswer(mailHtml: string, text: string): boolean {
  return words(textOfHtml(sanitiseHtml(mailHtml))).startsWith(words(text));
}

/** The subject of an answer: that of the thread, once with "Re:". */
export function subjectOf(given: string | undefined, threadSubject: string | null): string {
  const subject = words(given ?? threadSubject ?? '');
  if (given !== undefined || /^(?:re|aw|antw|tr)\s*:/i.test(subject)) return subject.slice(0, 250);
  return `Re: ${subject}`.trim().slice(0, 250);
}
