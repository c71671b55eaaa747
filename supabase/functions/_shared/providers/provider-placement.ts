/** What a provider's own tests say of mailboxes and domains. Reading results spends nothing; no test is started from here. */
import type { Page } from './rows.ts';

/** Where a test mail landed; `promotions` is any category apart from the inbox. */
export type Landing = 'inbox' | 'promotions' | 'spam';

/** A test mail that arrived. */
export interface PlacementMail {
  /** The mailbox that sent it. */
  email: string;
  /** YYYY-MM-DD, UTC. */
  day: string;
  landed: Landing;
}

/** One look at blacklists, with those that have the domain or its IP address. */
export interface BlacklistReport {
  domain: string;
  at: string;
  listings: { address: string; blacklist: string }[];
}

/** The records of a domain as the provider tests them; null = it could not find out. */
export interface DomainVitals {
  domain: string;
  spf: boolean | null;
  dkim: boolean | null;
  dmarc: boolean | null;
  mx: boolean | null;
}

export interface ProviderPlacement {
  /** Ids of the tests that are running or were made since a day, the newest first. */
  listTests(since: string): Promise<string[]>;
  listMails(testId: string, since: string, cursor: string | undefined): Promise<Page<PlacementMail>>;
  listReports(testId: string, since: string, cursor: string | undefined): Promise<Page<BlacklistReport>>;
  /** At most 100 mailboxes; one is enough for its domain. */
  testVitals(emails: string[]): Promise<DomainVitals[]>;
}
