/** The contract that each provider fulfils. The flows know only what stands here. */
import type { EventLead, ProviderName, WebhookReading } from '../events/webhook-event.ts';
export { ProviderError, type ProviderErrorKind } from './provider-error.ts';
import type { OddRow, Page } from './rows.ts';
export type { Page } from './rows.ts';
export type { ProviderName } from '../events/webhook-event.ts';
import type { ProviderRedelivery, ProviderStatistics } from './provider-statistics.ts';

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

/** The steps as far as they are read; `next` goes on with the rest, undefined = these are all. */
export interface StepsReading {
  steps: CampaignStep[];
  next: string | undefined;
}

export type JsonScalar = string | number | boolean | null;

export interface Workspace {
  /** Null when the provider does not say which workspace a key opens (yet). */
  id: string | null;
  name: string;
}

export interface ProviderCampaign {
  provider_campaign_id: string;
  name: string;
  created_at: string | null;
  updated_at: string | null;
  status: ProviderCampaignStatus | null;
  /** The organisation inside of the workspace that the campaign belongs to, where the provider has such. */
  provider_org_id?: string | null;
}

/** A customer of the workspace's owner, as the provider keeps them. */
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
  /** Automatic replies, each counted. */
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
  /** Absent where the provider tells none per campaign and day. */
  bounced?: number;
  unsubscribed?: number;
}

/** One variant of one step over a campaign's whole life, both counted from 1; opened, clicked, replied are distinct leads. */
export interface CampaignStep {
  step: number;
  variant: number;
  sent: number;
  opened: number;
  clicked: number;
  replied: number;
  /** Automatic replies, each counted. */
  auto_replies: number;
}

/** A lead as the provider has it, in our words. */
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
  /** The provider's number of a custom label whose meaning only the workspace knows. */
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

/** A lead on its way out. */
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
  /** Position in the request → id at the provider, for the leads that the call created. */
  created: Map<number, string>;
  /** How many of the others were refused for which reason; the provider does not say which one is which. */
  refused: { duplicate: number; blocked: number; invalid: number; skipped: number };
  /** Position in the request → reason, for those that the provider does name. */
  named?: Map<number, 'blocked' | 'invalid'>;
  /** Set when the plan took no more of them: the provider's own sentence, if it gave one. */
  planLimit?: { providerMessage: string | undefined };
}

/** What a mail of a sequence says; variables in double braces. An empty subject keeps the thread. */
export interface SequenceMail {
  subject: string;
  body: string;
}

/** The mail of a step, and the other variants that the provider sends in turn with it. */
export interface SequenceStep extends SequenceMail {
  delay_days: number;
  variants?: SequenceMail[];
}

/** All variants of a step, A first. */
export function mailsOf(step: SequenceStep): SequenceMail[] {
  return [{ subject: step.subject, body: step.body }, ...step.variants ?? []];
}

export interface CampaignSettings {
  name: string;
  timeZone: string;
  sendingDays: number[];
  sendingFrom: string;
  sendingTo: string;
  dailyLimit: number | null;
  sendingAccounts: string[];
  steps: SequenceStep[];
  /** Whether mails carry the header by which mail programs show "Unsubscribe", where the provider has it. */
  unsubscribeHeader: boolean;
  /** The organisation of the workspace that the campaign is made for. */
  organization?: string;
}

/** A webhook registered at the provider. */
export interface ProviderWebhook {
  id: string;
  name: string | null;
  url: string;
  /** False when the provider switched it off after failed deliveries. */
  isActive: boolean;
  /** Since when it is switched off, by the provider's clock; null or absent when it works or the provider does not say. */
  failedAt?: string | null;
  /** Our secret as the provider has it (in a header, or in the address, which is given without it); undefined when it is not set. */
  secret: string | undefined;
}

export interface WantedWebhook {
  name: string;
  url: string;
  secret: string;
}

/** What the provider's own test delivery came to. */
export interface WebhookTest {
  success: boolean;
  status: number | null;
  message: string;
}

/** The webhooks of a workspace, or of its campaigns one by one. */
export interface ProviderWebhooks {
  /** What one webhook serves; with `campaign` each call names one. */
  readonly per: 'workspace' | 'campaign';
  list(providerCampaignId?: string): Promise<ProviderWebhook[]>;
  create(wanted: WantedWebhook, providerCampaignId?: string): Promise<ProviderWebhook>;
  update(id: string, wanted: WantedWebhook, providerCampaignId?: string): Promise<ProviderWebhook>;
  remove(id: string, providerCampaignId?: string): Promise<void>;
  /** Switches a webhook on again that the provider switched off. */
  resume(id: string, providerCampaignId?: string): Promise<ProviderWebhook>;
  test(id: string): Promise<WebhookTest>;
}

