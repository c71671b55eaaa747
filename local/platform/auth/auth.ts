// Stand-in for Supabase Auth as supabase-js requests it: sign-in by password, by mailed link and by code, invitations, forgotten
// passwords, the own account, and the accounts for callers with the secret key. Sign-up, phones and OAuth are not here.
import type { IncomingMessage, ServerResponse } from 'node:http';
import pg from 'pg';
import { z } from 'zod';
import { listUsers, makeUser, oneUser } from './admin-users.ts';
import { applyHook, claimsOf } from './claims.ts';
import { codeBody, exchangeCode } from './code-exchange.ts';
import { type AuthContext, jsonBody } from './context.ts';
import { AuthError } from './errors.ts';
import { generateLink, invite, recover, sendMagicLink } from './links.ts';
import type { Outbox } from './outbox.ts';
import { changeOwnUser } from './own-user.ts';
import { checkPassword, closeSessions, openSession, refreshSession, userOfSession } from './sessions.ts';
import type { Session, SignInMethod } from './sessions.ts';
import { messageOf } from '../../shared/failure.ts';
import { answerJson, corsHeaders } from '../gateway/http-answers.ts';
import { publicKeySet } from '../../shared/keys.ts';
import type { Keys } from '../../shared/keys.ts';
import { databasePassword } from '../postgres/postgres.ts';
import type { ProjectConfig } from '../../shared/project-config.ts';
import { createSignInLimit } from './sign-in-limit.ts';
import type { Tokens } from './tokens.ts';
import { userObject, type UserRow } from './users.ts';
import { verifyByBody, verifyByLink } from './verify.ts';

export interface AuthOptions {
  adminUrl: string;
  issuer: string;
  keys: Keys;
  tokens: Tokens;
  config: ProjectConfig;
  outbox: Outbox;
  log?: (line: string) => void;
}

export interface Auth {
  /** Answers a request below /auth/v1; `path` is the rest of the path, `authorization` what the gateway made of the key. */
  handle(
    path: string,
    request: IncomingMessage,
    response: ServerResponse,
    authorization?: string,
  ): Promise<void>;
  stop(): Promise<void>;
}

interface Answer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

const passwordBody = z.object({ email: z.string(), password: z.string() });
const refreshBody = z.object({ refresh_token: z.string() });

