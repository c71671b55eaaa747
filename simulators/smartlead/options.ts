import { commonDelivery, type CommonOptions, commonRates } from '../shared/options.ts';
import type { CommonWorkspaceOptions, DeliveryOptions } from '../shared/options.ts';
import type { Sentiment } from '../shared/records.ts';

export const defaultRates = {
  ...commonRates,
  /** Weight of each first category, by name; `custom` stands for the workspace's own categories. */
  categoryMix: {
    Interested: 36,
    'Meeting Request': 6,
    'Information Request': 6,
    'Not Interested': 30,
    'Do Not Contact': 6,
    'Wrong Person': 8,
    custom: 8,
  } as Readonly<Record<string, number>>,
};
export type Rates = typeof defaultRates;

/** Points where the public sources disagree or are silent, with what is taken by default. */
export const defaultBehaviour = {
  /** What reading a campaign or lead that does not exist answers. */
  missing: 'empty-object' as 'empty-object' | 'empty-body' | 'not-found',
  /** Body of an error: seen live, the guide's nested one, or the OpenAPI's flat one. */
  errorScheme: 'live' as 'live' | 'nested' | 'flat',
  validationStatus: 400 as 400 | 422,
  /** The 429 of the guide with `Retry-After`, or the text seen live without it. */
  rateLimitAnswer: 'documented' as 'documented' | 'live',
  /** Whether answers carry `x-ratelimit-*`; they only speak of the minute. */
  rateLimitHeaders: true,
  /** What `ignore_duplicate_leads_in_other_campaign: true` does: leaves such leads out (live), or lets them in (its name). */
  duplicatesFlag: 'true-skips' as 'true-skips' | 'true-allows',
  /** Days in `/schedule`: 0–6 from Sunday (OpenAPI), or 1–7 from Monday (one client). */
  weekdays: 'sunday-is-0' as 'sunday-is-0' | 'monday-is-1',
  /** Whether a webhook may be saved without categories. */
  emptyCategories: 'allowed' as 'allowed' | 'refused',
  /** The `/webhook/create` family, which is in the docs only. */
  accountWebhooks: 'documented' as 'documented' | 'missing',
  /** Event names as seen live, or as some pages of the docs print them (`EMAIL_REPLIED`). */
  eventNames: 'live' as 'live' | 'printed',
  /** `from_email` of a reply is our mailbox (captures), or the prospect (one production note). */
  replyDirection: 'as-sent' as 'as-sent' | 'inverted',
  correspondenceKey: 'leadCorrespondence' as 'leadCorrespondence' | 'lead_correspondence',
  /** A reply as captured, as the official example has it (both sides and `reply_body` only), or nested as the core docs do. */
  replyShape: 'captured' as 'captured' | 'official' | 'nested',
  /** What a changed category is told by: everything, or its number only. */
  categoryShape: 'full' as 'full' | 'number',
  /** One `secret_key` for the whole workspace, or one for each webhook. */
  secretKeyPer: 'workspace' as 'workspace' | 'webhook',
  /** Whether deliveries carry `X-Smartlead-Signature`, `X-Request-Id` and `X-Webhook-Level`. */
  signature: 'absent' as 'absent' | 'present',
  /** Whether saving a webhook sends the test event with placeholder values (the UI does). */
  testEventOnSave: false,
};
export type Behaviour = typeof defaultBehaviour;

/** A time-out or 5xx is retried; a 4xx is given up at once. The docs name this time-out, and no switch-off. */
export const defaultDelivery: DeliveryOptions = { ...commonDelivery, timeoutMs: 30_000 };

const standardLimits = {
  perSecond: 10,
  perMinute: 60,
  perHour: 1000,
  /** Calls below `/analytics` and `/campaigns/:id/analytics…`, on top of the others. */
  analyticsPerMinute: Infinity,
};

/** The numbers that the sources name; `live` is the one behind the 429 text that was really seen. */
export const namedLimits = {
  standard: standardLimits,
  live: { perSecond: Infinity, perMinute: 200, perHour: Infinity, analyticsPerMinute: Infinity },
};

export interface AccountOptions {
  email: string;
  /** `message_per_day`. @default 50 */
  dailyLimit?: number;
  client?: string;
  smtpFailure?: string | null;
}

export interface WorkspaceOptions extends CommonWorkspaceOptions {
  accounts?: ReadonlyArray<string | AccountOptions>;
  clients?: ReadonlyArray<string | { name: string; id?: number }>;
  labels?: ReadonlyArray<{ label: string; kind: Sentiment }>;
  bounceList?: readonly string[];
  secretKey?: string;
}

export interface SmartleadSimulatorOptions extends CommonOptions<WorkspaceOptions, Behaviour, Rates> {
  /** @default 'standard': 10 a second, 60 a minute, 1,000 an hour */
  limits?: keyof typeof namedLimits | Partial<typeof standardLimits> | 'off';
  /** Milliseconds on which the limits run, so that a test need not wait an hour. @default real time */
  rateClock?: () => number;
}