/** Which part of the delivery log; the days of from and to are included whole. */
export interface DeliveryLogFilter {
  from?: string | undefined;
  to?: string | undefined;
  failedOnly: boolean;
}

/** One try of the provider to deliver an event. */
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
   * The payload that a webhook would have brought, and the one it would have brought had it judged otherwise whether the
   * reply is automatic; undefined for mail that belongs to no lead of a campaign.
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

/** A mailbox that sends. */
export interface ProviderAccount {
  email: string;
  status: EmailAccountStatus;
  status_reason: string | null;
  provider_kind: string | null;
  daily_limit: number | null;
  warmup_status: string | null;
  warmup_score: number | null;
  updated_at: string | null;
}

/** Warm-up of a mailbox: mails sent to warm it up and where they landed. */
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
  /** How warm-up goes, over the period that the provider reports. */
  readWarmup(emails: string[]): Promise<AccountWarmup[]>;
}

/**
 * What a provider may lack. A part that is absent cannot be had there: the steps of a sync that need it end at once, and
 * nothing else says "cannot", no empty list and no error.
 */
export interface ProviderCapabilities {
  /** Its own record of deliveries, to read again what failed or never arrived. */
  readonly deliveryLog?: ProviderDeliveryLog;
  /** For a provider whose failed deliveries are not listed but sent again on request. */
  readonly redelivery?: ProviderRedelivery;
  readonly inbox?: ProviderInbox;
  /** Sent and received mails of a time, to bring back what happened in an outage. */
  readonly mailHistory?: ProviderMailHistory;
  /** Mail by mail what happened, where neither a delivery log nor an inbox tells it. */
  readonly statistics?: ProviderStatistics;
  readonly accounts?: ProviderAccounts;
  /** Customers that the workspace's owner keeps inside of it. */
  readonly organizations?: ProviderOrganizations;
  /** For a provider whose campaigns get schedule, sequence and mailboxes after they are created. */
  readonly campaignSetup?: ProviderCampaignSetup;
}

export interface ProviderOrganizations {
  list(): Promise<ProviderOrganization[]>;
}

export interface ProviderCampaignSetup {
  /** Gives an existing campaign all of its settings; each replaces what is there, so it may run again. */
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
  /** True where calls are so few that a campaign whose totals did not change is not read any further. */
  readonly skipsUnchangedCampaigns: boolean;
  /** True where listLeads narrows its list to what changed since; then such a list does not tell who is gone. */
  readonly narrowsLeads: boolean;
  /** The rows that were left out of lists since the last time this was asked, because they were not as we know them. */
  takeOddRows(): OddRow[];
  /** Reads a delivery as the webhook of this provider does. */
  readDelivery(payload: unknown): WebhookReading;
  readWorkspace(): Promise<Workspace>;
  listCampaigns(cursor: string | undefined): Promise<Page<ProviderCampaign>>;
  findCampaignByName(name: string): Promise<ProviderCampaign | undefined>;
  createCampaign(settings: CampaignSettings): Promise<ProviderCampaign>;
  activateCampaign(providerCampaignId: string): Promise<void>;
  /** Mailboxes of the workspace that may send. */
  listSendingAccounts(): Promise<string[]>;
  addLeads(providerCampaignId: string, leads: OutgoingLead[]): Promise<AddLeadsResult>;
  /** Which of these addresses are in the campaign: address → id at the provider. */
  findLeads(providerCampaignId: string, emails: string[]): Promise<Map<string, string>>;
  readTotals(providerCampaignIds: string[]): Promise<CampaignTotals[]>;
  /** Both days inclusive, YYYY-MM-DD, UTC. */
  readDays(providerCampaignId: string, from: string, to: string): Promise<CampaignDay[]>;
  /** Only what the provider can tell the step and variant of; `cursor` is the `next` of the reading before. */
  readSteps(providerCampaignId: string, cursor?: string): Promise<StepsReading>;
  /** Says what a person thinks of a lead; null takes it back. The provider works it off in its own time. */
  setInterest(providerCampaignId: string, email: string, interest: InterestStatus | null): Promise<void>;
  /** changedSince narrows the list where the provider can; else all leads come. */
  listLeads(
    providerCampaignId: string,
    cursor: string | undefined,
    changedSince?: string,
  ): Promise<Page<ProviderLead>>;
  listLabels(cursor: string | undefined): Promise<Page<ProviderLabel>>;
}