export function startAuth(options: AuthOptions): Auth {
  const { issuer, keys, tokens, config, outbox } = options;
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
  const context: AuthContext = { auth, admin, config, issuer, outbox };
  const limit = createSignInLimit(config.signInLimits);
  const verifyLimit = createSignInLimit(config.verifyLimits);

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
  const openFor = async (user: UserRow, method: SignInMethod, request: IncomingMessage) =>
    await answerSession(await openSession(auth, user, method, request.headers['user-agent']), method);

  const claimsFrom = async (authorization: string | undefined) => {
    const token = /^bearer (.+)$/i.exec(authorization ?? '')?.[1];
    if (!token) throw new AuthError(401, 'no_authorization', 'This endpoint requires a valid Bearer token');
    return await tokens.verify(token).catch((error: unknown) => {
      throw new AuthError(
        403,
        'bad_jwt',
        `invalid JWT: unable to parse or verify signature, ${messageOf(error)}`,
      );
    });
  };
  const signedIn = async (authorization: string | undefined) => {
    const claims = await claimsFrom(authorization);
    const sessionId = claims['session_id'];
    if (!claims.sub || typeof sessionId !== 'string') {
      throw new AuthError(403, 'bad_jwt', 'invalid claim: missing sub claim');
    }
    return { userId: claims.sub, sessionId };
  };
  const requireAdmin = async (authorization: string | undefined) => {
    const claims = await claimsFrom(authorization);
    if (claims['role'] !== 'service_role') throw new AuthError(403, 'not_admin', 'User not allowed');
  };

  const grant = async (url: URL, request: IncomingMessage): Promise<Answer> => {
    switch (url.searchParams.get('grant_type')) {
      case 'password': {
        const { email, password } = await jsonBody(request, passwordBody);
        const user = await limit.attempt(
          addressOf(request),
          email,
          () => checkPassword(admin, email, password),
        );
        return { status: 200, body: await openFor(user, 'password', request) };
      }
      case 'refresh_token': {
        const { refresh_token: token } = await jsonBody(request, refreshBody);
        const session = await limit.attempt(
          addressOf(request),
          token,
          () => refreshSession(auth, token, config),
        );
        return { status: 200, body: await answerSession(session, 'token_refresh') };
      }
      case 'pkce': {
        const body = await jsonBody(request, codeBody);
        const { user, method } = await verifyLimit.attempt(
          addressOf(request),
          body.auth_code,
          () => exchangeCode(context, body),
        );
        return { status: 200, body: await openFor(user, method, request) };
      }
      default:
        throw new AuthError(
          400,
          'validation_failed',
          'unsupported_grant_type: the local stack supports password, refresh_token and pkce',
        );
    }
  };

  const route = async (
    path: string,
    url: URL,
    request: IncomingMessage,
    authorization: string | undefined,
  ): Promise<Answer> => {
    const one = /^\/admin\/users\/([^/]+)$/.exec(path);
    if (one?.[1] && ['GET', 'PUT', 'DELETE'].includes(request.method ?? '')) {
      await requireAdmin(authorization);
      return await oneUser(context, one[1], request);
    }
    switch (`${request.method} ${path}`) {
      case 'POST /token':
        return await grant(url, request);
      case 'POST /otp':
        return await limit.attempt(
          addressOf(request),
          'magic link',
          () => sendMagicLink(context, url, request),
        );
      case 'POST /recover':
        return await recover(context, url, request);
      case 'POST /verify': {
        const user = await verifyLimit.attempt(
          addressOf(request),
          'link',
          () => verifyByBody(context, request),
        );
        return { status: 200, body: await openFor(user, 'otp', request) };
      }
      case 'GET /verify': {
        const location = await verifyByLink(context, url, request, async (user) => {
          const session = await openFor(user, 'otp', request);
          return {
            access_token: session.access_token,
            expires_at: String(session.expires_at),
            expires_in: String(session.expires_in),
            refresh_token: session.refresh_token,
            sb: '',
            token_type: session.token_type,
          };
        });
        return { status: 303, headers: { location } };
      }
      case 'GET /user': {
        const { userId, sessionId } = await signedIn(authorization);
        return { status: 200, body: userObject(await userOfSession(auth, userId, sessionId)) };
      }
      case 'PUT /user': {
        const { userId, sessionId } = await signedIn(authorization);
        const user = await userOfSession(auth, userId, sessionId);
        return await changeOwnUser(context, user, sessionId, request);
      }
      case 'POST /logout': {
        const { userId, sessionId } = await signedIn(authorization);
        await userOfSession(auth, userId, sessionId);
        await closeSessions(auth, userId, sessionId, url.searchParams.get('scope') ?? 'global');
        return { status: 204 };
      }
      case 'POST /invite':
        await requireAdmin(authorization);
        return await invite(context, url, request);
      case 'POST /admin/generate_link':
        await requireAdmin(authorization);
        return await generateLink(context, url, request);
      case 'GET /admin/users':
        await requireAdmin(authorization);
        return await listUsers(context, url);
      case 'POST /admin/users':
        await requireAdmin(authorization);
        return await makeUser(context, request);
      case 'POST /signup':
        throw new AuthError(422, 'signup_disabled', 'Signups not allowed for this instance');
      case 'GET /.well-known/jwks.json':
        return { status: 200, body: publicKeySet(keys) };
      case 'GET /health':
        return {
          status: 200,
          body: { name: 'GoTrue', version: 'replyloop-local', description: 'Accounts of the local stack' },
        };
      default:
        throw new AuthError(404, 'not_found', `The local stack has no ${request.method} /auth/v1${path}`);
    }
  };

  return {
    handle: async (path, request, response, authorization) => {
      try {
        const url = new URL(request.url ?? '/', issuer);
        const { status, body, headers } = await route(path, url, request, authorization);
        if (body !== undefined) answerJson(response, status, body, headers);
        else response.writeHead(status, { ...corsHeaders, ...headers }).end();
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
    answerJson(response, status, { code, message, ...known?.extra }, {
      ...known?.headers,
      'x-supabase-api-version': '2024-01-01',
    });
  } else {
    answerJson(
      response,
      status,
      { code: status, error_code: code, msg: message, ...known?.extra },
      known?.headers,
    );
  }
}
