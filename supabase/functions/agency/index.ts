/**
 * GET /agency and GET /agency/logo, without a sign-in: how the agency presents itself, for the sign-in page.
 * POST /agency { client_id?, image }: saves a logo, of the agency or a client. For operators and secret keys.
 */
import { saveLogo, showAgency } from '../_shared/agency/handle-agency.ts';
import { adminClient } from '../_shared/platform/database.ts';
import { refuse } from '../_shared/platform/http.ts';
import { createTurns } from '../_shared/platform/request-limit.ts';
import { createSignedInFunction } from '../_shared/platform/signed-in-function.ts';

const save = createSignedInFunction(saveLogo);

// A whole office signs in from one address.
const takeTurn = createTurns({ name: 'agency', perMinute: 600 });

export default {
  async fetch(request: Request): Promise<Response> {
    if (request.method !== 'GET') return await save(request);
    try {
      await takeTurn(request);
      return await showAgency(request, adminClient());
    } catch (error) {
      return await refuse(request, error);
    }
  },
};
