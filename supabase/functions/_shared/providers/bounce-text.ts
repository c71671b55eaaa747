import type { Database } from '../platform/database.types.ts';

export type BounceClass = Database['public']['Enums']['bounce_class'];

/** The receiving server refuses our mail, whatever the address. */
const blocked =
  /black.?list|block.?list|deny.?list|\bd?nsbl\b|\brbl\b|reputation|spamhaus|spamcop|barracuda|proofpoint|mimecast|sorbs|\b5\.7\.(?:1|0|133|511|60[0-9])\b|\bspam\b|junk mail|listed (?:at|in|by|on)|banned|poor (?:sender|ip)|blocked (?:by|using|for|due)/i;

/** A fault on our side: limits, authentication, connection. */
const ofSender =
  /sender.?originated|(?:daily|sending|sender|message|rate).{0,20}(?:limit|quota).{0,20}(?:exceeded|reached)|\b5\.4\.5\b|\b5\.7\.(?:23|25|26|27|29|30|32|509)\b|unauthenticated|not authenticated|\b(?:spf|dkim|dmarc)\b|authentication (?:failed|required)|relay(?:ing)? (?:access )?denied|sender address rejected/i;

/** Temporary: mailbox full, server slow, or asking us to retry. */
const passing =
  /\b4\.\d{1,3}\.\d{1,3}\b|\b4[25]\d[ -]|\b5\.2\.2\b|mailbox (?:is )?full|over ?quota|quota exceeded|out of storage|insufficient (?:system )?storage|try (?:again|later)|temporar|grey.?list|deferred|timed? ?out|too many (?:connections|recipients)|will be retried|delivery (?:is )?delayed/i;

/**
 * Why a mail bounced, by the text of the notice. A text about block lists or about our side says nothing about the address,
 * whatever its status code; everything else that is not temporary is taken for an address that does not exist.
 */
export function classifyBounce(text: string): BounceClass {
  if (ofSender.test(text)) return 'sender';
  if (blocked.test(text)) return 'block';
  return passing.test(text) ? 'soft' : 'hard';
}

/** The class for a provider's own word, such as "permanent"; undefined for an unknown word. */
export function readBounceWord(word: string | null): BounceClass | undefined {
  const plain = word?.trim().toLowerCase().replaceAll('_', ' ') ?? '';
  if (/^(?:soft|transient|temporary|deferred)\b/.test(plain)) return 'soft';
  if (/^(?:block|blocked|spam|policy|reputation)\b/.test(plain)) return 'block';
  if (/^sender\b/.test(plain)) return 'sender';
  return /^(?:hard|permanent|invalid)\b/.test(plain) ? 'hard' : undefined;
}
