// What the command line hands to the demo, and what the demo tells it back.
import type { InstantlySimulator } from '../../simulators/instantly/simulator.ts';
import type { SmartleadSimulator } from '../../simulators/smartlead/simulator.ts';
import type { Stack } from '../stack/stack.ts';

export interface DemoContext {
  stack: Stack;
  simulator: InstantlySimulator;
  smartlead: SmartleadSimulator;
  /** Where functions reach Instantly: the simulator's address. */
  instantlyApiUrl: string;
  /** Writes one line for the person at the terminal. */
  print: (line: string) => void;
  /** Ends the demo: Ctrl-C, or the stack stops. */
  signal: AbortSignal;
}

/** So long ago the providers' time begins in the demo; it never passes the real one. */
export const demoDays = 42;

/** A positive reply stays positive in the demo: its text would contradict the later label. */
export const demoRates = { relabel: 0 };

/** Kept in `.replyloop/stack.json`, printed by `npm run status -- -o env`. */
export interface DemoFacts {
  webhookUrl: string;
  webhookHeader: string;
  webhookSecret: string;
}
