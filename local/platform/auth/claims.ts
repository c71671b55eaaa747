// The claims of an access token: Supabase Auth's own, then the custom access token hook's changes.
import pg from 'pg';
import { AuthError } from './errors.ts';
import type { Session } from './sessions.ts';
import type { ProjectConfig } from '../../shared/project-config.ts';

/** Claims that a hook must keep. */
const requiredClaims = [
  'iss',
  'aud',
  'exp',
  'iat',
  'sub',
  'role',
  'aal',
  'session_id',
  'email',
  'phone',
  'is_anonymous',
];

export function claimsOf(session: Session, issuer: string, lifetime: number): Record<string, unknown> {
  const { user } = session;
  const now = Math.floor(Date.now() / 1_000);
  return {
    iss: issuer,
    sub: user.id,
    aud: user.aud ?? 'authenticated',
    exp: now + lifetime,
    iat: now,
    email: user.email ?? '',
    phone: user.phone ?? '',
    app_metadata: user.raw_app_meta_data ?? {},
    user_metadata: user.raw_user_meta_data ?? {},
    role: user.role ?? 'authenticated',
    aal: 'aal1',
    amr: [{ method: session.method, timestamp: Math.floor(session.signedInAt.getTime() / 1_000) }],
    session_id: session.sessionId,
    is_anonymous: user.is_anonymous,
  };
}

/** Calls the hook as role `supabase_auth_admin` with two seconds to answer, as Supabase Auth does. */
export async function applyHook(
  auth: pg.Pool,
  hook: NonNullable<ProjectConfig['accessTokenHook']>,
  claims: Record<string, unknown>,
  method: string,
): Promise<Record<string, unknown>> {
  const event = { user_id: claims['sub'], claims, authentication_method: method, metadata: {} };
  const output = await callHook(auth, hook, event);
  const refusal = output?.['error'];
  if (isObject(refusal)) {
    const status = typeof refusal['http_code'] === 'number' ? refusal['http_code'] : 500;
    throw new AuthError(
      status,
      'hook_payload_invalid',
      String(refusal['message'] ?? 'The access token hook refused'),
    );
  }
  const changed = output?.['claims'];
  if (!isObject(changed)) {
    throw new AuthError(
      500,
      'unexpected_failure',
      'The access token hook returned no "claims": output claims field is missing',
    );
  }
  const lost = requiredClaims.filter((name) => !(name in changed));
  if (lost.length > 0) {
    throw new AuthError(
      500,
      'unexpected_failure',
      `The access token hook dropped required claims: ${lost.join(', ')}`,
    );
  }
  return changed;
}

async function callHook(
  auth: pg.Pool,
  hook: { schema: string; name: string },
  event: unknown,
): Promise<Record<string, unknown> | undefined> {
  const client = await auth.connect();
  try {
    await client.query(`begin; set local statement_timeout = '2s'`);
    const { rows } = await client.query<{ output: unknown }>(
      `select ${pg.escapeIdentifier(hook.schema)}.${pg.escapeIdentifier(hook.name)}($1::jsonb) as output`,
      [JSON.stringify(event)],
    );
    await client.query('commit');
    const output = rows[0]?.output;
    return isObject(output) ? output : undefined;
  } catch (error) {
    await client.query('rollback').catch(() => {});
    const reason = error instanceof Error ? error.message : String(error);
    throw new AuthError(
      500,
      'unexpected_failure',
      `Error running hook ${hook.schema}.${hook.name}: ${reason}`,
    );
  } finally {
    client.release();
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
