// What somebody wrote in this reply: without the quoted original, the signature, the phone's footer and the legal notice.
import EmailReplyParser from 'email-reply-parser';
import {
  attribution,
  farewell,
  footers,
  originals,
  otherAttributions,
  postscript,
} from './phrases/quotes.ts';

const parser = new EmailReplyParser();

/** A mail of 200 kB is an original with attachments in its text; what the person wrote is near one of its ends. */
const maxLength = 20_000;
const maxOwnLength = 4_000;

function cutAt(text: string, pattern: RegExp): string {
  const at = text.search(pattern);
  return at > 0 && text.slice(0, at).trim() !== '' ? text.slice(0, at) : text;
}

const withoutQuotedLines = (text: string): string =>
  text.split('\n').filter((line) => !/^\s*(?:>|\|\s)/.test(line)).join('\n');

/** Above the original in most mails; below it where the mail begins with the original; between its lines where somebody answers there. */
function withoutOriginal(text: string): string {
  let own = text;
  for (const pattern of originals) own = cutAt(own, pattern);
  for (const pattern of [attribution, ...otherAttributions]) {
    const found = pattern.exec(own);
    if (found === null) continue;
    const above = withoutQuotedLines(own.slice(0, found.index));
    const below = own.slice(found.index + found[0].length);
    const isMarked = /^\s*>/m.test(below);
    // Unmarked lines under the header are the original as well, unless nothing is above it.
    if (above.trim() !== '') own = above + (isMarked ? betweenQuotes(below) : '');
    else own = withoutQuotedLines(below);
  }
  return withoutQuotedLines(own);
}

/** What follows a quoted line and is not quoted, as far as it cannot be the end of a line that a program broke. */
function betweenQuotes(below: string): string {
  const lines = below.split('\n');
  const answers = lines.filter((line, index) =>
    !/^\s*>/.test(line) && line.trim() !== '' && lines.slice(0, index).some((earlier) =>
      /^\s*>/.test(earlier)
    ) &&
    (lines[index - 1]?.trim() === '' || index === lines.length - 1)
  );
  return answers.length === 0 ? '' : `\n${answers.join('\n')}`;
}

export function ownWords(text: string): string {
  const whole = text.slice(0, maxLength).replaceAll('\r\n', '\n').replaceAll(/[\u00a0\u202f]/g, ' ');
  let own = withoutOriginal(whole);
  for (const pattern of footers) own = cutAt(own, pattern);
  const last = postscript.exec(own)?.[0] ?? '';
  const signed = cutAt(own, farewell);
  own = signed === own ? own : `${signed}\n${last}`;
  own = cutAt(own, /^[ \t]*--[ \t]*$/m).trim();
  // Programs of other languages mark the original in ways that only the library knows.
  if (own.length < 2_000) own = parser.read(own).getVisibleText().trim() || own;
  // A mail that is nothing but an original is read as a whole.
  return (own === '' ? whole.trim() : own).slice(0, maxOwnLength);
}
