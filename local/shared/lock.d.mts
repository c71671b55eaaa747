// The types of lock.mjs.
export interface Lock {
  /** A process that must end too before the lock is free. */
  share(pid: number | undefined): void;
  release(): void;
}

/** Waits until the lock is free and takes it; `onWait` is called once when somebody else has it. */
export function acquireLock(path: string, onWait: (holder: string) => void): Promise<Lock>;
export function describe(pid: number): string;
export function isAlive(line: string): boolean;
