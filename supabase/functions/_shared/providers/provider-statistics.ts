/** Further sources of events, for providers that have neither a delivery log nor an inbox to read. */
import type { Page } from './rows.ts';

/** Failed deliveries that are sent again on request, for providers whose log cannot be read. */
export interface ProviderRedelivery {
  countFailed(providerCampaignId: string, from: string, to: string): Promise<number>;
  retrigger(providerCampaignId: string, from: string, to: string): Promise<void>;
}

/** Something that happened to a mail, according to the provider's statistics. */
export interface MailFact {
  /** What the webhook's payload would have been. */
  payload: unknown;
  email: string;
  /** The statistics give only the time; sender, text and id are in the lead's correspondence. */
  isReply: boolean;
  /** Seconds within which an event of the same type and lead is the same fact; null = at any time. */
  tolerance: number | null;
  /** The n-th of its type for this mail, where the provider counts them: known once we have n, at any time. */
  nth?: number;
  /** Where the statistics do not tell its time: since when it can have happened. A delivery from then on is the same fact. */
  since?: string;
}

export interface ProviderStatistics {
  /** Facts of the mails sent since `sentSince`; of all mails without it. */
  list(
    providerCampaignId: string,
    sentSince: string | undefined,
    cursor: string | undefined,
  ): Promise<Page<MailFact>>;
  /** The replies of one lead, with ids and texts. */
  readReplies(providerCampaignId: string, providerLeadId: string, email: string): Promise<MailFact[]>;
}
