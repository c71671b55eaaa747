// From 12.2 on, PostgREST passes rows to the project's own aggregate for CSV; 12.0.2, the newest on npm, does so only for
// `select=*` (PostgREST issue 3160) and otherwise fails on a cast. This requests JSON instead and lets the same aggregate in
// the database create the CSV, so that the answer equals the platform's.
import { Buffer } from 'node:buffer';
import type { IncomingMessage, ServerResponse } from 'node:http';
import pg from 'pg';
import { answerJson, corsHeaders, readBody } from './http-answers.ts';

export interface CsvAnswers {
  /** True when the request is for CSV and the database has an aggregate for it. */
  isFor(request: IncomingMessage): Promise<boolean>;
  handle(
    path: string,
    authorization: string | undefined,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void>;
  stop(): Promise<void>;
}

const bodyLimit = 10 * 1024 * 1024;

/** The headers that PostgREST reads, beside the token and the requested type. */
const readHeaders = ['content-type', 'prefer', 'range', 'range-unit', 'accept-profile', 'content-profile'];

export function startCsvAnswers(adminUrl: string, postgrestPort: number): CsvAnswers {
  const pool = new pg.Pool({
    connectionString: adminUrl,
    max: 2,
    idleTimeoutMillis: 10_000,
    allowExitOnIdle: true,
  });
  // A connection that dies while idle (Postgres restarted) is replaced on the next use.
  pool.on('error', () => {});

  return {
    isFor: async (request) => {
      if (!/^\s*text\/csv\b/.test(request.headers.accept ?? '') || request.method === 'HEAD') return false;
      const { rows } = await pool.query<{ known: boolean }>(
        `select to_regprocedure('public.csv(anyelement)') is not null as known`,
      );
      return rows[0]?.known ?? false;
    },
    handle: async (path, authorization, request, response) => {
      const body = await readBody(request, bodyLimit);
      if (!body) return answerJson(response, 413, { message: 'Request size limit exceeded' });
      const headers = new Headers({ accept: 'application/json' });
      if (authorization) headers.set('authorization', authorization);
      for (const name of readHeaders) {
        const value = request.headers[name];
        if (typeof value === 'string') headers.set(name, value);
      }
      const answer = await fetch(`http://127.0.0.1:${postgrestPort}${path}`, {
        method: request.method ?? 'GET',
        headers,
        body: body.length > 0 ? new Uint8Array(body) : null,
      }).catch(() => undefined);
      if (!answer) {
        return answerJson(response, 503, { message: 'name resolution failed: PostgREST is starting again' });
      }
      const text = await answer.text();
      const isCsv = answer.ok && text !== '';
      const content = isCsv ? await toCsv(pool, text) : text;
      const range = answer.headers.get('content-range');
      response.writeHead(answer.status, {
        ...corsHeaders,
        'content-type': isCsv
          ? 'text/csv; charset=utf-8'
          : answer.headers.get('content-type') ?? 'application/json',
        'content-length': Buffer.byteLength(content),
        ...(range ? { 'content-range': range } : {}),
      });
      response.end(content);
    },
    stop: () => pool.end(),
  };
}

/** The JSON is passed as text, so that numbers keep every digit. */
async function toCsv(pool: pg.Pool, json: string): Promise<string> {
  const { rows } = await pool.query<{ csv: string }>(
    `select public.csv(r.entry order by r.position) as csv
     from json_array_elements(
       case json_typeof($1::json) when 'array' then $1::json else json_build_array($1::json) end
     ) with ordinality as r (entry, position)`,
    [json],
  );
  return rows[0]?.csv ?? '';
}
