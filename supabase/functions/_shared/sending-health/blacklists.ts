/** Where a blacklist takes requests for removal. The names are those that blacklist checkers use. */
const removals: readonly (readonly [name: RegExp, url: string])[] = [
  [/spamhaus|^(?:zen|sbl|xbl|pbl|dbl)\b/i, 'https://check.spamhaus.org/'],
  [/barracuda|b\.?barracudacentral/i, 'https://www.barracudacentral.org/rbl/removal-request'],
  [/spamcop/i, 'https://www.spamcop.net/bl.shtml'],
  [/surbl/i, 'https://surbl.org/surbl-analysis'],
  [/uribl/i, 'https://admin.uribl.com/'],
  [/uceprotect/i, 'https://www.uceprotect.net/en/rblcheck.php'],
  [/invaluement|ivm/i, 'https://www.invaluement.com/removal/'],
  [/mailspike/i, 'https://mailspike.io/ip_verify'],
  [/psbl/i, 'https://psbl.org/remove'],
  [/spam ?eating ?monkey|\bsem\b|spameatingmonkey/i, 'https://spameatingmonkey.com/lookup'],
  [/nordspam/i, 'https://www.nordspam.com/removal/'],
  [/spfbl/i, 'https://matrix.spfbl.net/'],
];

/** Null for a list that we do not know: its own site says how. */
export const removalUrlOf = (blacklist: string): string | null =>
  removals.find(([name]) => name.test(blacklist))?.[1] ?? null;
