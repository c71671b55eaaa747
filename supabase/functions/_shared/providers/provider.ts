/** The contract of a provider; the flows depend on nothing else. */
import type { EventLead, ProviderName, WebhookReading } from '../events/webhook-event.ts';
export { ProviderError, type ProviderErrorKind } from './provider-error.ts';
import type { OddRow, Page } from './rows.ts';
export type { Page, ProviderName };
import type { ProviderRedelivery, ProviderStatistics } from './provider-statistics.ts';
import type { ProviderReplies } from './provider-replies.ts';
export type {
  AnsweredMail,
  LeadOfCampaign,
  ListedWrittenMail,
  MailOfThread,
  OutgoingAnswer,
  ProviderReplies,
  WrittenMail,
} from './provider-replies.ts';
import type { ProviderErasure } from './provider-erasure.ts';
import type { ProviderPlacement } from './provider-placement.ts';
import type { CampaignSettings } from './campaign-settings.ts';
export { type CampaignSettings, mailsOf, type SequenceMail, type SequenceStep } from './campaign-settings.ts';

export type InterestStatus = 'positive' | 'neutral' | 'negative';

export type ProviderCampaignStatus =
  | 'draft'
  | 'active'
  | 'paused'
  | 'completed'
  | 'running_subsequences'
  | 'accounts_unhealthy'
  | 'bounce_protect'
  | 'account_suspended';

/** The steps read so far; `next` is the cursor of the rest, undefined = complete. */
export interface StepsReading {
  steps: CampaignStep[];
  next: string | undefined;
}

export type JsonScalar = string | number | boolean | null;

export interface Workspace {
  /** Null while the provider does not say which workspace a key belongs to. */
  id: string | null;
  name: string;
}

export interface ProviderCampaign {
  provider_campaign_id: string;
  name: string;
  created_at: string | null;
  updated_at: string | null;
  status: ProviderCampaignStatus | null;
  /** The organisation within the workspace that the campaign belongs to, where the provider has organisations. */
  provider_org_id?: string | null;
}

/** A customer of the workspace's owner, as kept at the provider. */
export interface ProviderOrganization {
  provider_org_id: string;
  name: string | null;
}

/** Lifetime totals; `contacted`, `opened`, `clicked`, `replied` are distinct leads, `replied` without automatic replies. */
export interface CampaignTotals {
  provider_campaign_id: string;
  leads: number;
  sent: number;
  contacted: number;
  opened: number;
  clicked: number;
  replied: number;
  /** Every automatic reply, not distinct leads. */
  auto_replies: number;
  bounced: number;
  unsubscribed: number;
  completed: number;
  opportunities: number;
  opportunity_value: number;
}

/** What happened on one UTC day; opened, clicked, replied are distinct leads of that day. */
interface Day {
  day: string;
  sent: number;
  contacted: number;
  opens: number;
  opened: number;
  clicks: number;
  clicked: number;
  replies: number;
  replied: number;
  auto_replies: number;
}

export interface CampaignDay extends Day {
  new_contacted: number;
  opportunities: number;
  /** Absent where the provider reports none per campaign and day. */
  bounced?: number;
  unsubscribed?: number;
}

/** One variant of one step over a campaign's life, both counted from 1; opened, clicked, replied are distinct leads. */
export interface CampaignStep {
  step: number;
  variant: number;
  sent: number;
  opened: number;
  clicked: number;
  replied: number;
  /** Every automatic reply, not distinct leads. */
  auto_replies: number;
  /** Leads that became an opportunity, and how many of these are "meeting booked" or won now; absent where it is not reported. */
  opportunities?: number;
  meetings?: number;
  won?: number;
}

/** A lead as the provider has it, in our shape. Times are ISO 8601 UTC. */
export interface ProviderLead extends EventLead {
  provider_lead_id: string;
  email: string;
  sent_count: number;
  open_count: number;
  click_count: number;
  reply_count: number;
  sent_at: string | null;
  opened_at: string | null;
  clicked_at: string | null;
  replied_at: string | null;
  bounced_at: string | null;
  unsubscribed_at: string | null;
  interest_status: InterestStatus | null;
  interest_label: string | null;
  /** The provider's number of a custom label, defined in the workspace. */
  interest_value: number | null;
  interest_changed_at: string | null;
  sender_account: string | null;
  payload: Record<string, JsonScalar> | null;
  updated_at: string | null;
}

export interface ProviderLabel {
  interest_value: number;
  label: string;
  interest_status: InterestStatus;
}

/** A lead to be exported. */
export interface OutgoingLead {
  email: string;
  first_name: string | null;
  last_name: string | null;
  company_name: string | null;
  job_title: string | null;
  website: string | null;
  phone: string | null;
  personalization: string | null;
  variables: Record<string, JsonScalar>;
}

