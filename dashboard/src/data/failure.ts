// Every failure as one sentence about what happened and one about what to do.
import { FunctionsHttpError } from '@supabase/supabase-js';
import * as z from 'zod/mini';

export class Failure extends Error {
  readonly code: string;
  readonly status: number;
  readonly details: unknown;

  constructor(code: string, message: string, status = 0, details?: unknown) {
    super(message);
    this.code = code;
    this.status = status;
    this.details = details;
  }
}

const ours = z.object({
  error: z.object({ code: z.string(), message: z.string(), details: z.optional(z.unknown()) }),
});

interface Sentences {
  title: string;
  advice: string;
}

const sentences: Record<string, Sentences> = {
  INSTANTLY_API_KEY_MISSING: {
    title: 'No Instantly key is saved for this workspace',
    advice: 'Save a key in the settings, or ask your agency to do it.',
  },
  INSTANTLY_API_KEY_INVALID: {
    title: 'Instantly rejected the saved key',
    advice: 'Check its scopes and your Instantly plan, then save a new key in the settings.',
  },
  SMARTLEAD_API_KEY_MISSING: {
    title: 'No Smartlead key is saved for this workspace',
    advice: 'Save a key in the settings, or ask your agency to do it.',
  },
  SMARTLEAD_API_KEY_INVALID: {
    title: 'Smartlead rejected the saved key',
    advice: 'Check your Smartlead plan, then save a new key in the settings.',
  },
  CAMPAIGN_NOT_COMPLETED: {
    title: 'The leads of this campaign are not ready yet',
    advice: 'Wait until they are found and verified, then export them.',
  },
  NO_VERIFIED_LEADS: {
    title: 'There are no verified leads to send',
    advice: 'Verify the addresses first. The check before an export lists the reasons.',
  },
  APPROVAL_MISSING: {
    title: 'The client has to approve this campaign first',
    advice: 'Ask for approval on the campaign’s page. You can export when it is given.',
  },
  CONFIRMATION_NEEDED: {
    title: 'This needs your confirmation',
    advice: 'Read the warning, then send it again if you are sure.',
  },
  PLAN_LIMIT_REACHED: {
    title: 'The provider’s plan limit has been reached',
    advice: 'Upgrade the plan or wait for its renewal, then export again. Only the remaining leads are sent.',
  },
  RATE_LIMIT_EXCEEDED: {
    title: 'The provider’s rate limit has been reached',
    advice: 'Wait a minute and try again. A running export resumes automatically.',
  },
  EXPORT_TIMEOUT: {
    title: 'The export took longer than six hours and was stopped',
    advice: 'Start it again. No lead is sent twice.',
  },
  CAMPAIGN_NOT_FOUND: {
    title: 'The campaign no longer exists at the provider',
    advice: 'Export it as a new campaign.',
  },
  SYNC_FAILED: {
    title: 'The results could not be synced',
    advice: 'The next hourly sync tries again.',
  },
  API_UNAVAILABLE: {
    title: 'The provider is not responding',
    advice: 'Wait a few minutes and try again.',
  },
  FORBIDDEN: {
    title: 'You do not have permission to do that',
    advice: 'Ask your agency to do it, or to change your role.',
  },
  NOT_FOUND: {
    title: 'Not found',
    advice: 'It does not exist, or you do not have access. Check the address, or go back to the list.',
  },
  INTERNAL: {
    title: 'Something went wrong on our side',
    advice: 'Try again. If it keeps happening, send your agency the code.',
  },
  OFFLINE: {
    title: 'The server cannot be reached',
    advice: 'Check your connection and try again.',
  },
  SESSION_EXPIRED: {
    title: 'Your session has ended',
    advice: 'Sign in again to continue on this page.',
  },
  LINK_EXPIRED: {
    title: 'This link has expired or was already used',
    advice: 'Ask for a new one.',
  },
  WEAK_PASSWORD: {
    title: 'This password is too easy to guess',
    advice: 'Use at least 12 characters, and none that you use elsewhere.',
  },
  MAIL_LIMIT: {
    title: 'An email was sent a moment ago',
    advice: 'Check your inbox and spam folder, or try again in a minute.',
  },
  TOO_MANY_ATTEMPTS: {
    title: 'Too many attempts',
    advice: 'Wait five minutes and try again.',
  },
  INVALID_CREDENTIALS: {
    title: 'Wrong email address or password',
    advice: 'Check both and try again.',
  },
};

/** What to show for any thrown value. The server's own sentence is kept where it is more specific than ours. */
export function describeFailure(error: unknown): Sentences & { code: string } {
  const failure = toFailure(error);
  const known = sentences[failure.code];
  if (known) return { ...known, code: failure.code };
  if (failure.code === 'VALIDATION_FAILED') {
    return { code: failure.code, title: ownSentence(failure.message), advice: 'Correct it and try again.' };
  }
  return { ...sentences['INTERNAL']!, code: failure.code };
}

/** The server's sentence for a person: which part of a request was wrong matters, not that it was a request. */
export function ownSentence(message: string): string {
  const sentence = message.replace(/^The body is invalid: /, '').replace(/[.\s]+$/, '');
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

export function toFailure(error: unknown): Failure {
  if (error instanceof Failure) return error;
  if (error instanceof Error && /fetch|network|load failed/i.test(error.message)) {
    return new Failure('OFFLINE', error.message);
  }
  return new Failure('INTERNAL', error instanceof Error ? error.message : String(error));
}

interface Answer<Data> {
  data: Data;
  error: { code: string; message: string; details?: unknown } | null;
  status: number;
}

/** The data of a PostgREST answer, or a Failure. */
export async function read<Data>(request: PromiseLike<Answer<Data>>): Promise<NonNullable<Data>> {
  const { data, error, status } = await request;
  if (error) throw postgrestFailure(error, status);
  return data as NonNullable<Data>;
}

export function postgrestFailure(
  error: { code: string; message: string; details?: unknown },
  status: number,
) {
  if (status === 401) return new Failure('SESSION_EXPIRED', error.message, status);
  if (status === 0) return new Failure('OFFLINE', error.message, status);
  // Our SQL raises the code as the message and the sentence as the detail.
  if (/^[A-Z_]{4,}$/.test(error.message)) {
    return new Failure(error.message, String(error.details ?? error.message), status);
  }
  if (status === 403) return new Failure('FORBIDDEN', error.message, status);
  if (status === 404) return new Failure('NOT_FOUND', error.message, status);
  return new Failure('INTERNAL', error.message, status);
}

/** The error of `functions.invoke`, whose body holds our code. */
export async function functionFailure(error: unknown): Promise<Failure> {
  if (!(error instanceof FunctionsHttpError)) return toFailure(error);
  const response = error.context as Response;
  const parsed = ours.safeParse(await response.json().catch(() => undefined));
  if (parsed.success) {
    const { code, message, details } = parsed.data.error;
    return new Failure(code, message, response.status, details);
  }
  if (response.status === 401) return new Failure('SESSION_EXPIRED', 'The token was refused', 401);
  return new Failure(response.status === 404 ? 'NOT_FOUND' : 'INTERNAL', error.message, response.status);
}
