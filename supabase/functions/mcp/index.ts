/**
 * POST /mcp: the numbers, replies and history that the person of the token may read, as tools for an assistant (Model Context
 * Protocol over streamable HTTP, without sessions). Reads only. GET /mcp/oauth-protected-resource names who issues tokens.
 */
import { withOAuthProtectedResource, withSupabase } from '@supabase/server';
import { corsHeaders, handleMcp } from '../_shared/mcp/handle-mcp.ts';
import { identifyCaller } from '../_shared/platform/caller.ts';
import type { Database } from '../_shared/platform/database.types.ts';
import { discardBody, errorResponse } from '../_shared/platform/http.ts';

const answer = withOAuthProtectedResource(
  withSupabase<Database>({ auth: 'user', cors: { headers: corsHeaders } }, async (request, context) => {
    try {
      // The client with the person's own token: row level security decides on every row. The service role is never used here.
      const caller = identifyCaller(context);
      return await handleMcp(request, { caller, database: context.supabase, now: () => new Date() });
    } catch (error) {
      return errorResponse(error);
    }
  }),
);

export default {
  async fetch(request: Request): Promise<Response> {
    const response = await answer(request);
    await discardBody(request);
    return response;
  },
};
