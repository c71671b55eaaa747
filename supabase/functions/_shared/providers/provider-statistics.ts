/** Further ways to learn what happened, for providers that have neither a delivery log nor an inbox to read. */
import type { Page } from './rows.ts';

/** Deliveries that failed, asked for again; for providers whose log cannot be read. */
export interface ProviderRedelivery {
  countFailed(providerCampaignId: string, from: string, to: string): Promise<number>;
  retrigger(providerCampaignId: string, from: string, to: string): Promise<void>;
}

/** Something that happened to a mail, as the provider's statistics tell it. */
export interface MailFact {
  /** The payload that a webhook would have brought. */
  payload: unknown;
  email: string;
  /** The statistics know only that and when; who, what and under which id stands in the lead's correspondence. */
  isReply: boolean;
  /** A fact of the same kind of the same lead counts as this one within so many seconds; null = whenever it was. */
  tolerance: number | null;
  /** The n-th of its kind of this mail, where the provider counts them: known when we have so many, whenever they were. */
  nth?: number;
}

export interface ProviderStatistics {
  /** Facts of the mails that were sent since then (all without). */
  list(
    providerCampaignId: string,
    sentSince: string | undefined,
    cursor: string | undefined,
  ): Promise<Page<MailFact>>;
  /** The replies of one lead with their ids and texts. */
  readReplies(providerCampaignId: string, providerLeadId: string, email: string): Promise<MailFact[]>;
}
