// Plays the HTTP API of a mail service (Resend's POST /emails) at /mail: what is sent there lies in the outbox.
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Outbox } from '../auth/outbox.ts';
import { answerJson } from './http-answers.ts';

const mail = z.object({
  from: z.string().min(3),
  to: z.array(z.email()).min(1),
  subject: z.string().min(1),
  html: z.string(),
  text: z.string(),
  headers: z.record(z.string(), z.string()).optional(),
  attachments: z.array(z.object({
    filename: z.string().min(1),
    content_type: z.string().default('application/octet-stream'),
    content: z.base64().min(1),
  })).max(10).optional(),
});

/** Bytes. */
const maxBody = 1024 * 1024;

const problems = {
  unreachable: [500, 'application_error', 'An unexpected error occurred'],
  address_not_authorized: [403, 'validation_error', 'The sender domain is not verified'],
  over_limit: [429, 'rate_limit_exceeded', 'Too many requests'],
} as const;

export interface MailApi {
  handle(path: string, request: IncomingMessage, response: ServerResponse): Promise<void>;
}

export function createMailApi(outbox: Outbox): MailApi {
  /** As the service: the same key again is the same mail, for a day. */
  const sent = new Map<string, { id: string; body: string }>();
  return {
    async handle(path, request, response) {
      const body = await readBody(request);
      const refuse = (status: number, name: string, message: string) =>
        answerJson(response, status, { statusCode: status, name, message });
      if (path !== '/emails' || request.method !== 'POST') return refuse(404, 'not_found', 'Not found');
      if (!/^Bearer \S+$/.test(request.headers.authorization ?? '')) {
        return refuse(401, 'missing_api_key', 'Missing API key in the authorization header');
      }
      if (outbox.problem) {
        const [status, name, message] = problems[outbox.problem];
        return refuse(status, name, message);
      }
      const parsed = mail.safeParse(parseJson(body));
      if (!parsed.success) return refuse(422, 'validation_error', 'The mail is incomplete');
      const key = String(request.headers['idempotency-key'] ?? randomUUID());
      const known = sent.get(key);
      if (known && known.body !== body) {
        return refuse(409, 'invalid_idempotent_request', 'This idempotency key was used with another body');
      }
      if (!known) {
        const { to, subject, html, attachments } = parsed.data;
        for (const address of to) {
          outbox.send({
            to: address.toLowerCase(),
            kind: 'notification',
            subject,
            html,
            ...(attachments === undefined ? {} : { attachments }),
            link: (/href="([^"]+)"/.exec(html)?.[1] ?? '').replaceAll('&#38;', '&'),
          });
        }
        sent.set(key, { id: randomUUID(), body });
      }
      answerJson(response, 200, { id: sent.get(key)?.id });
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > maxBody) break;
  }
  return text;
}
