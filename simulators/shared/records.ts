/** Records that both simulators keep. All of them are plain data, so the whole state can be written as JSON. */

export type JsonObject = Record<string, unknown>;

/** Text at Instantly, a number at Smartlead. */
export type Id = string | number;

/** How the edge answers a workspace's keys, to play a revoked key, an unpaid plan or a blocked one. */
export type WorkspaceAccess = 'ok' | 'unauthorized' | 'payment-required' | 'forbidden';

export type Sentiment = 'positive' | 'negative' | 'neutral';

export type EventType =
  | 'email_sent'
  | 'email_opened'
  | 'link_clicked'
  | 'reply_received'
  | 'auto_reply_received'
  | 'email_bounced'
  | 'lead_unsubscribed'
  | 'label_changed'
  | 'lead_completed'
  | 'campaign_completed'
  | 'campaign_status_changed'
  /** A person of ours answered a reply; no statistic counts it and no webhook tells of it. */
  | 'answer_sent';

export interface EventDetails {
  /** New label (interest number, category id); null when it was taken away. */
  label?: number | null | undefined;
  text?: string | undefined;
  /** Of a reply that somebody else than the lead wrote. */
  writtenBy?: string | undefined;
  /** Of an automatic reply whose delivery calls it a reply like any other. */
  deliveredAsReply?: boolean | undefined;
  /** Of a bounce that was the sender's fault. */
  senderSide?: boolean | undefined;
  /** Of an answer, besides its HTML as text. */
  subject?: string | undefined;
}

/** One thing that happened. The truth counts these, and so do most analytics. */
export interface EventRecord extends EventDetails {
  /** At Instantly also the id of a sent or received email. */
  id: string;
  at: number;
  type: EventType;
  campaign: Id;
  lead: Id | null;
  email: string | null;
  account: string | null;
  step: number | null;
  variant: number | null;
  first: boolean;
  previousLabel?: number | null;
  withheld?: true;
}

export interface StepMark {
  step: number;
  variant: number;
  at: number;
}

export const untouchedLead = {
  /** Sending account; the lead hears from it throughout. */
  account: null as string | null,
  /** Null on a lead nobody has labelled. */
  label: null as number | null,
  opens: 0,
  clicks: 0,
  replies: 0,
  lastSent: null as StepMark | null,
};

/** A lead in a campaign, as far as the engine knows it. */
export type LeadState = typeof untouchedLead & {
  id: Id;
  created: number;
  email: string | null;
  status: string | number;
};

/** Something the engine will do to a lead later; `order` settles ties. */
export interface AgendaItem {
  at: number;
  order: number;
  workspace: string;
  campaign: Id;
  lead: Id;
  action:
    | 'send'
    | 'follow-up'
    | 'open'
    | 'click'
    | 'reply'
    | 'auto-reply'
    | 'bounce'
    | 'unsubscribe'
    | 'label';
  step: number;
  variant: number;
  label?: number | null;
}

/** The body is kept as the text that was sent, so a retry is the same to the byte. */
export interface PendingDelivery {
  workspace: string;
  webhook: Id;
  body: string;
  attempt: number;
}
