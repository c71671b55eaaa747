import { z } from 'zod';
import { AppError } from '../errors.ts';
import type { SequenceStep } from '../providers/provider.ts';

const steps = z.array(z.object({
  delay_days: z.number().int().min(0).max(90).default(0),
  subject: z.string(),
  body: z.string().min(1),
})).min(1).max(20).refine((all) => (all[0]?.subject ?? '').trim() !== '', {
  message: 'the first step needs a subject; only a follow-up may leave it empty, which keeps the thread',
});

/** The sequence of a campaign that brings none: the generated subject and icebreaker, and one follow-up in the thread. */
export const defaultSteps: SequenceStep[] = [
  { delay_days: 0, subject: '{{subject_line}}', body: 'Hi {{firstName}},\n\n{{icebreaker}}' },
  // An empty subject keeps the thread.
  { delay_days: 3, subject: '', body: 'Hi {{firstName}},\n\ndid you have a moment to look at my note?' },
];

/** The steps to create at the provider; a stored sequence that does not fit is named, not replaced. */
export function readSequence(stored: unknown): SequenceStep[] {
  if (stored === null || stored === undefined) return defaultSteps;
  const parsed = steps.safeParse(stored);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new AppError(
    'VALIDATION_FAILED',
    `The campaign's sequence cannot be sent: ${problems.join('; ')}; correct it`,
  );
}
