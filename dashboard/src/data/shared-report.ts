// A report behind a share link, for somebody without an account: a plain request, without the session that there may be.
import { FunctionsHttpError } from '@supabase/supabase-js';
import * as z from 'zod/mini';
import type { Report } from '../../../supabase/functions/_shared/client-reports/report.ts';
import type { SharedReport } from '../../../supabase/functions/_shared/client-reports/shared-report.ts';
import { Failure, functionFailure } from './failure.ts';
import { projectConfig } from './supabase.ts';

/** The function that stored it has parsed it whole; pages ask only whether it is of a version that they know. */
const known = z.object({ version: z.literal(1), language: z.enum(['en', 'nl', 'de']) });
const isKnown = (value: unknown) => known.safeParse(value).success;

/** Of `client_reports`. */
export const snapshot = z.custom<Report>(isKnown);

const answer = z.object({ report: z.custom<SharedReport>(isKnown), expires_at: z.string() });
export type OpenedReport = z.infer<typeof answer>;

/** Milliseconds. */
const maxWait = 20_000;

/** Opens it, which is counted. */
export async function openSharedReport(token: string, password?: string): Promise<OpenedReport> {
  const response = await fetch(`${projectConfig().api_url}/functions/v1/shared-report`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token, ...(password === undefined ? {} : { password }) }),
    cache: 'no-store',
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    signal: AbortSignal.timeout(maxWait),
  }).catch(() => undefined);
  if (!response) throw new Failure('OFFLINE', 'The report could not be loaded');
  if (!response.ok) throw await functionFailure(new FunctionsHttpError(response));
  return answer.parse(await response.json());
}

const lock = z.object({ retry_after: z.number() });

/** Minutes until a link that was locked opens again. */
export function minutesLocked({ details }: Failure): number {
  const parsed = lock.safeParse(details);
  return parsed.success ? Math.max(1, Math.ceil(parsed.data.retry_after / 60)) : 1;
}
