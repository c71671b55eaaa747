const hour = 3_600_000;
const formatters = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, number>();

/**
 * Difference between local time in the zone and UTC. Cached by zone and quarter hour, because
 * formatting takes several microseconds and the engine asks for every tick.
 */
export function zoneOffset(zone: string, instant: number): number {
  const quarter = Math.floor(instant / (hour / 4));
  const key = `${zone} ${quarter}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  let formatter = formatters.get(zone);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
    formatters.set(zone, formatter);
  }
  const start = quarter * (hour / 4);
  const part = new Map(formatter.formatToParts(start).map(({ type, value }) => [type, Number(value)]));
  const local = Date.UTC(
    part.get('year') ?? 1970,
    (part.get('month') ?? 1) - 1,
    part.get('day') ?? 1,
    part.get('hour') ?? 0,
    part.get('minute') ?? 0,
  );
  if (offsets.size > 50_000) offsets.clear();
  offsets.set(key, local - start);
  return local - start;
}
