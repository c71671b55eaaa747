import { type CommonOptions, type CommonRates, commonRates } from '../shared/options.ts';
import type { RateLimitOption } from './rate-limit.ts';
import type { Sentiment, WorkspaceAccess } from './types.ts';

export interface Rates extends CommonRates {
  /** Weight of each first category, by name; `custom` stands for the workspace's own categories. */
  categoryMix: Readonly<Record<string, number>>;
}

export const defaultRates: Rates = {
  ...commonRates,
  categoryMix: {
    Interested: 36,
    'Meeting Request': 6,
    'Information Request': 6,
    'Not Interested': 30,
    'Do Not Contact': 6,
    'Wrong Person': 8,
    custom: 8,
  },
};

/** Points where the public sources disagree or are silent; the first value named is the default. */
export interface Behaviour {
  /** What reading a campaign or lead that does not exist answers. */
  missing: 'empty-object' | 'empty-body' | 'not-found';
  /** Body of an error: seen live, the guide's nested one, or the OpenAPI's flat one. */
  errorScheme: 'live' | 'nested' | 'flat';
  validationStatus: 400 | 422;
  /** The 429 of the guide with `Retry-After`, or the text seen live without it. */
  rateLimitAnswer: 'documented' | 'live';
  /** Whether answers carry `x-ratelimit-*`; they only speak of the minute. */
  rateLimitHeaders: boolean;
  /** Largest `lead_list`: 400 live and in today's docs, 350 on one page, 100 in older ones. */
  leadsPerCall: number;
  customFieldsPerLead: number;
  /** What `ignore_duplicate_leads_in_other_campaign: true` does: leaves such leads out (live), or lets them in (its name). */
  duplicatesFlag: 'true-skips' | 'true-allows';
  /** Days in `/schedule`: 0–6 from Sunday (OpenAPI), or 1–7 from Monday (one client). */
  weekdays: 'sunday-is-0' | 'monday-is-1';
  /** Whether the totals of a campaign also hold those of its subsequences. */
  parentIncludesSubsequences: boolean;
  /** What `reply_count` counts. */
  replyCount: 'leads' | 'replies';
  replyCountIncludesAutomatic: boolean;
  /** An automatic reply stands on every unanswered row of its lead, or only on its own. */
  automaticRepliesOn: 'every-row' | 'own-row';
  /** Whether rows of `/statistics` carry `ignore_reply`. */
  showIgnoreReply: boolean;
  /** What the day-wise series counts. */
  dayWiseCounts: 'leads' | 'events';
  /** `"1 Jan"` or `"01 Jan"`. */
  dayWiseDate: 'short' | 'padded';
  /** Whether a webhook may be saved without categories. */
  emptyCategories: 'allowed' | 'refused';
  /** The `/webhook/create` family, which is in the docs only. */
  accountWebhooks: 'documented' | 'missing';
  /** Event names as seen live, or as some pages of the docs print them (`EMAIL_REPLIED`). */
  eventNames: 'live' | 'printed';
  /** `from_email` of a reply is our mailbox (captures), or the prospect (one production note). */
  replyDirection: 'as-sent' | 'inverted';
  correspondenceKey: 'leadCorrespondence' | 'lead_correspondence';
  /** A reply as captured, as the official example has it (both sides and `reply_body` only), or nested as the core docs do. */
  replyShape: 'captured' | 'official' | 'nested';
  /** What a changed category is told by: everything, its new name only, or its number only. */
  categoryShape: 'full' | 'name' | 'number';
  /** News of mailboxes and of bounces as flat bodies, or as `{ type, data }` of the help centre. */
  noticeShape: 'flat' | 'typed';
  /** One `secret_key` for the whole workspace, or one for each webhook. */
  secretKeyPer: 'workspace' | 'webhook';
  /** Whether deliveries carry `X-Smartlead-Signature`, `X-Request-Id` and `X-Webhook-Level`. */
  signature: 'absent' | 'present';
  /** Whether saving a webhook sends the test event with placeholder values (the UI does). */
  testEventOnSave: boolean;
  /** Whether calls without a user agent, or with a default Python one, are refused at the edge. */
  refuseMissingUserAgent: boolean;
}

