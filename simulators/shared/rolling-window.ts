/** Counts accepted calls in a rolling window; a refused call does not count (a guess). */
export class RollingWindow {
  #times: number[] = [];
  #first = 0;

  constructor(readonly limit: number, readonly span: number) {}

  hasRoom(now: number): boolean {
    while (this.#first < this.#times.length && (this.#times[this.#first] ?? 0) <= now - this.span) {
      this.#first += 1;
    }
    if (this.#first > 10_000) {
      this.#times = this.#times.slice(this.#first);
      this.#first = 0;
    }
    return this.#times.length - this.#first < this.limit;
  }

  take(now: number): void {
    this.#times.push(now);
  }

  used(now: number): number {
    this.hasRoom(now);
    return this.#times.length - this.#first;
  }

  /** When the next call may go; now, if there is room. */
  freeAt(now: number): number {
    if (this.hasRoom(now)) return now;
    return (this.#times[this.#times.length - this.limit] ?? now) + this.span;
  }
}
