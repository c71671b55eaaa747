import { type CommonOptions, commonRates, type CommonWorkspaceOptions } from '../shared/options.ts';
import type { CommonDeliveryOptions } from '../shared/delivery.ts';
import type { Sentiment } from '../shared/records.ts';

export const defaultRates = {
  ...commonRates,
  /** Weight of each first label; a key is an interest number, or `custom` for the workspace's own labels. */
  interestMix: { '1': 40, '2': 6, '-1': 32, '-2': 8, '0': 4, custom: 10 } as Readonly<Record<string, number>>,
};
export type Rates = typeof defaultRates;

/** Points where the public sources disagree or are silent, with what is taken by default. */
export const defaultBehaviour = {
  /** `limit` above the documented maximum of 100. */
  limitOver100: 'reject' as 'reject' | 'empty',
  /** Unknown keys in strict bodies. */
  unknownKeys: 'reject' as 'reject' | 'strip',
  /** Status when the key lacks the scope. */
  missingScopeStatus: 403 as 403 | 401,
  /** Number of the first step in `/campaigns/analytics/steps`, as text; the variant always starts at 0. */
  firstStepInAnalytics: 0 as 0 | 1,
  /** Whether a bare date as `end_date` includes that day; the contract says midnight, so it does not. */
  endDateCoversDay: false,
  /** Whether `reply_count` and `replies` also count automatic replies. */
  repliesIncludeAutomatic: false,
  /** Whether days without any activity are listed with zeros. */
  zeroFillDays: false,
  /** Whether a full last page still carries a cursor. */
  cursorOnFullLastPage: true,
  /** Whether calls without a user agent, or with the default Python one, are refused at the edge. */
  refuseMissingUserAgent: true,
};
export type Behaviour = typeof defaultBehaviour;

/** Webhook delivery; Instantly publishes none of these numbers. All of them are real milliseconds. */
export interface DeliveryOptions extends CommonDeliveryOptions {
  /** How many groups (a first try and its retries) may fail in a row before the webhook is switched off. */
  failedGroupsBeforeSwitchOff: number;
}

export const defaultDelivery: DeliveryOptions = {
  timeoutMs: 10_000,
  retryDelaysMs: [1000, 5000, 30_000],
  failedGroupsBeforeSwitchOff: 5,
  concurrency: 8,
  logSize: 20_000,
};

/** `GET /emails` has its own, much lower limit. */
export const documentedLimits = { perSecond: 100, perMinute: 6000, emailsPerMinute: 20 };

interface AccountOptions {
  email: string;
  firstName?: string;
  lastName?: string;
  status?: number;
  dailyLimit?: number;
  /** Labels of the mailbox. */
  tags?: readonly string[];
}

export interface WorkspaceOptions extends CommonWorkspaceOptions {
  /** A bare string is a key with every scope. */
  keys?: ReadonlyArray<string | { key: string; scopes: readonly string[] }>;
  accounts?: ReadonlyArray<string | AccountOptions>;
  labels?: ReadonlyArray<{ label: string; kind: Sentiment; interestStatus?: number }>;
  defaultOpportunityValue?: number | null;
}

export interface InstantlySimulatorOptions extends CommonOptions<WorkspaceOptions> {
  /** @default the documented 100 a second, 6,000 a minute and 20 email lists a minute */
  limits?: Partial<typeof documentedLimits> | 'off';
  behaviour?: Partial<Behaviour>;
  rates?: Partial<Rates>;
  delivery?: Partial<DeliveryOptions>;
  /** How long an accepted interest change waits before it is applied. @default 20 */
  interestDelayMs?: number;
}
