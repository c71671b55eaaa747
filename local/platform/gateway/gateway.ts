// The stack's single URL: routes, API keys and the check of function tokens, like the platform's gateway.
import { createServer } from 'node:http';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { exchangeKey, rolesByKey, splitUrl } from './api-keys.ts';
import type { GatewayUrl } from './api-keys.ts';
import type { Auth } from '../auth/auth.ts';
import type { Outbox } from '../auth/outbox.ts';
import { showOutbox } from '../auth/outbox-page.ts';
import { createMailApi } from './mail-api.ts';
import { startCsvAnswers } from './csv-answers.ts';
import { Failure, messageOf } from '../../shared/failure.ts';
import { checkGate } from './function-gate.ts';
import type { Functions } from '../functions/functions.ts';
import { answerJson, answerPreflight, corsHeaders } from './http-answers.ts';
import type { Keys } from '../../shared/keys.ts';
import { createTurns, partyOf } from './people-turns.ts';
import type { ProjectConfig } from '../../shared/project-config.ts';
import { createProxy } from './proxy.ts';
import type { Tokens } from '../auth/tokens.ts';

export interface GatewayOptions {
  port: number;
  keys: Keys;
  tokens: Tokens;
  config: ProjectConfig;
  auth: Auth;
  outbox: Outbox;
  adminUrl: string;
  postgrestPort: number;
  /** Called per request, because the functions start after the gateway. */
  functions: () => Functions | undefined;
  log?: (line: string) => void;
}

export interface Gateway {
  stop(): Promise<void>;
}

/** Open without an API key, as on the platform. */
const openAuthPaths = ['/.well-known/jwks.json', '/health', '/verify'];

export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { keys, tokens, auth } = options;
  const proxy = createProxy();
  const csv = startCsvAnswers(options.adminUrl, options.postgrestPort);
  const roles = rolesByKey(keys);
  const turns = createTurns();
  const mailApi = createMailApi(options.outbox);

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = splitUrl(request.url ?? '/');
    const below = (prefix: string) =>
      url.path === prefix || url.path.startsWith(`${prefix}/`)
        ? url.path.slice(prefix.length) || '/'
        : undefined;

    const functionPath = below('/functions/v1');
    if (functionPath !== undefined) return await passToFunction(functionPath, url, request, response);

    const outboxPath = url.path === '/outbox.json' ? '' : below('/outbox');
    if (outboxPath !== undefined) return showOutbox(options.outbox, request, response);

    const mailPath = below('/mail');
    if (mailPath !== undefined) return await mailApi.handle(mailPath, request, response);

    const restPath = below('/rest/v1');
    const authPath = below('/auth/v1');
    if (restPath === undefined && authPath === undefined) {
      answerJson(response, 404, { message: 'no Route matched with those values' });
      return;
    }
    if (request.method === 'OPTIONS') {
      answerPreflight(request, response);
      return;
    }
    if (authPath !== undefined && openAuthPaths.includes(authPath)) {
      return await auth.handle(authPath, request, response);
    }
    const answer = await exchangeKey(request, url, roles, tokens);
    if (!answer.allowed) {
      request.resume();
      answerJson(response, 401, answer.body);
      return;
    }
    if (authPath !== undefined) {
      return await auth.handle(authPath, request, response, answer.authorization);
    }
    const party = partyOf(answer.authorization);
    if (party !== undefined) {
      const giveBack = await turns.take(party, () => response.destroyed);
      if (giveBack === undefined) {
        request.resume();
        answerJson(response, 429, {
          code: 'PT429',
          message: 'RATE_LIMIT_EXCEEDED',
          details: 'Too many requests run at the same time; try again in a second',
          hint: null,
        }, { 'retry-after': '1' });
        return;
      }
      response.once('close', giveBack);
      if (response.destroyed) giveBack();
    }
    if (await csv.isFor(request)) {
      return await csv.handle(`${restPath}${url.query}`, answer.authorization, request, response);
    }
    proxy.pass(request, response, {
      port: options.postgrestPort,
      path: `${restPath}${url.query}`,
      headers: { authorization: answer.authorization, apikey: undefined, origin: undefined },
      answerHeaders: withCors,
      onUnreachable: () =>
        answerJson(response, 503, { message: 'name resolution failed: PostgREST is starting again' }),
      onTooLarge: () => answerJson(response, 413, { message: 'Request size limit exceeded' }),
    });
  };

  const passToFunction = async (
    path: string,
    url: GatewayUrl,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> => {
    const slug = path.split('/')[1] ?? '';
    const functions = options.functions();
    const settings = options.config.functions[slug] ?? { enabled: true, verifyJwt: true };
    if (!functions?.slugs.includes(slug) || !settings.enabled) {
      request.resume();
      answerJson(response, 404, { code: 'NOT_FOUND', message: 'Requested function was not found' });
      return;
    }
    const refusal = settings.verifyJwt ? await checkGate(request, tokens) : undefined;
    if (refusal) {
      request.resume();
      const { code, message } = refusal;
      answerJson(response, 401, { code, message, msg: message }, {
        'access-control-allow-headers': 'authorization, x-client-info, apikey',
        'access-control-expose-headers': 'sb-error-code',
        'sb-error-code': code,
      });
      return;
    }
    const isDown = () =>
      answerJson(response, 503, { code: 'BOOT_ERROR', message: 'Worker failed to boot (please check logs)' });
    if (!functions.isUp(slug)) {
      request.resume();
      isDown();
      return;
    }
    proxy.pass(request, response, {
      port: Number(new URL(functions.url(slug)).port),
      // The function sees /<slug>/…, as on the platform.
      path: `${path}${url.query}`,
      onUnreachable: isDown,
      onTooLarge: () =>
        answerJson(response, 413, { code: 'PAYLOAD_TOO_LARGE', message: 'Request size limit exceeded' }),
    });
  };

  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    handle(request, response).catch((error: unknown) => {
      options.log?.(`gateway: ${request.method} ${request.url?.split('?')[0]}: ${messageOf(error)}`);
      answerJson(response, 500, { message: 'An unexpected error occurred' });
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        new Failure(`The API gateway cannot listen on port ${options.port}: ${error.message}`, {
          cause: error,
        }),
      );
    });
    server.listen(options.port, '127.0.0.1', resolve);
  });
  return {
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      proxy.close();
      await closed;
      await csv.stop();
    },
  };
}

/** Replaces PostgREST's own CORS headers with the gateway's. */
function withCors(headers: OutgoingHttpHeaders): OutgoingHttpHeaders {
  const kept = Object.entries(headers).filter(([name]) => !name.startsWith('access-control-'));
  return { ...Object.fromEntries(kept), ...corsHeaders };
}
