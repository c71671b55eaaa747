// What the command line passes to the demo, and what the demo returns.
import type { HubSpotSimulator } from '../../simulators/hubspot/simulator.ts';
import type { InstantlySimulator } from '../../simulators/instantly/simulator.ts';
import type { SmartleadSimulator } from '../../simulators/smartlead/simulator.ts';
import type { Stack } from '../stack/stack.ts';

export interface DemoContext {
  stack: Stack;
  simulator: InstantlySimulator;
  smartlead: SmartleadSimulator;
  hubspot: HubSpotSimulator;
  /** Where functions reach Instantly: the simulator's URL. */
  instantlyApiUrl: string;
  /** Writes one line for the person at the terminal. */
  print: (line: string) => void;
  /** Ends the demo: Ctrl-C, or the stack stops. */
  signal: AbortSignal;
}

/** Days ago at which the providers' time begins in the demo; it never passes the real time. */
export const demoDays = 42;

/** No positive reply gets another label later, because its text would contradict it. */
export const demoRates = { relabel: 0 };

/** Kept in `.replyloop/stack.json`, printed by `npm run status -- -o env`. */
export interface DemoFacts {
  webhookUrl: string;
  webhookHeader: string;
  webhookSecret: string;
}
