/** The shape of a series, without axes; the tile's text gives its meaning. */
export function Sparkline({ values, className, mark }: {
  values: readonly number[];
  className?: string;
  /** Drawn as a dashed line across. */
  mark?: number;
}) {
  if (values.length < 2 || values.every((value) => value === 0)) {
    return <div className={className} aria-hidden />;
  }
  const points = neighbours(values);
  const top = Math.max(...points, mark ?? 0, 1e-9);
  const path = pathOf(points, top, 100, 28);
  return (
    <svg viewBox='0 0 100 28' preserveAspectRatio='none' aria-hidden className={className}>
      <path d={`${path} L100,28 L0,28 Z`} fill='currentColor' opacity={0.12} />
      <path
        d={path}
        fill='none'
        stroke='currentColor'
        strokeWidth={1.5}
        strokeLinejoin='round'
        vectorEffect='non-scaling-stroke'
      />
      {mark !== undefined && (
        <path
          d={`M0,${heightOf(mark, top, 28)} L100,${heightOf(mark, top, 28)}`}
          stroke='var(--ink-soft)'
          strokeWidth={1}
          strokeDasharray='3 4'
          vectorEffect='non-scaling-stroke'
        />
      )}
    </svg>
  );
}

/** At most 40 points, so that a year is as calm as a week: neighbours are averaged. */
function neighbours(values: readonly number[]): number[] {
  const size = Math.max(1, Math.ceil(values.length / 40));
  const points: number[] = [];
  for (let start = 0; start < values.length; start += size) {
    const part = values.slice(start, start + size);
    points.push(part.reduce((sum, value) => sum + value, 0) / part.length);
  }
  return points;
}

const heightOf = (value: number, top: number, height: number) =>
  (height - 2 - (value / top) * (height - 4)).toFixed(1);

function pathOf(points: readonly number[], top: number, width: number, height: number): string {
  return points
    .map((value, index) => {
      const x = (index / Math.max(1, points.length - 1)) * width;
      return `${index === 0 ? 'M' : 'L'}${x.toFixed(1)},${heightOf(value, top, height)}`;
    })
    .join(' ');
}
