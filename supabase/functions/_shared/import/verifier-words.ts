/**
 * What the usual verifiers write into their columns (ZeroBounce, NeverBounce, MillionVerifier, Bouncer, Hunter, Emailable,
 * Reoon, DeBounce, Kickbox, Apollo, Evaboot, Instantly, Outscraper), in our words. Their words never contradict each other.
 */
import type { Deliverability } from './targets.ts';

const words: Record<Deliverability, string> = {
  deliverable: `
    valid, ok, good, safe, safe to send, deliverable, verified, received, passed, geldig, geverifieerd,
    gueltig, verifiziert, zustellbar`,
  risky: `
    risky, riskier, catch all, catchall, accept all, acceptall, accept all unverifiable, ok for all,
    role, role account, role based, webmail, inbox full, full inbox, mailbox full, low deliverability,
    low quality, likely to engage, moderate, riskant, risicovol`,
  undeliverable: `
    invalid, bad, undeliverable, bounced, bounce, hard bounce, disabled, disposable, spamtrap,
    spam trap, abuse, complainer, do not mail, do not send, toxic, syntax error, invalid domain,
    rejected email, rejected, failed, email disabled, dead server, invalid mx, update required,
    ongeldig, ungueltig, unzustellbar`,
  unknown: `
    unknown, error, timeout, greylisted, antispam system, unverifiable, no connect, could not verify,
    smtp protocol, onbekend, unbekannt`,
  unverified: `
    unverified, not verified, guessed, guess, extrapolated, user managed, new data available, pending,
    pending manual fulfillment, not checked, niet geverifieerd, nicht verifiziert`,
  not_found: 'unavailable, not found, no email, none, niet gevonden, nicht gefunden',
};

const meanings = new Map<string, Deliverability>(
  Object.entries(words).flatMap(([meaning, all]) =>
    all.split(',').map((word) => [word.trim(), meaning as Deliverability] as const)
  ),
);

const plain = (cell: string): string =>
  cell.toLowerCase().replaceAll('ü', 'ue').replace(/[^a-z]+/g, ' ').trim();

/** Undefined for what no verifier writes. */
export function readVerdict(cell: string): Deliverability | undefined {
  const text = cell.trim();
  // A yes or no, as Hunter's and Evaboot's sheets and hand-made ones have them; a number is a score and no verdict.
  if (/^(true|yes|ja|y|wahr|waar)$/i.test(text)) return 'deliverable';
  if (/^(false|no|nee|nein|n|falsch|onwaar)$/i.test(text)) return 'unverified';
  return meanings.get(plain(text));
}

/** Whether a word is a verifier's own and cannot be the content of another column, as "yes" could. */
export function isVerdictWord(cell: string): boolean {
  return meanings.has(plain(cell));
}
