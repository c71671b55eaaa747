import { commonDelivery, type CommonOptions, commonRates } from '../shared/options.ts';
import type { CommonWorkspaceOptions, DeliveryOptions } from '../shared/options.ts';
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
};
export type Behaviour = typeof defaultBehaviour;

/** Instantly publishes none of these numbers. */
export const defaultDelivery: DeliveryOptions = { ...commonDelivery, failuresBeforeSwitchOff: 5 };

/** `GET /emails` has its own, much lower limit. */
export const documentedLimits = { perSecond: 100, perMinute: 6000, emailsPerMinute: 20 };

export interface AccountOptions {
  email: string;
  status?: number;
  dailyLimit?: number;
  tags?: readonly string[];
}

/** A placement test that was made some days ago and is over. */
export interface PlacementTestOptions {
  name?: string;
  /** @default 1 */
  daysAgo?: number;
  /** Test mails by mailbox and place. */
  results: ReadonlyArray<{ email: string; inbox: number; promotions?: number; spam?: number }>;
  /** Blacklists that have the domain of a mailbox; the other domains are on none. */
  blacklists?: Readonly<Record<string, readonly string[]>>;
}

export interface WorkspaceOptions extends CommonWorkspaceOptions {
  placementTests?: readonly PlacementTestOptions[];
  accounts?: ReadonlyArray<string | AccountOptions>;
  labels?: ReadonlyArray<{ label: string; kind: Sentiment; interestStatus?: number }>;
}

export interface InstantlySimulatorOptions extends CommonOptions<WorkspaceOptions, Behaviour, Rates> {
  /** @default the documented 100 a second, 6,000 a minute and 20 email lists a minute */
  limits?: Partial<typeof documentedLimits> | 'off';
  /** How long an accepted interest change waits before it is applied. @default 20 */
  interestDelayMs?: number;
}
