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

/** One phrase per alternative of the rules, and what only looks like one. */
const phrases: Record<BounceClass, string[]> = {
  block: [
    ...[
      'blacklist',
      'black-listed',
      'black list',
      'block list',
      'blocklist',
      'deny list',
      'denylist',
      'DNSBL',
      'nsbl',
      'RBL',
    ],
    ...[
      'bad reputation',
      'Spamhaus',
      'spamcop',
      'Barracuda',
      'proofpoint',
      'mimecast',
      'SORBS',
      'SPAM found',
    ],
    ...[
      '5.7.1',
      '5.7.0',
      '5.7.133',
      '5.7.511',
      '5.7.600',
      '5.7.609',
      'junk mail',
      'banned',
      'poor sender',
      'poor ip',
    ],
    ...[
      'listed at x',
      'listed in x',
      'listed by x',
      'listed on x',
      'blocked by',
      'blocked using',
      'blocked for',
    ],
    ...['blocked due to policy'],
  ],
  sender: [
    ...[
      'sender originated',
      'sender-originated',
      'senderoriginated',
      'daily limit exceeded',
      'sending quota reached',
    ],
    ...[
      'sender limit was exceeded',
      'daily user limit exceeded',
      'message limit reached',
      'rate limit of this hour exceeded',
      '5.4.5',
    ],
    ...['5.7.23', '5.7.25', '5.7.26', '5.7.27', '5.7.29', '5.7.30', '5.7.32', '5.7.509', 'unauthenticated'],
    ...['not authenticated', 'SPF', 'dkim', 'DMARC', 'authentication failed', 'authentication required'],
    ...[
      'relay denied',
      'relaying denied',
      'relay access denied',
      'relaying access denied',
      'sender address rejected',
    ],
  ],
  soft: [
    ...[
      '4.2.2',
      '4.100.100',
      'x 450 y',
      '421-y',
      '452 full',
      '5.2.2',
      'mailbox full',
      'mailbox is full',
      'over quota',
    ],
    ...[
      'overquota',
      'quota exceeded',
      'out of storage',
      'insufficient storage',
      'insufficient system storage',
    ],
    ...[
      'try again',
      'try later',
      'temporary',
      'greylisted',
      'grey-list',
      'deferred',
      'timed out',
      'timeout',
      'time out',
    ],
    ...[
      'too many connections',
      'too many recipients',
      'will be retried',
      'delivery delayed',
      'delivery is delayed',
    ],
  ],
  hard: [
    ...[
      'no such user',
      'xrbl',
      'rblx',
      'antispamming',
      '15.7.1',
      '5.7.12',
      '5.7.60',
      '5.7.13',
      '5.7.51',
      'spf2x',
      'xdkim',
    ],
    ...[
      '15.4.5',
      '5.4.55',
      '5.7.2',
      '5.7.231',
      'daily report',
      'daily limit',
      'listed',
      'poor man',
      'blocked',
      'relay',
    ],
    ...[
      'daily limit of the mails that all senders have is exceeded',
      'authentication',
      'x14.2.2',
      '4.1000.1',
    ],
    ...['4.2', '450', '440 x', '4506 x', '5.2.22', 'mailbox', 'quota', 'storage', 'too many', 'delivery'],
  ],
};

describe('the class of a bounce', () => {
  it.each(texts)('%s', (text, expected) => {
    expect(classifyBounce(text)).toBe(expected);
  });

  it.each(Object.entries(phrases))('%s, by each of its phrases', (expected, some) => {
    expect(some.filter((phrase) => classifyBounce(phrase) !== expected)).toEqual([]);
  });

  it.each([
    ['soft', ['Soft', ' soft-bounce', 'transient', 'Temporary_failure', 'deferred']],
    ['block', ['block', 'Blocked', 'spam', 'policy', 'reputation -- low']],
    ['sender', ['sender', 'Sender  originated']],
    ['hard', ['hard', 'hard_bounce', 'Permanent', 'invalid']],
    [undefined, [
      'robot',
      'softly',
      'blocks',
      'senders',
      'harder',
      'not hard',
      'is soft',
      'x spam',
      'my sender',
      '',
      null,
    ]],
  ])('%s, by the words that providers use for it', (expected, words) => {
    expect(words.map(readBounceWord)).toEqual(words.map(() => expected));
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

  it.each<[body: Record<string, unknown>, expected: BounceClass | undefined]>([
    [{ is_sender_bounced: true, bounce_type: 'hard' }, 'sender'],
    [{ is_sender_originated_bounce: 'true' }, undefined],
    [{ is_sender_bounced: 'true' }, undefined],
    [{ reply_category: { name: 'Sender-Originated Bounce' }, bounce_type: 'hard' }, 'sender'],
    [{ category: 'sender side_bounce' }, 'sender'],
    [{ category: { new_name: ' Sender bounce ' } }, 'sender'],
    [{ lead_category: 'SENDER_ORIGINATED_BOUNCE' }, 'sender'],
    [{ category: 'Sender originated bounces' }, undefined],
    [{ category: 'No sender originated bounce' }, undefined],
    [{ category: 'Senderbounce' }, undefined],
    [{ category: ['Sender bounce'] }, undefined],
    [{ bounce_type: 'robot', bounce_reason: '452 4.2.2 over quota' }, 'soft'],
    [{ bounce_reply_email_preview: 'mailbox full' }, 'soft'],
    [{ bounce_reply_email: { html: 'mailbox full' } }, 'soft'],
    [{ bounce_reason: { text: 'mailbox full' } }, 'soft'],
    [{ bounce_message: 'mailbox full' }, 'soft'],
    [{ bounce_error: 'mailbox full' }, 'soft'],
    [{ bounce_reason: 'No such user', bounce_error: 'mailbox full' }, 'soft'],
    [{ bounce_reason: 'time', bounce_error: 'out' }, 'hard'],
    [{ bounce_reason: `${'x'.repeat(19_988)}mailbox full` }, 'soft'],
    [{ bounce_reason: `${'x'.repeat(19_989)}mailbox full` }, 'hard'],
    [{ bounce_reason: ' ', bounce_message: null }, undefined],
  ])('of Smartlead in %j is %s', (body, expected) => {
    expect(readSmartleadBounce(body)).toBe(expected);
  });
});