export interface AddLeadsResult {
  /** Position in the request → id at the provider, for the created leads. */
  created: Map<number, string>;
  /** How many of the others were refused for which reason; the provider does not say which lead got which. */
  refused: { duplicate: number; blocked: number; invalid: number; skipped: number };
  /** Position in the request → reason, for refused leads that the provider names. */
  named?: Map<number, 'blocked' | 'invalid'>;
  /** How many more leads the plan accepts, where the provider reports it; null = no limit. */
  leadsLeft?: number | null;
  /** Set when the plan accepted no more: the provider's message, if any. */
  planLimit?: { providerMessage: string | undefined };
}

/** A webhook registered at the provider. */
export interface ProviderWebhook {
  id: string;
  name: string | null;
  url: string;
  /** False when the provider switched it off after failed deliveries. */
  isActive: boolean;
  /** Since when it is switched off, by the provider's clock; null or absent when it works or the time is unknown. */
  failedAt?: string | null;
  /** Our secret as registered (in a header, or in the URL, which is given without it); undefined when not set. */
  secret: string | undefined;
}

export interface WantedWebhook {
  name: string;
  url: string;
  secret: string;
}

/** The result of the provider's own test delivery. */
export interface WebhookTest {
  success: boolean;
  status: number | null;
  message: string;
}

/** The webhooks of a workspace, or of each of its campaigns. */
export interface ProviderWebhooks {
  /** What one webhook covers; with `campaign` each call takes a campaign id. */
  readonly per: 'workspace' | 'campaign';
  list(providerCampaignId?: string): Promise<ProviderWebhook[]>;
  create(wanted: WantedWebhook, providerCampaignId?: string): Promise<ProviderWebhook>;
  update(id: string, wanted: WantedWebhook, providerCampaignId?: string): Promise<ProviderWebhook>;
  remove(id: string, providerCampaignId?: string): Promise<void>;
  /** Switches on a webhook that the provider switched off. */
  resume(id: string, providerCampaignId?: string): Promise<ProviderWebhook>;
  test(id: string): Promise<WebhookTest>;
}

/** Which part of the delivery log; the days of `from` and `to` are included entirely. */
export interface DeliveryLogFilter {
  from?: string | undefined;
  to?: string | undefined;
  failedOnly: boolean;
}

/** One attempt of the provider to deliver an event. */
export interface LoggedDelivery {
  at: string;
  url: string;
  payload: unknown;
}

export interface ProviderDeliveryLog {
  /** Newest first. */
  list(filter: DeliveryLogFilter, cursor: string | undefined): Promise<Page<LoggedDelivery>>;
}

/** A mail that a campaign sent or a lead wrote. */
export interface ListedMail {
  at: string;
  /** As in ReceivedMail; a sent mail has no other reading. */
  delivery: { payload: unknown; otherPayload?: unknown } | undefined;
}

export interface ReceivedMail {
  /** When the provider stored it, ISO UTC. */
  at: string;
  /**
   * What the webhook's payload would have been, and what it would have been if the reply were classified the other way
   * (automatic or not); undefined for mail that belongs to no lead of a campaign.
   */
  delivery: { payload: unknown; otherPayload: unknown } | undefined;
}

export interface ProviderInbox {
  /** Oldest first. */
  listReceived(since: string, cursor: string | undefined): Promise<Page<ReceivedMail>>;
}

export interface ProviderMailHistory {
  /** Oldest first. */
  listMails(since: string, until: string, cursor: string | undefined): Promise<Page<ListedMail>>;
}

export type EmailAccountStatus = 'active' | 'paused' | 'error' | 'suspended';

/** A sending mailbox. */
export interface ProviderAccount {
  email: string;
  status: EmailAccountStatus;
  status_reason: string | null;
  provider_kind: string | null;
  daily_limit: number | null;
  warmup_status: string | null;
  warmup_score: number | null;
  updated_at: string | null;
  /** Labels given to it at the provider. */
  tags?: string[];
}

/** Warm-up mails of a mailbox and where they landed. */
export interface AccountWarmup {
  email: string;
  sent: number;
  landed_inbox: number;
  landed_spam: number;
  score: number | null;
}

/** One day of a mailbox. */
export interface ProviderAccountDay extends Day {
  email: string;
  bounced: number;
}

export interface ProviderAccounts {
  list(cursor: string | undefined): Promise<Page<ProviderAccount>>;
  /** At most 100 mailboxes and 30 days; both days inclusive, YYYY-MM-DD, UTC. */
  readDays(emails: string[], from: string, to: string): Promise<ProviderAccountDay[]>;
  /** Warm-up results over the period that the provider reports. */
  readWarmup(emails: string[]): Promise<AccountWarmup[]>;
}

/**
 * What a provider may lack. An absent part is not supported: the steps of a sync that need it are skipped, and nothing else,
 * neither an empty list nor an error, means "not supported".
 */
