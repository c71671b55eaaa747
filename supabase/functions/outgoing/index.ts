/**
 * POST /outgoing { action, … }: adds, changes, tests and replays endpoints and sets up mail, for operators and secret keys; sends
 * what is due, for pg_cron and the database with the secret key named "cron".
 * /outgoing/stop?token=…, without a sign-in: the way out of notifications by email.
 */
import { createOutgoing } from '../_shared/outgoing/handle-outgoing.ts';
import { answerStop } from '../_shared/outgoing/mail-settings.ts';
import { adminClient } from '../_shared/platform/database.ts';
import { discardBody, refuse } from '../_shared/platform/http.ts';
import { createTurns } from '../_shared/platform/request-limit.ts';
import { createSignedInFunction } from '../_shared/platform/signed-in-function.ts';

const answer = createSignedInFunction(createOutgoing());

const takeTurn = createTurns({ name: 'stop', perMinute: 60 });

export default {
  async fetch(request: Request): Promise<Response> {
    if (!new URL(request.url).pathname.endsWith('/stop')) return await answer(request);
    try {
      await takeTurn(request);
      const response = await answerStop(request, adminClient());
      await discardBody(request);
      return response;
    } catch (error) {
      return await refuse(request, error);
    }
  },
};
