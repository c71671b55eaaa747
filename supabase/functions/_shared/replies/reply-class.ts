// What a reply is, in the order in which a person reads it: machines first, then people.

export const replyClasses = [
  'bounce',
  'out_of_office',
  'automatic',
  'unsubscribe',
  'referral',
  'wrong_person',
  'not_now',
  'not_interested',
  'question',
  'interested',
] as const;

export type ReplyClass = (typeof replyClasses)[number];

export interface Reply {
  subject: string | null;
  text: string;
  /** By lower-case name, as far as the provider gives them. */
  headers?: Readonly<Record<string, string>> | undefined;
  receivedAt: Date;
}

export interface Classification {
  replyClass: ReplyClass;
  /** 0 … 1: the share of the held-out replies that were right with a result this clear. */
  confidence: number;
  /** The day to come back (not_now) or of the return (out_of_office), where one is named: YYYY-MM-DD. */
  date: string | null;
}
