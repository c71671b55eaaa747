// Stand-in for Supabase Auth: password sign-in, refresh, sign-out and the user, as supabase-js requests them.
import type { IncomingMessage, ServerResponse } from 'node:http';
import pg from 'pg';
import { z } from 'zod';
import { applyHook, claimsOf } from './claims.ts';
import { AuthError } from './errors.ts';
import { checkPassword, closeSessions, openSession, refreshSession, userOfSession } from './sessions.ts';
import type { Session, UserRow } from './sessions.ts';
import { messageOf } from '../../shared/failure.ts';
import { answerJson, corsHeaders, readBody } from '../gateway/http-answers.ts';
import { publicKeySet } from '../../shared/keys.ts';
import type { Keys } from '../../shared/keys.ts';
import { databasePassword } from '../postgres/postgres.ts';
import type { ProjectConfig } from '../../shared/project-config.ts';
import { createSignInLimit } from './sign-in-limit.ts';
import type { Tokens } from './tokens.ts';

export interface AuthOptions {
  adminUrl: string;
  issuer: string;
  keys: Keys;
  tokens: Tokens;
  config: ProjectConfig;
  log?: (line: string) => void;
}

export interface Auth {
  /** Answers a request below /auth/v1; `path` is the rest of the path. */
  handle(path: string, request: IncomingMessage, response: ServerResponse): Promise<void>;
  stop(): Promise<void>;
}

const passwordBody = z.object({ email: z.string(), password: z.string() });
const refreshBody = z.object({ refresh_token: z.string() });
const bodyLimit = 1_000_000;

export function startAuth(options: AuthOptions): Auth {
  const { issuer, keys, tokens, config } = options;
  const own = new URL(options.adminUrl);
  own.username = 'supabase_auth_admin';
  own.password = databasePassword;
  const pool = (connectionString: string) => {
    const created = new pg.Pool({
      connectionString,
      max: 4,
      idleTimeoutMillis: 10_000,
      allowExitOnIdle: true,
    });
    // A connection that dies while idle (Postgres restarted) is replaced on the next use.
    created.on('error', () => {});
    return created;
  };
  const auth = pool(own.href);
  const admin = pool(options.adminUrl);
  const limit = createSignInLimit(config.signInLimits);

  const answerSession = async (session: Session, method: string) => {
    const claims = claimsOf(session, issuer, config.tokenLifetime);
    const finalClaims = config.accessTokenHook
      ? await applyHook(auth, config.accessTokenHook, claims, method)
      : claims;
    return {
      access_token: await tokens.sign(finalClaims),
      token_type: 'bearer',
      expires_in: config.tokenLifetime,
      expires_at: Math.floor(Date.now() / 1_000) + config.tokenLifetime,
      refresh_token: session.refreshToken,
      user: userObject(session.user),
      weak_password: null,
    };
  };

  const signedIn = async (request: IncomingMessage) => {
    const token = /^bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (!token) throw new AuthError(401, 'no_authorization', 'This endpoint requires a valid Bearer token');
    const claims = await tokens.verify(token).catch((error: unknown) => {
      throw new AuthError(
        403,
        'bad_jwt',
        `invalid JWT: unable to parse or verify signature, ${messageOf(error)}`,
      );
    });
    const sessionId = claims['session_id'];
    if (!claims.sub || typeof sessionId !== 'string') {
      throw new AuthError(403, 'bad_jwt', 'invalid claim: missing sub claim');
    }
    return { userId: claims.sub, sessionId };
  };

  const route = async (
    path: string,
    url: URL,
    request: IncomingMessage,
  ): Promise<{ status: number; body?: unknown }> => {
    switch (`${request.method} ${path}`) {
      case 'POST /token': {
        const grant = url.searchParams.get('grant_type');
        if (grant === 'password') {
          const { email, password } = await jsonBody(request, passwordBody);
          const user = await limit.attempt(
            addressOf(request),
            email,
            () => checkPassword(admin, email, password),
          );
          const session = await openSession(auth, user, request.headers['user-agent']);
          return { status: 200, body: await answerSession(session, 'password') };
        }
        if (grant === 'refresh_token') {
          const { refresh_token: token } = await jsonBody(request, refreshBody);
          const session = await limit.attempt(
            addressOf(request),
            token,
            () => refreshSession(auth, token, config),
          );
          return { status: 200, body: await answerSession(session, 'token_refresh') };
        }
        throw new AuthError(
          400,
          'validation_failed',
          'unsupported_grant_type: the local stack supports password and refresh_token',
        );
      }
      case 'GET /user': {
        const { userId, sessionId } = await signedIn(request);
        return { status: 200, body: userObject(await userOfSession(auth, userId, sessionId)) };
      }
      case 'POST /logout': {
        const { userId, sessionId } = await signedIn(request);
        await closeSessions(auth, userId, sessionId, url.searchParams.get('scope') ?? 'global');
        return { status: 204 };
      }
      case 'GET /.well-known/jwks.json':
        return { status: 200, body: publicKeySet(keys) };
      case 'GET /health':
        return {
          status: 200,
          body: {
            name: 'GoTrue',
            version: 'replyloop-local',
            description: 'Password sign-in for the local stack',
          },
        };
      default:
        throw new AuthError(
          404,
          'not_found',
          `The local stack has no ${request.method} /auth/v1${path}; it signs in with password only`,
        );
    }
  };

  return {
    handle: async (path, request, response) => {
      try {
        const { status, body } = await route(path, new URL(request.url ?? '/', issuer), request);
        if (body !== undefined) answerJson(response, status, body);
        else response.writeHead(status, corsHeaders).end();
      } catch (error) {
        answerError(request, response, error, options.log);
      }
    },
    stop: async () => {
      await Promise.all([auth.end(), admin.end()]);
    },
  };
}

