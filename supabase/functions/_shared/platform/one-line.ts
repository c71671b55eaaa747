import { z } from 'zod';

/** U+FFFD replaces a character that no database column holds: a name or a secret with one is not what was meant. */
const printable = /^[^\p{Cc}\uFFFD]*$/u;
const problem = 'contains line breaks or control characters';

/** One line of printable text: a name, a secret. */
export const oneLine = (longest: number, shortest = 1) =>
  z.string().trim().min(shortest).max(longest).regex(printable, problem);
