import { dayLength } from './time.ts';
import type { WorkspaceAccess } from './records.ts';

/** Chance of each thing per email sent, unless the comment says otherwise. */
export const commonRates = {
  open: 0.42,
  /** Chance of one more open after each open. */
  repeatedOpen: 0.35,
  click: 0.05,
  reply: 0.045,
  autoReply: 0.02,
  /** Per lead, decided with the first email. */
  bounce: 0.02,
  unsubscribe: 0.008,
  /** Chance that a human reply gets a label at all. */
  labelled: 0.85,
  /** Chance that a positive label is later turned into a negative one. */
  relabel: 0.12,
  /** Chance of moving one stage on, from interest to a meeting. */
  progress: 0.4,
  /** So many leads of a campaign, the first ones, answer its first email within two hours, whatever the chances. */
  sureReplies: 0,
};
export type CommonRates = typeof commonRates;

/** All times are real milliseconds. */
export const commonDelivery = {
  timeoutMs: 10_000,
  retryDelaysMs: [1000, 5000, 30_000] as readonly number[],
  concurrency: 8,
  /** Oldest rows of the log are forgotten above this number, per workspace. */
  logSize: 20_000,
  /** Deliveries, each with its retries, that may fail in a row before a webhook is switched off. */
  failuresBeforeSwitchOff: Infinity,
};
export type DeliveryOptions = typeof commonDelivery;

export interface CommonWorkspaceOptions {
  id?: string;
  name?: string;
  blockList?: readonly string[];
  access?: WorkspaceAccess;
  remainingInPlan?: number;
  /** A bare string is a key with every scope. */
  keys?: ReadonlyArray<string | { key: string; scopes: readonly string[] }>;
}

export interface CommonOptions<WorkspaceOptions, Behaviour = object, Rates = CommonRates> {
  behaviour?: Partial<Behaviour>;
  rates?: Partial<Rates>;
  delivery?: Partial<DeliveryOptions>;
  /** @default 0, any free port */
  port?: number;
  /** Where the state is kept between runs; without it nothing is written. */
  stateFile?: string;
  seed?: number;
  /** Added to every API answer. @default 0 */
  latencyMs?: number;
  workspaces?: readonly WorkspaceOptions[];
  /** Real time, which simulated time never passes. */
  now?: () => Date;
  /** Where simulated time begins. @default 14 days before `now` */
  startAt?: Date;
  /** Simulated hours per real second from the start on; 0 leaves the clock to `advance` and `run`. @default 0 */
  timeScale?: number;
  /** How many API calls the request log remembers. @default 2000 */
  requestLogSize?: number;
}

export const firstInstant = ({ startAt, now }: CommonOptions<unknown>): number =>
  startAt?.getTime() ?? (now?.() ?? new Date()).getTime() - 14 * dayLength;