export interface ProviderCapabilities {
  /** The provider's record of deliveries, to find what failed or never arrived. */
  readonly deliveryLog?: ProviderDeliveryLog;
  /** For a provider that does not list failed deliveries but sends them again on request. */
  readonly redelivery?: ProviderRedelivery;
  readonly inbox?: ProviderInbox;
  /** Sent and received mails of a period, to recover the events of an outage. */
  readonly mailHistory?: ProviderMailHistory;
  /** What happened to each mail, where there is neither a delivery log nor an inbox. */
  readonly statistics?: ProviderStatistics;
  readonly accounts?: ProviderAccounts;
  /** Where test mails land, and which blacklists have the domains of the mailboxes. */
  readonly placement?: ProviderPlacement;
  /** Customers that the workspace's owner keeps within it. */
  readonly organizations?: ProviderOrganizations;
  /** For a provider that sets schedule, sequence and mailboxes after creating a campaign. */
  readonly campaignSetup?: ProviderCampaignSetup;
  readonly sendingStatus?: ProviderSendingStatus;
  /** Answers to replies, in their thread: sent from here, and written by people there. */
  readonly replies?: ProviderReplies;
  /** Taking a person out on request. */
  readonly erasure?: ProviderErasure;
}

/** Why a campaign does not send, in the provider's words. */
export interface SendingStatus {
  /** The provider's code, such as `daily_limit_met`; null when it knows nothing. */
  status: string | null;
  message: string | null;
  since: string | null;
  last_sent_at: string | null;
}

export interface ProviderSendingStatus {
  read(providerCampaignId: string): Promise<SendingStatus>;
}

export interface ProviderOrganizations {
  list(): Promise<ProviderOrganization[]>;
}

export interface ProviderCampaignSetup {
  /** Sets everything on an existing campaign; each setting replaces the old one, so it may run again. */
  complete(providerCampaignId: string, settings: CampaignSettings): Promise<void>;
}

/** An open connection to one workspace. Every call may throw ProviderError. */
export interface ProviderSession extends ProviderCapabilities {
  /** The largest number of leads that one addLeads call takes. */
  readonly batchSize: number;
  readonly provider: ProviderName;
  readonly webhooks: ProviderWebhooks;
  /** How many campaigns one call of readTotals may name. */
  readonly totalsPerCall: number;
  /** How many campaigns a sync reads at the same time; each list waits for its own answers only. */
  readonly campaignsAtOnce: number;
  /** True where the rate limit is so low that a campaign with unchanged totals is not read further. */
  readonly skipsUnchangedCampaigns: boolean;
  /** True where listLeads supports `changedSince`; such a list does not show which leads are gone. */
  readonly narrowsLeads: boolean;
  /** The rows of unknown shape that were skipped in lists since the last call. */
  takeOddRows(): OddRow[];
  /** Reads a delivery as this provider's webhook function does. */
  readDelivery(payload: unknown): WebhookReading;
  readWorkspace(): Promise<Workspace>;
  listCampaigns(cursor: string | undefined): Promise<Page<ProviderCampaign>>;
  findCampaignByName(name: string): Promise<ProviderCampaign | undefined>;
  createCampaign(settings: CampaignSettings): Promise<ProviderCampaign>;
  readCampaign(providerCampaignId: string): Promise<ProviderCampaign>;
  /** Starts a campaign, or resumes it. */
  activateCampaign(providerCampaignId: string): Promise<void>;
  pauseCampaign(providerCampaignId: string): Promise<void>;
  /** Where people with an account at the provider see the campaign. */
  campaignLink(providerCampaignId: string): string;
  /** Mailboxes of the workspace that may send. */
  listSendingAccounts(): Promise<string[]>;
  addLeads(providerCampaignId: string, leads: OutgoingLead[]): Promise<AddLeadsResult>;
  /** Removes one lead from the campaign; one that is gone already is no error. */
  removeLead(providerCampaignId: string, providerLeadId: string): Promise<void>;
  /** The given addresses that are in the campaign: address → id at the provider. */
  findLeads(providerCampaignId: string, emails: string[]): Promise<Map<string, string>>;
  readTotals(providerCampaignIds: string[]): Promise<CampaignTotals[]>;
  /** Both days inclusive, YYYY-MM-DD, UTC. */
  readDays(providerCampaignId: string, from: string, to: string): Promise<CampaignDay[]>;
  /** Only what has a known step and variant; `cursor` is the `next` of the previous reading. */
  readSteps(providerCampaignId: string, cursor?: string): Promise<StepsReading>;
  /** Sets a person's verdict on a lead; null removes it. The provider applies it asynchronously. */
  setInterest(providerCampaignId: string, email: string, interest: InterestStatus | null): Promise<void>;
  /** `changedSince` (ISO 8601) narrows the list where the provider supports it; otherwise all leads are listed. */
  listLeads(
    providerCampaignId: string,
    cursor: string | undefined,
    changedSince?: string,
  ): Promise<Page<ProviderLead>>;
  listLabels(cursor: string | undefined): Promise<Page<ProviderLabel>>;
}
