// Days under a chart at regular distances, so that the eye can count them.
const distances = {
  day: [1, 2, 7, 14, 28, 56],
  week: [1, 2, 4, 13, 26, 52],
} as const;

/** Every so many points, from the last one back: today is always named. */
export function regularTicks(points: readonly string[], unit: keyof typeof distances, most = 7): string[] {
  const distance = distances[unit].find((size) => Math.ceil(points.length / size) <= most) ??
    Math.ceil(points.length / most);
  return points.filter((_, index) => (points.length - 1 - index) % distance === 0);
}
