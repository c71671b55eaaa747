import { hour } from './time.ts';

export interface AdvanceOptions {
  days?: number;
  hours?: number;
  minutes?: number;
  to?: string | Date;
}

const beatMs = 100;

/** Moves simulated time, one advance after the other and never past the real now. */
export class SimulatorClock {
  #last: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;
  hoursPerSecond = 0;

  constructor(
    readonly world: { readonly simulatedNow: number },
    readonly engine: { advanceTo: (target: number) => Promise<void> },
    readonly now: () => Date,
  ) {}

  advance({ days = 0, hours = 0, minutes = 0, to }: AdvanceOptions): Promise<void> {
    const by = (days * 24 + hours + minutes / 60) * hour;
    const target = to === undefined ? undefined : new Date(to).getTime();
    if (Number.isNaN(by) || Number.isNaN(target)) throw new Error('Cannot advance: not a number or date');
    const run = this.#last.then(() => {
      if (this.#stopped) return;
      return this.engine.advanceTo(Math.min(target ?? this.world.simulatedNow + by, this.now().getTime()));
    });
    this.#last = run.catch(() => undefined);
    return run;
  }

  run(hoursPerSecond: number): void {
    if (!(hoursPerSecond > 0)) throw new Error('Cannot run: hoursPerSecond must be above zero');
    this.pause();
    this.hoursPerSecond = hoursPerSecond;
    const schedule = (): void => {
      const started = Date.now();
      const mine = this.#timer = setTimeout(async () => {
        await this.advance({ hours: (hoursPerSecond * (Date.now() - started)) / 1000 })
          .catch((error: unknown) => console.error('The simulated clock failed', error));
        // Paused or restarted meanwhile: whoever did that owns the timer now.
        if (this.#timer === mine) schedule();
      }, beatMs);
    };
    schedule();
  }

  pause(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.hoursPerSecond = 0;
  }

  async stop(): Promise<void> {
    this.pause();
    this.#stopped = true;
    await this.#last;
  }
}
