/** "1 B": the step and which of its variants, as the steps' tab names them. */
export function stepText({ step, variant }: { step: number | null; variant: number | null }): string {
  if (step === null) return '–';
  return variant === null
    ? String(step)
    : `${step} ${variant <= 26 ? String.fromCodePoint(64 + variant) : variant}`;
}