/** The address whose failures count together; headers could be forged. */
const addressOf = (request: IncomingMessage): string => request.socket.remoteAddress ?? '';

async function jsonBody<Body>(request: IncomingMessage, schema: z.ZodType<Body>): Promise<Body> {
  const bytes = await readBody(request, bodyLimit);
  try {
    return schema.parse(JSON.parse((bytes ?? '').toString()));
  } catch {
    throw new AuthError(
      400,
      'validation_failed',
      'Could not parse request body as JSON with the fields of this grant',
    );
  }
}

/** Clients that send an API version get `code` as text, older ones `error_code`. */
function answerError(
  request: IncomingMessage,
  response: ServerResponse,
  error: unknown,
  log: ((line: string) => void) | undefined,
): void {
  const known = error instanceof AuthError ? error : undefined;
  if (!known || known.status >= 500) log?.(`auth: ${messageOf(error)}`);
  const status = known?.status ?? 500;
  const code = known?.code ?? 'unexpected_failure';
  const message = known?.message ?? 'Database error querying schema';
  const version = request.headers['x-supabase-api-version'];
  if (typeof version === 'string' && version >= '2024-01-01') {
    answerJson(response, status, { code, message }, {
      ...known?.headers,
      'x-supabase-api-version': '2024-01-01',
    });
  } else {
    answerJson(response, status, { code: status, error_code: code, msg: message }, known?.headers);
  }
}

function userObject(user: UserRow): Record<string, unknown> {
  return {
    id: user.id,
    aud: user.aud ?? 'authenticated',
    role: user.role ?? 'authenticated',
    email: user.email ?? '',
    email_confirmed_at: user.email_confirmed_at ?? undefined,
    phone: user.phone ?? '',
    confirmed_at: user.confirmed_at ?? undefined,
    last_sign_in_at: user.last_sign_in_at ?? undefined,
    app_metadata: user.raw_app_meta_data ?? {},
    user_metadata: user.raw_user_meta_data ?? {},
    identities: [],
    created_at: user.created_at,
    updated_at: user.updated_at,
    is_anonymous: user.is_anonymous,
  };
}
