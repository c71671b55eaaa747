import type { ProviderErrorKind } from '../provider.ts';
import { type Dialect, type HttpOptions, type HttpRequest, ProviderHttp } from '../provider-http.ts';
import type { OddRow } from '../rows.ts';
import { AppError } from '../../platform/errors.ts';
import { createRedaction, type Redact } from '../../platform/redaction.ts';

export interface SmartleadRequest<T> extends HttpRequest<T> {
  /** Smartlead answers 200 with `{}` or nothing for a missing campaign or lead: true turns that into `not_found`. */
  emptyIsMissing?: boolean;
}

const dialect: Omit<Dialect, 'readRefusal'> = {
  provider: 'smartlead',
  title: 'Smartlead',
  root: '/api/v1',
  // The limit is per account and per clock minute.
  cooldownSeconds: 15,
  kindOfRefusal,
};

/**
 * Sends requests to Smartlead. The key is part of every URL, so only the innermost call adds it: no request, error or log
 * of the layers above ever holds it.
 */
export class SmartleadHttp {
  readonly #http: ProviderHttp;

  constructor(options: HttpOptions) {
    const redact = createRedaction(options.apiKey);
    this.#http = new ProviderHttp({ ...options, fetch: withKey(options, redact) }, {
      ...dialect,
      readRefusal: (body) => readRefusal(body, redact),
    });
  }

  takeOddRows(): OddRow[] {
    return this.#http.takeOddRows();
  }

  async request<T>(request: SmartleadRequest<T>): Promise<T> {
    const answer = await this.#http.send(request);
    const body = parseContent(answer.text);
    if (request.emptyIsMissing && isEmpty(body)) {
      throw this.#http.error(
        'not_found',
        `answered ${answer.call} with nothing: it does not exist`,
        answer.status,
      );
    }
    return this.#http.check(answer, body, request.answer);
  }
}

function withKey(options: HttpOptions, redact: Redact): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    url.searchParams.set('api_key', options.apiKey);
    const body = request.body === null ? undefined : await request.text();
    try {
      return await options.fetch(url.href, {
        method: request.method,
        headers: request.headers,
        signal: request.signal,
        redirect: request.redirect,
        ...(body === undefined ? {} : { body }),
      });
    } catch (error) {
      if (error instanceof AppError) throw error;
      // Deno puts the whole URL into the message of a failed call; the original error goes no further.
      const clean = new TypeError(redact(error instanceof Error ? error.message : String(error)));
      if (error instanceof Error) clean.name = error.name;
      throw clean;
    }
  };
}

function kindOfRefusal(status: number, providerMessage: string | undefined): ProviderErrorKind | undefined {
  // Express's answer to an unknown route: our mistake, not a missing campaign.
  if (status === 404 && providerMessage?.startsWith('Cannot ')) return 'unexpected_answer';
  return status === 409 || status === 422 ? 'bad_request' : undefined;
}

/** JSON if it parses, otherwise the text: Smartlead's content types are unreliable. */
function parseContent(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text.trim();
  }
}

function isEmpty(body: unknown): boolean {
  return body === '' || body === null ||
    (typeof body === 'object' && !Array.isArray(body) && Object.keys(body).length === 0);
}

/** Smartlead's own message: error.message, error, message, or plain text; an HTML page has none. */
function readRefusal(body: string, redact: Redact): string | undefined {
  const providerMessage = findMessage(parseContent(body));
  return providerMessage === undefined || providerMessage === '' || providerMessage.startsWith('<')
    ? undefined
    : redact(providerMessage);
}

function findMessage(body: unknown): string | undefined {
  if (typeof body === 'string') return body;
  if (typeof body !== 'object' || body === null) return undefined;
  const { error, message } = body as Record<string, unknown>;
  if (typeof error === 'object' && error !== null) {
    return findMessage({ message: (error as { message?: unknown }).message });
  }
  if (typeof error === 'string') return error;
  return typeof message === 'string' ? message : undefined;
}
