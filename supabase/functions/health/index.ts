/**
 * GET /health, without a sign-in: { status: ok | degraded | down, database, scheduler, webhooks, sync, checked_at }.
 * 200 for ok and degraded, 503 for down, also when the database is unreachable. Contains nothing about any client.
 */
import { adminClient } from '../_shared/platform/database.ts';
import { DatabaseError } from '../_shared/platform/database.ts';
import { createHealth } from '../_shared/health/handle-health.ts';
import { healthFacts } from '../_shared/health/health-report.ts';
import { refuse } from '../_shared/platform/http.ts';

const answer = createHealth({
  readFacts: async (signal) => {
    const { data, error } = await adminClient().schema('worker').rpc('read_health').abortSignal(signal);
    if (error) throw new DatabaseError('read_health', error.code ?? '', error.message);
    return healthFacts.parse(data);
  },
  now: () => new Date(),
});

export default {
  async fetch(request: Request): Promise<Response> {
    try {
      return await answer(request);
    } catch (error) {
      return await refuse(request, error);
    }
  },
};
