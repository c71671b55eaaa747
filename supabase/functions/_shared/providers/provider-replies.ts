/** Answering replies at the provider, in their thread. */

/** A received mail that is answered, with what we know of it; the adapter finds out the rest. */
export interface AnsweredMail {
  providerCampaignId: string;
  providerLeadId: string | null;
  /** The lead's address, and who wrote, where that was somebody else. */
  email: string;
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
}
