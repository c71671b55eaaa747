// What the command line hands to the demo, and what the demo tells it back.
import type { Stack } from './stack.ts';

/** The simulators as the demo needs them; each one's `simulator.ts` has the whole of it. */
export type DemoSimulator = import('./instantly-simulator/simulator.ts').InstantlySimulator;

export type DemoSmartlead = import('./smartlead-simulator/simulator.ts').SmartleadSimulator;

export interface DemoContext {
  stack: Stack;
  simulator: DemoSimulator;
  smartlead: DemoSmartlead;
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

export interface PrepareModule {
  prepareDemo(context: DemoContext): Promise<DemoFacts>;
}

export interface RunModule {
  runDemo(context: DemoContext, facts: DemoFacts): Promise<void>;
}
