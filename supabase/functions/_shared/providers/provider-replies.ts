/** Answering replies at the provider, in their thread, and what people answer there. */
import type { Page } from './rows.ts';

export interface LeadOfCampaign {
  providerCampaignId: string;
  providerLeadId: string | null;
  /** The lead's address. */
  email: string;
}

/** A received mail that is answered, with what we know of it; the adapter finds out the rest. */
export interface AnsweredMail extends LeadOfCampaign {
  /** Who wrote, where that was somebody else than the lead. */
  writer: string;
  /** The provider's id of the mail, where a delivery named it. */
  mailId: string | null;
  /** The mailbox that received it, which answers. */
  account: string | null;
  /** ISO UTC. */
  receivedAt: string;
}

export interface OutgoingAnswer {
  subject: string;
  html: string;
  /** The original below it, as HTML; empty where it is not quoted. */
  quotedHtml: string;
}

/** A mail of ours in a thread, in the provider's words. */
export interface MailOfThread {
  id: string | null;
  at: string;
  html: string;
}

/** A mail that a person wrote by hand in the provider's own inbox. */
export interface WrittenMail {
  id: string | null;
  /** ISO UTC. */
  at: string;
  /** The lead's address. */
  email: string;
  /** Null where the provider does not say: the conversation is found by the thread or the address. */
  providerCampaignId: string | null;
  threadId: string | null;
  account: string | null;
  /** Who got it; null = not known. A mail that went to neither the lead nor who wrote is no answer. */
  to: string[] | null;
  subject: string | null;
  text: string | null;
  html: string | null;
}

export interface ListedWrittenMail {
  /** By the provider's clock, ISO UTC; empty where its time is not plausible. */
  at: string;
  /** Undefined where it belongs to no lead. */
  mail: WrittenMail | undefined;
}

export interface ProviderReplies {
  /** Seconds after which a mail that the provider accepted is in `listSent`. */
  readonly shownAfter: number;
  /**
   * Answers in the thread, from the mailbox that received the mail. Returns the id of the new mail, null where the provider names
   * none. After a ProviderError with `mayHaveActed` it may have been sent all the same.
   */
  send(mail: AnsweredMail, answer: OutgoingAnswer): Promise<{ id: string | null; at: string | null }>;
  /** Mails to this lead since a moment (ISO UTC) that are from us, campaign mails included. */
  listSent(mail: AnsweredMail, since: string): Promise<MailOfThread[]>;
  /** Mails written by hand anywhere in the workspace, oldest first; those sent through `send` are among them. */
  listWritten?(since: string, cursor: string | undefined): Promise<Page<ListedWrittenMail>>;
  /** The same of one lead, where they are shown by lead only. */
  readWritten?(lead: LeadOfCampaign): Promise<WrittenMail[]>;
}
