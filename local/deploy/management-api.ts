// The parts of Supabase's Management API that a deployment uses beside the CLI, with the shapes that CLI 3.1.0 declares for them.
import ky, { HTTPError, type KyInstance } from 'ky';
import { z } from 'zod';
import { Failure } from '../shared/failure.ts';

const project = z.object({
  ref: z.string(),
  name: z.string(),
  region: z.string(),
  status: z.string(),
  database: z.object({ version: z.string() }),
});
const apiKeys = z.array(z.object({
  name: z.string(),
  type: z.enum(['legacy', 'publishable', 'secret']).nullish(),
  api_key: z.string().nullish(),
}));
const functions = z.array(z.object({
  slug: z.string(),
  status: z.string(),
  version: z.number(),
  updated_at: z.number().optional(),
}));
/** `value` is the SHA-256 of the secret: what was set cannot be read back. */
const secrets = z.array(z.object({ name: z.string(), value: z.string() }));
const authConfig = z.looseObject({ hook_custom_access_token_enabled: z.boolean().nullish() });
const dataApiConfig = z.object({
  db_schema: z.string(),
  max_rows: z.number(),
  db_extra_search_path: z.string(),
  db_pool: z.number().nullish(),
});
const rows = z.array(z.record(z.string(), z.unknown()));

export type Project = z.infer<typeof project>;
export type DataApiConfig = z.infer<typeof dataApiConfig>;

export interface ManagementApi {
  project(): Promise<Project>;
  /** With the keys themselves. */
  apiKeys(): Promise<z.infer<typeof apiKeys>>;
  createApiKey(type: 'publishable' | 'secret', name: string): Promise<void>;
  functions(): Promise<z.infer<typeof functions>>;
  deleteFunction(slug: string): Promise<void>;
  secrets(): Promise<z.infer<typeof secrets>>;
  authConfig(): Promise<Record<string, unknown>>;
  changeAuthConfig(change: Record<string, unknown>): Promise<void>;
  dataApiConfig(): Promise<DataApiConfig>;
  changeDataApiConfig(change: Partial<DataApiConfig>): Promise<void>;
  /** Runs SQL as `postgres`; several statements only without parameters. */
  query<Row extends z.ZodType>(row: Row, sql: string, parameters?: unknown[]): Promise<z.infer<Row>[]>;
}

export function connectManagementApi(options: {
  url: string;
  accessToken: string;
  ref: string;
}): ManagementApi {
  const http = ky.create({
    prefix: `${options.url}/v1/projects`,
    headers: { authorization: `Bearer ${options.accessToken}` },
    // A statement of an upgrade may take a while; a POST is never repeated.
    timeout: 120_000,
    retry: { limit: 3, methods: ['get'] },
  });

  async function call<Shape extends z.ZodType>(
    shape: Shape,
    method: 'get' | 'post' | 'patch' | 'delete',
    path: string,
    json?: unknown,
  ): Promise<z.infer<Shape>> {
    const answer = await send(http, method, path === '' ? options.ref : `${options.ref}/${path}`, json);
    const parsed = shape.safeParse(answer);
    if (parsed.success) return parsed.data;
    throw new Failure(
      `The Management API answered ${method.toUpperCase()} ${
        path || 'project'
      } in an unknown shape; this checkout is older than the platform's API: ${
        z.prettifyError(parsed.error)
      }`,
    );
  }

  return {
    project: () => call(project, 'get', ''),
    apiKeys: () => call(apiKeys, 'get', 'api-keys?reveal=true'),
    createApiKey: async (type, name) => {
      await call(z.unknown(), 'post', 'api-keys?reveal=true', { type, name });
    },
    functions: () => call(functions, 'get', 'functions'),
    deleteFunction: async (slug) => {
      await call(z.unknown(), 'delete', `functions/${slug}`);
    },
    secrets: () => call(secrets, 'get', 'secrets'),
    authConfig: () => call(authConfig, 'get', 'config/auth'),
    changeAuthConfig: async (change) => {
      await call(z.unknown(), 'patch', 'config/auth', change);
    },
    dataApiConfig: () => call(dataApiConfig, 'get', 'postgrest'),
    changeDataApiConfig: async (change) => {
      await call(z.unknown(), 'patch', 'postgrest', change);
    },
    query: async (row, sql, parameters) => {
      const answer = await call(rows, 'post', 'database/query', {
        query: sql,
        ...(parameters === undefined ? {} : { parameters }),
      });
      return z.array(row).parse(answer);
    },
  };
}

async function send(
  http: KyInstance,
  method: 'get' | 'post' | 'patch' | 'delete',
  path: string,
  json: unknown,
): Promise<unknown> {
  try {
    const response = await http(path, { method, ...(json === undefined ? {} : { json }) });
    const text = await response.text();
    return text === '' ? undefined : JSON.parse(text) as unknown;
  } catch (error) {
    if (!(error instanceof HTTPError)) {
      throw new Failure('The Management API cannot be reached; check the network and run the command again', {
        cause: error,
      });
    }
    throw new Failure(
      explain(error.response.status, error.data, `${method.toUpperCase()} ${path}`),
    );
  }
}

/** The API's own sentence, without what was sent: that may hold a secret. */
function explain(status: number, answer: unknown, call: string): string {
  if (status === 401) {
    return 'The Management API refuses SUPABASE_ACCESS_TOKEN; make a new one (Account, Access Tokens)';
  }
  if (status === 404) {
    return `The project was not found with this access token; its reference is in its address (${call})`;
  }
  const known = z.object({ message: z.string() }).safeParse(answer);
  return `The Management API answered ${status} to ${call}: ${
    known.success ? known.data.message : 'no reason given'
  }`;
}