export const defaultBehaviour: Behaviour = {
  missing: 'empty-object',
  errorScheme: 'live',
  validationStatus: 400,
  rateLimitAnswer: 'documented',
  rateLimitHeaders: true,
  leadsPerCall: 400,
  customFieldsPerLead: 200,
  duplicatesFlag: 'true-skips',
  weekdays: 'sunday-is-0',
  parentIncludesSubsequences: true,
  replyCount: 'leads',
  replyCountIncludesAutomatic: false,
  automaticRepliesOn: 'every-row',
  showIgnoreReply: true,
  dayWiseCounts: 'leads',
  dayWiseDate: 'short',
  emptyCategories: 'allowed',
  accountWebhooks: 'documented',
  eventNames: 'live',
  replyDirection: 'as-sent',
  correspondenceKey: 'leadCorrespondence',
  replyShape: 'captured',
  categoryShape: 'full',
  noticeShape: 'flat',
  secretKeyPer: 'workspace',
  signature: 'absent',
  testEventOnSave: false,
  refuseMissingUserAgent: true,
};

/** Webhook delivery. All of these are real milliseconds. */
export interface DeliveryOptions {
  /** The docs say 30 seconds. */
  timeoutMs: number;
  /** Gaps before the retries of a time-out or 5xx; a 4xx is given up at once. */
  retryDelaysMs: readonly number[];
  /** Whether 4xx answers are retried as well. */
  retryRefusals: boolean;
  /** Deliveries that may be given up in a row before a webhook is switched off; the docs name no such number. */
  failuresBeforeSwitchOff: number | null;
  concurrency: number;
  logSize: number;
  /** Key of `X-Smartlead-Signature`. */
  signingSecret: string;
}

export const defaultDelivery: DeliveryOptions = {
  timeoutMs: 30_000,
  retryDelaysMs: [1000, 5000, 30_000],
  retryRefusals: false,
  failuresBeforeSwitchOff: null,
  concurrency: 8,
  logSize: 20_000,
  signingSecret: 'webhook-signing-secret',
};

export interface AccountOptions {
  email: string;
  name?: string;
  type?: 'GMAIL' | 'OUTLOOK' | 'SMTP' | 'ZOHO';
  /** `message_per_day`. @default 50 */
  dailyLimit?: number;
  /** Name or id of one of the workspace's clients. */
  client?: string | number;
  smtpFailure?: string;
  imapFailure?: string;
}

export interface WorkspaceOptions {
  id?: string;
  name?: string;
  keys?: readonly string[];
  accounts?: ReadonlyArray<string | AccountOptions>;
  /** Client organisations of the workspace. */
  clients?: ReadonlyArray<string | { name: string; id?: number; email?: string }>;
  /** Own categories, beside the seven built-in ones. */
  labels?: ReadonlyArray<{ label: string; kind: Sentiment; categoryId?: number }>;
  /** Addresses and domains of the global block list. */
  blockList?: readonly string[];
  /** Addresses of the community bounce list. */
  bounceList?: readonly string[];
  access?: WorkspaceAccess;
  /** Leads that may still be uploaded. */
  remainingInPlan?: number;
  /** Comes back in every webhook body. */
  secretKey?: string;
}

export interface SmartleadSimulatorOptions extends CommonOptions<WorkspaceOptions> {
  /** @default 'standard': 10 a second, 60 a minute, 1,000 an hour */
  limits?: RateLimitOption;
  /** Milliseconds on which the limits run, so that a test need not wait an hour. @default real time */
  rateClock?: () => number;
  behaviour?: Partial<Behaviour>;
  rates?: Partial<Rates>;
  delivery?: Partial<DeliveryOptions>;
}
