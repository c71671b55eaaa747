export interface AdvanceOptions {
  days?: number;
  hours?: number;
  minutes?: number;
  /** Goes to this instant instead. */
  to?: string | Date;
}

/** What plays the events up to an instant. */
interface Engine {
  advanceTo: (target: number) => Promise<void>;
}

const hour = 3_600_000;
const beatMs = 100;

/** Moves simulated time, one advance after the other and never past the real now. */
export class SimulatorClock {
  #last: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #speed = 0;
  #stopped = false;

  constructor(
    readonly world: { readonly simulatedNow: number },
    readonly engine: Engine,
    readonly now: () => Date,
  ) {}

  get hoursPerSecond(): number {
    return this.#speed;
  }

  advance({ days = 0, hours = 0, minutes = 0, to }: AdvanceOptions): Promise<void> {
    const by = days * 24 * hour + hours * hour + (minutes * hour) / 60;
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
    this.#speed = hoursPerSecond;
    const beat = async (started: number): Promise<void> => {
      const mine = this.#timer;
      try {
        await this.advance({ hours: (hoursPerSecond * (Date.now() - started)) / 1000 });
      } catch (error) {
        console.error('The simulated clock failed', error);
      }
      // Paused or restarted meanwhile: whoever did that owns the timer now.
      if (this.#timer === mine && mine !== undefined) schedule();
    };
    const schedule = (): void => {
      const started = Date.now();
      this.#timer = setTimeout(() => void beat(started), beatMs);
    };
    schedule();
  }

  pause(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#speed = 0;
  }

  async stop(): Promise<void> {
    this.pause();
    this.#stopped = true;
    await this.#last;
  }
}
