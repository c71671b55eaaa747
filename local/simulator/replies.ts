import type { Random } from './random.ts';

const texts = {
  positive: [
    'Sure, Thursday works.\nSend me an invite.',
    'Sounds interesting. What does it cost?',
    'Can you send a short deck first?',
    'Good timing, we are looking at this now.',
  ],
  negative: [
    'Not for us, thanks.',
    'Please ask someone else, this is not my area.',
    'We already have a supplier for this.',
    'No budget this year.',
  ],
  automatic: [
    'I am out of the office until Monday.',
    'Thank you for your message. I am on parental leave.',
    'This mailbox is not read regularly.',
  ],
} as const;

/** Invented reply texts; the same numbers always give the same text. */
export function replyText(random: Random, mood: keyof typeof texts): string {
  const choices = texts[mood];
  return choices[Math.floor(random() * choices.length)] ?? choices[0];
}
