import { describeError } from '../platform/errors.ts';
import { jsonResponse, requireMethod } from '../platform/http.ts';
import { type HealthFacts, type HealthReport, reportHealth, reportNoDatabase } from './health-report.ts';

export interface HealthOptions {
  /** One round trip; the signal ends it. */
  readFacts: (signal: AbortSignal) => Promise<HealthFacts>;
  now: () => Date;
}

/** Milliseconds after which the database counts as down; monitors give up after five to ten seconds. */
const databaseTimeout = 3_000;
/** Milliseconds that a report is cached per isolate, however often it is polled. */
const freshFor = 1_000;

/** Public, readable from any page. */
const headers = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': 'authorization, apikey, content-type, x-client-info',
  'access-control-allow-methods': 'GET',
  'cache-control': 'no-store',
};

export function createHealth(options: HealthOptions): (request: Request) => Promise<Response> {
  let latest: { report: Promise<HealthReport>; at: number } | undefined;

  async function read(): Promise<HealthReport> {
    try {
      return reportHealth(await options.readFacts(AbortSignal.timeout(databaseTimeout)));
    } catch (error) {
      console.error(JSON.stringify({ code: 'HEALTH', error: describeError(error) }));
      return reportNoDatabase(options.now());
    }
  }

  return async (request) => {
    if (request.method === 'OPTIONS') return new Response(null, { status: 204, headers });
    requireMethod(request, 'GET');
    const at = options.now().getTime();
    if (!latest || at - latest.at >= freshFor || at < latest.at) latest = { report: read(), at };
    const report = await latest.report;
    const response = jsonResponse(report, report.status === 'down' ? 503 : 200);
    for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
    return response;
  };
}
