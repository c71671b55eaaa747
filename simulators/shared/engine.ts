import { setImmediate as nextTurn } from 'node:timers/promises';
import { Agenda, type Planned } from './agenda.ts';

/** Sending is decided on this grid, in milliseconds. */
export const tick = 5 * 60_000;

/**
 * Plays what active campaigns do over time. Sending is decided on a fixed grid of five minutes and everything
 * else sits in the agenda, so many small advances give the same events as one large advance.
 */
export abstract class SteppedEngine<Item extends Planned, Active> {
  readonly agenda = new Agenda<Item>();
  /** Only today's numbers matter, so they are not saved. */
  protected readonly accountUse = new AccountUse();
  readonly #world: { simulatedNow: number; dirty: boolean };
  #lastTick: number;

  constructor(world: { simulatedNow: number; dirty: boolean }) {
    this.#world = world;
    this.#lastTick = Math.floor(world.simulatedNow / tick) * tick;
  }

  /** The campaigns that send now. */
  protected abstract listActive(): Active[];
  /** Plans what one of them sends within the tick that begins. */
  protected abstract planSending(active: Active, at: number): void;
  /** Lets something planned happen. */
  protected abstract act(item: Item): void;

  /** Call after the clock was set from outside, when a state is loaded or reset. */
  alignToClock(): void {
    this.#lastTick = Math.floor(this.#world.simulatedNow / tick) * tick;
    this.accountUse.clear();
  }

  /** Runs until the given instant, letting other work in between so the server keeps answering. */
  async advanceTo(target: number): Promise<void> {
    let handled = 0;
    while (true) {
      const active = this.listActive();
      if (active.length === 0) this.#lastTick = Math.max(this.#lastTick, Math.floor(target / tick) * tick);
      const nextTick = active.length > 0 ? this.#lastTick + tick : Infinity;
      const nextItem = this.agenda.next?.at ?? Infinity;
      const next = Math.min(nextTick, nextItem);
      if (next > target) break;
      this.#world.simulatedNow = Math.max(this.#world.simulatedNow, next);
      if (nextItem <= nextTick) {
        const item = this.agenda.take();
        if (item !== undefined) this.act(item);
      } else {
        this.#lastTick = nextTick;
        for (const campaign of active) this.planSending(campaign, nextTick);
      }
      handled += 1;
      if (handled % 200 === 0) await nextTurn();
    }
    this.#world.simulatedNow = Math.max(this.#world.simulatedNow, target);
    this.#world.dirty = true;
  }
}

/** Emails per mailbox and local day. */
export class AccountUse {
  readonly #sent = new Map<string, number>();

  clear(): void {
    this.#sent.clear();
  }

  /** A lead hears from the same mailbox throughout; new leads go to the least used one. */
  choose(
    accounts: ReadonlyArray<{ email: string; perDay: number }>,
    own: string | null | undefined,
    day: string,
  ): string | undefined {
    const use = (email: string) => this.#sent.get(`${day} ${email}`) ?? 0;
    const free = accounts.filter(({ email, perDay }) => use(email) < perDay);
    const [leastUsed] = free.toSorted((one, other) => use(one.email) - use(other.email));
    const chosen = free.find(({ email }) => email === own) ?? leastUsed;
    if (chosen === undefined) return undefined;
    if (this.#sent.size > 5000) this.#sent.clear();
    this.#sent.set(`${day} ${chosen.email}`, use(chosen.email) + 1);
    return chosen.email;
  }
}
