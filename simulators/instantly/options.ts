import { type CommonOptions, type CommonRates, commonRates } from '../shared/options.ts';
import type { RateLimits } from './rate-limit.ts';
import type { WorkspaceAccess } from './types.ts';

export interface Rates extends CommonRates {
  /** Weight of each first label; a key is an interest number, or `custom` for the workspace's own labels. */
  interestMix: Readonly<Record<string, number>>;
}

export const defaultRates: Rates = {
  ...commonRates,
  interestMix: { '1': 40, '2': 6, '-1': 32, '-2': 8, '0': 4, custom: 10 },
};

/** Points where the public sources disagree or are silent; the first value named is the default. */
export interface Behaviour {
  /** `limit` above 100: 400 by the schema, an empty list by one report. */
  limitOver100: 'reject' | 'empty';
  /** Unknown keys in strict bodies. */
  unknownKeys: 'reject' | 'strip';
  /** Status when the key lacks the scope. */
  missingScopeStatus: 403 | 401;
  /** Number of the first step in `/campaigns/analytics/steps`, as text; the variant always starts at 0. */
  firstStepInAnalytics: 0 | 1;
  /** Whether a bare date as `end_date` includes that day; the contract says midnight, so it does not. */
  endDateCoversDay: boolean;
  /** Whether `reply_count` and `replies` also count automatic replies. */
  repliesIncludeAutomatic: boolean;
  /** Whether days without any activity are listed with zeros. */
  zeroFillDays: boolean;
  /** Whether a full last page still carries a cursor. */
  cursorOnFullLastPage: boolean;
  /** Whether calls without a user agent, or with the default Python one, are refused at the edge. */
  refuseMissingUserAgent: boolean;
}

export const defaultBehaviour: Behaviour = {
  limitOver100: 'reject',
  unknownKeys: 'reject',
  missingScopeStatus: 403,
  firstStepInAnalytics: 0,
  endDateCoversDay: false,
  repliesIncludeAutomatic: false,
  zeroFillDays: false,
  cursorOnFullLastPage: true,
  refuseMissingUserAgent: true,
};

/** Webhook delivery; Instantly publishes none of these numbers. All of them are real milliseconds. */
export interface DeliveryOptions {
  timeoutMs: number;
  retryDelaysMs: readonly number[];
  /** How many groups (a first try and its retries) may fail in a row before the webhook is switched off. */
  failedGroupsBeforeSwitchOff: number;
  concurrency: number;
  /** Oldest rows of `/webhook-events` are forgotten above this number, per workspace. */
  logSize: number;
}

export const defaultDelivery: DeliveryOptions = {
  timeoutMs: 10_000,
  retryDelaysMs: [1000, 5000, 30_000],
  failedGroupsBeforeSwitchOff: 5,
  concurrency: 8,
  logSize: 20_000,
};

export interface AccountOptions {
  email: string;
  firstName?: string;
  lastName?: string;
  status?: number;
  dailyLimit?: number;
}

export interface WorkspaceOptions {
  id?: string;
  name?: string;
  /** A bare string is a key with every scope. */
  keys?: ReadonlyArray<string | { key: string; scopes: readonly string[] }>;
  accounts?: ReadonlyArray<string | AccountOptions>;
  blockList?: readonly string[];
  labels?: ReadonlyArray<
    { label: string; kind: 'positive' | 'negative' | 'neutral'; interestStatus?: number }
  >;
  access?: WorkspaceAccess;
  /** Upload quota left, shown as `remaining_in_plan`. */
  remainingInPlan?: number;
  defaultOpportunityValue?: number | null;
}

export interface InstantlySimulatorOptions extends CommonOptions<WorkspaceOptions> {
  /** @default the documented 100 a second, 6,000 a minute and 20 email lists a minute */
  limits?: Partial<RateLimits> | 'off';
  behaviour?: Partial<Behaviour>;
  rates?: Partial<Rates>;
  delivery?: Partial<DeliveryOptions>;
  /** How long an accepted interest change waits before it is applied. @default 20 */
  interestDelayMs?: number;
}
