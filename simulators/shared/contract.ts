import type { AdvanceOptions } from './clock.ts';
import type { Faults } from './faults.ts';
import type { EventRecord, WorkspaceAccess } from './records.ts';
import type { LoggedRequest, RequestFilter } from './request-log.ts';

/** The types in which the simulators differ. */
export interface Kinds {
  workspaceOptions: { id?: string };
  summary: unknown;
  emit: unknown;
  truth: unknown;
  /** Faults that only this provider has. */
  fault: string;
}

export interface SimulatorState<Summary> {
  simulatedNow: string;
  hoursPerSecond: number;
  pendingDeliveries: number;
  workspaces: Summary[];
}

/** What a simulator offers the process that started it and, below `/_simulator`, others on this machine. */
export interface Simulator<Kind extends Kinds = Kinds> {
  /** Without a trailing slash and without the root of the API. */
  readonly url: string;
  readonly port: number;
  readonly faults: Pick<Faults<Kind['fault']>, 'set' | 'clear' | 'current'>;
  simulatedNow: () => Date;
  createWorkspace: (options?: Kind['workspaceOptions']) => Kind['summary'];
  setAccess: (workspaceId: string, access: WorkspaceAccess) => void;
  /** How many more leads the workspace's plan takes. */
  setRemainingInPlan: (workspaceId: string, leads: number) => void;
  /** Moves simulated time on and plays what happens, never past the real now. */
  advance: (by: AdvanceOptions) => Promise<void>;
  /** Lets simulated time flow until `pause`. */
  run: (speed: { hoursPerSecond: number }) => void;
  pause: () => void;
  emit: (event: Kind['emit']) => EventRecord | undefined;
  truth: (campaignId?: string | number) => Kind['truth'][];
  state: () => SimulatorState<Kind['summary']>;
  /** Calls of the API; keys are never kept. */
  requests: (filter?: RequestFilter) => LoggedRequest[];
  /** Resolves when no webhook is queued, under way or waiting for a retry. */
  deliveriesSettled: () => Promise<void>;
  save: () => Promise<void>;
  /** Back to the state of a first start, with the workspaces of the options. */
  reset: () => void;
  stop: () => Promise<void>;
}
