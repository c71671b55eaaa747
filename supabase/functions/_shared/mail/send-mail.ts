/**
 * One mail over an HTTP API that speaks as Resend's does: POST /emails with a bearer key and an Idempotency-Key, so that a mail
 * whose answer got lost can be sent again without reaching anybody twice. Never throws.
 */
import { z } from 'zod';
import { readText } from '../platform/bounded-text.ts';
import { AppError } from '../platform/errors.ts';

export interface Mail {
  /** Names the mail: the same at every attempt. */
  id: string;
  from: string;
  to: string;
  subject: string;
  html: string;
  text: string;
  headers?: Record<string, string>;
  attachments?: Attachment[];
}

/** As the API takes it. */
export interface Attachment {
  filename: string;
  content_type: string;
  /** In base64. */
  content: string;
}

export interface MailApi {
  baseUrl: string;
  key: string;
  fetch: typeof fetch;
  /** Milliseconds. @default 10000 */
  timeout?: number;
}

export interface MailResult {
  /** null = the API has taken it. */
  error: string | null;
  /** No further attempt can help. */
  is_final: boolean;
  /** The key, the sender or the account is not accepted: every other mail would meet the same answer. */
  is_refused: boolean;
  /** Seconds. */
  retry_after: number | null;
}

const refusal = z.object({ name: z.string().optional(), message: z.string().optional() });

const taken: MailResult = { error: null, is_final: false, is_refused: false, retry_after: null };

export async function sendMail(mail: Mail, api: MailApi): Promise<MailResult> {
  const { id, ...body } = mail;
  let response: Response;
  let text: string;
  try {
    response = await api.fetch(`${api.baseUrl.replace(/\/+$/, '')}/emails`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${api.key}`,
        'idempotency-key': id,
        // Resend refuses calls without one.
        'user-agent': 'Replyloop/0.1',
      },
      body: JSON.stringify({ ...body, to: [mail.to] }),
      redirect: 'manual',
      signal: AbortSignal.timeout(api.timeout ?? 10_000),
    });
    text = (await readText(response, 4_096)).text;
  } catch (error) {
    // Its address is not allowed: no attempt can help.
    if (error instanceof AppError) return { ...taken, error: error.message, is_refused: true };
    return { ...taken, error: 'The mail API could not be reached' };
  }
  if (response.ok) return taken;
  const { status } = response;
  const reason = readRefusal(text);
  // The same id with other words: an earlier attempt was taken, and the agency's name has changed since.
  if (status === 409 && reason.name === 'invalid_idempotent_request') return taken;
  const error = `The mail API answered with status ${status}${
    reason.message ? `: ${reason.message.slice(0, 300)}` : ''
  }`;
  const seconds = Number(response.headers.get('retry-after') ?? '');
  const retry_after = status === 429 || status === 503 ? (seconds > 0 ? seconds : null) : null;
  return {
    error,
    // 400 and 422 are about this mail: an address that it does not take.
    is_final: status === 400 || status === 422,
    is_refused: status === 401 || status === 403,
    retry_after,
  };
}

function readRefusal(text: string): z.infer<typeof refusal> {
  try {
    const parsed = refusal.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : {};
  } catch {
    return {};
  }
}
