/**
 * POST { token, password? }, without a sign-in: the report of a share link. The token comes in the body, because addresses are
 * written to logs; a page has it in its fragment, which no browser sends.
 */
import { z } from 'zod';
import { callFunction, type ServiceClient } from '../platform/database.ts';
import { sha256Hex } from '../platform/digest.ts';
import { AppError, TooManyRequests } from '../platform/errors.ts';
import { discardBody, errorResponse, jsonResponse, readBody, requireMethod } from '../platform/http.ts';
import { sharedReport } from './shared-report.ts';

export const requestBody = z.strictObject({
  token: z.string().min(1).max(200),
  password: z.string().min(1).max(200).nullable().default(null),
});

const opening = z.discriminatedUnion('state', [
  z.object({ state: z.literal('opened'), report: sharedReport, expires_at: z.string() }),
  z.object({ state: z.enum(['unknown', 'password_required', 'wrong_password']) }),
  /** Seconds. */
  z.object({ state: z.literal('locked'), retry_after: z.number() }),
]);

/** The page is on another origin. Nothing of an answer is kept or found again by others. */
const headers = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'retry-after',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex, nofollow',
};

export interface SharedReportOptions {
  database: () => ServiceClient;
  /** Counts the sender. It spares the database; guesses are what the lock of a link is about. */
  takeTurn: (request: Request) => Promise<void>;
}

export function createSharedReport(
  { database, takeTurn }: SharedReportOptions,
): (request: Request) => Promise<Response> {
  return async (request) => {
    let response: Response;
    try {
      response = request.method === 'OPTIONS' ? preflight() : await answer(request, database(), takeTurn);
    } catch (error) {
      response = errorResponse(error);
    }
    for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
    await discardBody(request);
    return response;
  };
}

const preflight = () =>
  new Response(null, {
    status: 204,
    headers: {
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'content-type, apikey',
      'access-control-max-age': '86400',
    },
  });

async function answer(
  request: Request,
  database: ServiceClient,
  takeTurn: (request: Request) => Promise<void>,
): Promise<Response> {
  requireMethod(request, 'POST');
  await takeTurn(request);
  const { token, password } = await readBody(request, requestBody, 4096);
  const opened = await callFunction(
    database,
    'open_report_link',
    { digest: sha256Hex(token), password },
    opening,
  );
  switch (opened.state) {
    case 'opened':
      return jsonResponse({ report: opened.report, expires_at: opened.expires_at });
    case 'password_required':
      throw new AppError('PASSWORD_REQUIRED', 'This report is protected; send its password too');
    case 'wrong_password':
      throw new AppError('WRONG_PASSWORD', 'The password is not right; check it and try again');
    case 'locked':
      throw new TooManyRequests('Too many wrong passwords; the report opens again later', opened.retry_after);
    case 'unknown':
      throw new AppError('NOT_FOUND', 'This link no longer works; ask who sent it for a new one');
  }
}
