import { describe, expect, it } from 'vitest';
import {
  type BounceClass,
  classifyBounce,
  readBounceWord,
} from '../../supabase/functions/_shared/providers/bounce-text.ts';
import { readSmartleadBounce } from '../../supabase/functions/_shared/providers/smartlead/event-details.ts';

const texts: [string, BounceClass][] = [
  ['Address not found', 'hard'],
  ['550 5.1.1 The email account that you tried to reach does not exist', 'hard'],
  ['550 No such user here', 'hard'],
  ['5.4.1 Recipient address rejected: Access denied', 'hard'],
  ['DNS Error: domain name not found', 'hard'],
  ['452 4.2.2 The recipient is over quota', 'soft'],
  ['The recipient’s mailbox is full', 'soft'],
  ['450 4.7.1 Greylisted, please try again later', 'soft'],
  ['421 Service not available, connection timed out', 'soft'],
  ['550 5.7.1 Service unavailable; client host [192.0.2.1] blocked using Spamhaus', 'block'],
  ['554 5.7.1 Your IP is on our blacklist', 'block'],
  ['550 5.7.1 Message rejected due to the low reputation of the sending domain', 'block'],
  ['550 Your message was classified as spam', 'block'],
  ['550 5.7.26 Unauthenticated email is not accepted: check SPF and DKIM', 'sender'],
  ['550 5.4.5 Daily user sending limit exceeded', 'sender'],
  ['554 5.7.1 Relay access denied', 'sender'],
];

describe('the class of a bounce', () => {
  it.each(texts)('%s', (text, expected) => {
    expect(classifyBounce(text)).toBe(expected);
  });

  it('reads the words that providers use for it', () => {
    expect(['Soft', 'hard_bounce', 'Blocked', 'sender', 'transient', 'robot', null].map(readBounceWord))
      .toEqual(['soft', 'hard', 'block', 'sender', 'soft', undefined, undefined]);
  });

  it('of Smartlead believes its flag, then its category, then its word, then the notice', () => {
    const notice = { bounce_reply_email_preview: 'Address not found' };
    expect(readSmartleadBounce({ ...notice, is_sender_originated_bounce: true })).toBe('sender');
    expect(readSmartleadBounce({ ...notice, is_sender_originated_bounce: false })).toBe('hard');
    expect(readSmartleadBounce({ ...notice, lead_category: { new_name: 'Sender Originated Bounce' } }))
      .toBe('sender');
    expect(readSmartleadBounce({ ...notice, reply_category: 'Sender Originated Bounce' })).toBe('sender');
    expect(readSmartleadBounce({ ...notice, bounce_type: 'soft' })).toBe('soft');
    expect(readSmartleadBounce({ bounce_message: { text: '452 4.2.2 mailbox full' } })).toBe('soft');
    expect(readSmartleadBounce({ is_bounced: true })).toBeUndefined();
  });
});
