import { z } from 'zod';
import { AppError } from '../platform/errors.ts';
import { mailsOf, type SequenceMail, type SequenceStep } from '../providers/provider.ts';

/** The rules are those of `private.sequence_problem`; a test compares the two. */
const mail = z.object({
  subject: z.string().max(250).regex(/^[^\n\r]*$/, 'a subject is one line'),
  body: z.string().regex(/\S/, 'a mail needs a text').max(20_000),
}).refine(({ subject, body }) => areBracesClosed(`${subject} ${body}`), {
  message: 'has a variable whose braces are not closed',
});

const step = z.strictObject({
  delay_days: z.number().int().min(0).max(90).default(0),
  subject: z.string(),
  body: z.string(),
  variants: z.array(mail).max(4).exactOptional(),
});

/** At most five variants, including the first. */
const steps = z.array(step.check((context) => {
  const own = mail.safeParse(context.value);
  for (const { message, path } of own.error?.issues ?? []) {
    context.issues.push({ code: 'custom', input: context.value, message, path: [...path] });
  }
})).min(1).max(20).refine((sequence) => sequence.slice(0, 1).flatMap(mailsOf).every(hasSubject), {
  message: 'the first step needs a subject; only a follow-up may leave it empty, which continues the thread',
}).refine((sequence) => JSON.stringify(sequence).length <= 200_000, {
  message: 'the sequence is larger than 200,000 characters',
});

function areBracesClosed(text: string): boolean {
  return text.split('{{').length === text.split('}}').length;
}

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

/** The steps with a footer under every mail: who writes, and from where. */
export function withFooter(steps: SequenceStep[], footer: string | null): SequenceStep[] {
  if (footer === null) return steps;
  const add = <Mail extends SequenceMail>(one: Mail): Mail => ({ ...one, body: `${one.body}\n\n${footer}` });
  return steps.map(({ variants, ...own }) => ({
    ...add(own),
    ...(variants === undefined ? {} : { variants: variants.map(add) }),
  }));
}
