/** How often somebody may ask, counted in the memory of this isolate: nothing is written down about who asked. */

/** Addresses that are remembered at most; the oldest is forgotten first. */
const maxKnown = 10_000;

/** `most` turns in `period` milliseconds; gives 0, or the seconds to wait. Without an address nobody can be told apart. */
export function createTurns(
  { most, period, now }: { most: number; period: number; now: () => number },
): (address: string) => number {
  const known = new Map<string, { until: number; turns: number }>();
  return (address) => {
    if (address === '') return 0;
    const at = now();
    let one = known.get(address);
    if (!one || one.until <= at) {
      one = { until: at + period, turns: 0 };
      known.delete(address);
      known.set(address, one);
      if (known.size > maxKnown) known.delete(known.keys().next().value!);
    }
    one.turns++;
    return one.turns > most ? Math.ceil((one.until - at) / 1000) : 0;
  };
}
