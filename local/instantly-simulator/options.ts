import type { RateLimits } from './rate-limit.ts';
import type { WorkspaceAccess } from './types.ts';

/** Chance of each thing per email sent, unless the comment says otherwise. */
export interface Rates {
  open: number;
  /** Chance of one more open after each open. */
  repeatedOpen: number;
  click: number;
  reply: number;
  autoReply: number;
  /** Per lead, decided with the first email. */
  bounce: number;
  unsubscribe: number;
  /** Chance that a human reply gets labelled at all. */
  labelled: number;
  /** Chance that a positive label is later turned into a negative one. */
  relabel: number;
  /** Chance of moving one stage on: interested, meeting booked, meeting completed, won. */
  progress: number;
  /** Weight of each first label; a key is an interest number, or `custom` for the workspace's own labels. */
  interestMix: Readonly<Record<string, number>>;
}

export const defaultRates: Rates = {
  open: 0.42,
  repeatedOpen: 0.35,
  click: 0.05,
  reply: 0.045,
  autoReply: 0.02,
  bounce: 0.02,
  unsubscribe: 0.008,
  labelled: 0.85,
  relabel: 0.12,
  progress: 0.4,
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

export interface InstantlySimulatorOptions {
  /** @default 0, any free port */
  port?: number;
  /** @default '127.0.0.1' */
  host?: string;
  /** Where the state is kept between runs; without it nothing is written. */
  stateFile?: string;
  /** @default 5000 */
  saveEveryMs?: number;
  /** @default 1 */
  seed?: number;
  /** Added to every API answer. @default 0 */
  latencyMs?: number;
  /** @default the documented 100 a second, 6,000 a minute and 20 email lists a minute */
  limits?: Partial<RateLimits> | 'off';
  /** Shorthand for `behaviour.limitOver100`. */
  defaultLimitOver100?: 'reject' | 'empty';
  behaviour?: Partial<Behaviour>;
  rates?: Partial<Rates>;
  delivery?: Partial<DeliveryOptions>;
  workspaces?: readonly WorkspaceOptions[];
  /** Real time, which simulated time never passes. */
  now?: () => Date;
  /** Where simulated time begins. @default 14 days before `now` */
  startAt?: Date;
  /** Simulated hours per real second from the start on; 0 leaves the clock to `advance` and `run`. @default 0 */
  timeScale?: number;
  /** How long an accepted interest change waits before it is applied. @default 20 */
  interestDelayMs?: number;
  /** How many API calls the request log remembers. @default 2000 */
  requestLogSize?: number;
}
