import { availableParallelism } from 'node:os';

/**
 * Three on two cores: a test with a project or a browser waits for a third of its time, so `npm test` took 431 s in place of 574. More than
 * four want more memory than they save time.
 */
export const workersOfThisMachine = (): number => Math.min(4, availableParallelism() + 1);
