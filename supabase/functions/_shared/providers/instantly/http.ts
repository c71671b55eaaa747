import { z } from 'zod';
import { createRedaction } from '../../platform/redaction.ts';
import {
  type Dialect,
  type HttpOptions,
  type HttpRequest,
  ProviderHttp,
  saysPlanEnded,
} from '../provider-http.ts';
import type { OddRow } from '../rows.ts';

const errorBody = z.object({ message: z.string() });

const dialect: Dialect = {
  provider: 'instantly',
  title: 'Instantly',
  root: '/api/v2',
  // Instantly's windows are rolling, so calls are possible again soon.
  cooldownSeconds: 2,
  bucketOf: ({ method, path }) => method === 'GET' && path === 'emails' ? 'emails' : 'calls',
  /** A message is in JSON, or a bare word about the plan; an HTML page has none. */
  readRefusal(body) {
    try {
      return errorBody.safeParse(JSON.parse(body)).data?.message;
    } catch {
      return !body.startsWith('<') && saysPlanEnded(body) ? body : undefined;
    }
  },
};

/** Sends requests to Instantly with the key in a header. */
export class InstantlyHttp {
  readonly #http: ProviderHttp;

  constructor(options: HttpOptions) {
    const redact = createRedaction(options.apiKey);
    this.#http = new ProviderHttp(options, {
      ...dialect,
      readRefusal: (body) => {
        const providerMessage = dialect.readRefusal(body);
        return providerMessage === undefined ? undefined : redact(providerMessage);
      },
      headers: { authorization: `Bearer ${options.apiKey}` },
    });
  }

  takeOddRows(): OddRow[] {
    return this.#http.takeOddRows();
  }

  async request<T>(request: HttpRequest<T>): Promise<T> {
    const answer = await this.#http.send(request);
    let body: unknown;
    try {
      body = JSON.parse(answer.text);
    } catch {
      if (saysPlanEnded(answer.text)) return this.#http.check(answer, answer.text, request.answer);
      throw this.#http.error(
        'unexpected_answer',
        `answered ${answer.call} with ${answer.status} and no JSON`,
        answer.status,
      );
    }
    return this.#http.check(answer, body, request.answer);
  }
}
