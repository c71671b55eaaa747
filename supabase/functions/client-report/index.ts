/**
 * POST /client-report { action, … }: previews and sends reports to clients, for operators and secret keys; makes and sends what is
 * due, for pg_cron with the secret key named "cron".
 * /client-report/stop?token=…, without a sign-in: the way out of the reports.
 */
import { answerStopReports, createClientReport } from '../_shared/client-reports/handle-client-report.ts';
import { adminClient } from '../_shared/platform/database.ts';
import { discardBody, refuse } from '../_shared/platform/http.ts';
import { createTurns } from '../_shared/platform/request-limit.ts';
import { createSignedInFunction } from '../_shared/platform/signed-in-function.ts';

const answer = createSignedInFunction(createClientReport());

const takeTurn = createTurns({ name: 'stop', perMinute: 60 });

export default {
  async fetch(request: Request): Promise<Response> {
    if (!new URL(request.url).pathname.endsWith('/stop')) return await answer(request);
    try {
      await takeTurn(request);
      const response = await answerStopReports(request, adminClient());
      await discardBody(request);
      return response;
    } catch (error) {
      return await refuse(request, error);
    }
  },
};
