import { z } from 'zod';
import { AppError } from '../platform/errors.ts';
import { mailsOf, type SequenceMail, type SequenceStep } from '../providers/provider.ts';

const mail = z.object({ subject: z.string(), body: z.string().min(1) });

/** At most five variants, including the first. */
const steps = z.array(mail.extend({
  delay_days: z.number().int().min(0).max(90).default(0),
  variants: z.array(mail).max(4).exactOptional(),
})).min(1).max(20).refine(([first]) => first !== undefined && mailsOf(first).every(hasSubject), {
  message: 'the first step needs a subject; only a follow-up may leave it empty, which continues the thread',
});

function hasSubject(mail: SequenceMail): boolean {
  return mail.subject.trim() !== '';
}

/** For a campaign without its own sequence: the generated subject and icebreaker, and one follow-up in the thread. */
export const defaultSteps: SequenceStep[] = [
  { delay_days: 0, subject: '{{subject_line}}', body: 'Hi {{firstName}},\n\n{{icebreaker}}' },
  // An empty subject continues the thread.
  { delay_days: 3, subject: '', body: 'Hi {{firstName}},\n\ndid you have a moment to look at my note?' },
];

/** The steps to create at the provider; throws VALIDATION_FAILED for an invalid stored sequence. */
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
