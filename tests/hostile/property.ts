// What one kind of input must hold to.
import type fc from 'fast-check';

export interface Property {
  name: string;
  /** Of all cases. */
  share: number;
  check: fc.IAsyncProperty<unknown[]> | fc.IAsyncPropertyWithHooks<unknown[]>;
  /** What must hold once all cases were sent. */
  after?: () => Promise<string[]>;
}
