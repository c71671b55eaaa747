import { pick, type Random } from './random.ts';
import type { JsonObject } from './records.ts';

/** What people write, by what the label on it will say: a demo in which "Thursday works" is negative explains nothing. */
const texts = {
  interested: [
    'Sounds interesting. What does it cost?',
    'Can you send a short deck first?',
    'Good timing, we are looking at this now.',
    'Tell me more, please. How long does a start take?',
  ],
  meeting: [
    'Sure, Thursday works.\nSend me an invite.',
    'Happy to talk. Tuesday morning, ten o’clock?',
    'Let us have a short call next week; my calendar is open after Wednesday.',
  ],
  notInterested: ['Not for us, thanks.', 'We already have a supplier for this.', 'No budget this year.'],
  wrongPerson: [
    'Please ask someone else, this is not my area.',
    'I left purchasing last year; you want somebody else here.',
  ],
  doNotContact: ['Please take me off your list.', 'Do not write to me again.'],
  automatic: [
    'I am out of the office until Monday.',
    'Thank you for your message. I am on parental leave.',
    'This mailbox is not read regularly.',
  ],
} as const;

export type ReplyMood = keyof typeof texts;

/** Invented reply texts; the same numbers always give the same text. */
export const replyText = (random: Random, mood: ReplyMood): string => pick<string>(random, texts[mood]) ?? '';

/** What a template says to a lead with these values; a fallback follows the name: `{{firstName|there}}`. */
export const fillTemplate = (template: string, values: JsonObject): string =>
  template.replace(
    /\{\{\s*([\w ]+?)\s*(?:\|([^{}]*))?\}\}/g,
    (_, name: string, fallback = '') => String(values[name] || fallback),
  );

export const plainText = (html: string): string =>
  html.replaceAll(/<br\s*\/?>/g, '\n').replaceAll(/<[^>]+>/g, '');
