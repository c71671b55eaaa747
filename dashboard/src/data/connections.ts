// Connections to provider workspaces. A key goes to the function and never comes back: what is read has its last four
// characters only.
import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { Failure, functionFailure, read } from './failure.ts';
import { cut, readList } from './paging.ts';
import { type Enums, providerNames, supabase, type Tables } from './supabase.ts';

export type Provider = Enums['provider'];

export const providers: Record<Provider, { name: string; keyPlace: string; scopes: string | undefined }> = {
  instantly: {
    name: providerNames.instantly,
    keyPlace: 'In Instantly: Settings → Integrations → API Keys → Create API key (version 2).',
    scopes:
      'Give it these scopes: workspaces:read, campaigns:read, campaigns:create, campaigns:update, leads:read, leads:create, accounts:read, emails:read, lead-labels:read, webhooks:all, webhook_events:read.',
  },
  smartlead: {
    name: providerNames.smartlead,
    keyPlace: 'In Smartlead: Settings → Integrations → API Keys.',
    scopes: undefined,
  },
};

export type Connection = Tables['provider_connections']['Row'];

/** Those that the reader may see: a client its own, an operator all. */
export const connectionsQuery = queryOptions({
  queryKey: ['connections'],
  queryFn: () =>
    readList(
      async (wish) => await read(cut(supabase().from('provider_connections').select('*'), wish, 'id')),
      { id: 'name', desc: false },
    ),
});

export const connectionNamesQuery = queryOptions({
  queryKey: ['connection-names'],
  queryFn: () =>
    readList(
      async (wish) => await read(cut(supabase().from('provider_connections').select('id, name'), wish, 'id')),
      { id: 'name', desc: false },
    ),
  staleTime: 60_000,
  refetchInterval: false,
});

export type ConnectionState = 'active' | 'paused' | 'invalid' | 'needs_plan' | 'removed' | 'no_key';

export function connectionState(
  row: Pick<Connection, 'status' | 'removed_at' | 'api_key_last4'>,
): ConnectionState {
  if (row.removed_at) return 'removed';
  if (row.status === 'active' && !row.api_key_last4) return 'no_key';
  return row.status;
}

const webhook = z.object({
  registered: z.boolean(),
  message: z.optional(z.string()),
});
const saved = z.object({
  connection_id: z.string(),
  created: z.boolean(),
  workspace: z.object({ id: z.nullable(z.string()), name: z.string() }),
  webhook,
  /** Of a new connection, which is read at once. */
  sync_job_id: z.nullable(z.string()),
});
const tested = z.object({
  workspace: z.object({ id: z.nullable(z.string()), name: z.string() }),
  same_workspace: z.catch(z.nullable(z.boolean()), null),
});
const registered = z.object({ webhook });
const removed = z.object({ webhook_removed: z.boolean() });

export interface SaveWish {
  apiKey: string;
  provider: Provider;
  /** Undefined: a new connection. */
  connectionId?: string | undefined;
  name?: string | undefined;
  /** Of a new connection; null = shared. A client leaves it out. */
  clientId?: string | null | undefined;
  acceptWorkspaceChange?: boolean;
}

export async function saveConnection(wish: SaveWish): Promise<z.infer<typeof saved>> {
  return saved.parse(
    await invoke({
      action: 'save',
      api_key: wish.apiKey,
      provider: wish.provider,
      ...(wish.connectionId ? { connection_id: wish.connectionId } : {}),
      ...(wish.name ? { name: wish.name } : {}),
      ...(wish.clientId === undefined ? {} : { client_id: wish.clientId }),
      ...(wish.acceptWorkspaceChange ? { accept_workspace_change: true } : {}),
    }),
  );
}

export const testConnection = async (id: string): Promise<z.infer<typeof tested>> =>
  tested.parse(await invoke({ action: 'test', connection_id: id }));

export const registerWebhook = async (id: string): Promise<z.infer<typeof webhook>> =>
  registered.parse(await invoke({ action: 'register_webhook', connection_id: id })).webhook;

export const rotateWebhookSecret = async (id: string, graceHours: number): Promise<z.infer<typeof webhook>> =>
  registered.parse(
    await invoke({ action: 'rotate_webhook_secret', connection_id: id, grace_hours: graceHours }),
  ).webhook;

export type SecretUse = 'body' | 'signature';

/** What the function takes at least. */
export const shortestSecret = 16;

/** A webhook secret that the provider chose: it stands in each delivery, or signs it. */
export async function saveProviderSecret(id: string, secret: string, use: SecretUse): Promise<void> {
  await invoke({ action: 'save_provider_secret', connection_id: id, secret, use });
}

export async function pauseConnection(id: string, isPaused: boolean): Promise<void> {
  await invoke({ action: isPaused ? 'pause' : 'resume', connection_id: id });
}

/** `name` is what the person typed: a client has to name what it removes. */
export const removeConnection = async (id: string, name: string): Promise<z.infer<typeof removed>> =>
  removed.parse(await invoke({ action: 'remove', connection_id: id, confirm_name: name }));

const started = z.object({ jobs: z.array(z.object({ job_id: z.string() })) });

/** Starts a sync of one workspace, or joins the one that runs; the ids of its jobs. */
export async function startSync(connectionId: string): Promise<string[]> {
  const { data, error } = await supabase().functions.invoke<unknown>('sync-client', {
    body: { connection_id: connectionId },
  });
  if (error) throw await functionFailure(error);
  return started.parse(data).jobs.map((job) => job.job_id);
}

async function invoke(body: Record<string, unknown>): Promise<unknown> {
  const { data, error } = await supabase().functions.invoke<unknown>('provider-connection', { body });
  if (error) throw await functionFailure(error);
  return data;
}

const kinds = z.object({ kind: z.string() });

const titles: Record<string, string> = {
  unauthorized: 'The key is wrong',
  payment_required: 'The workspace has no paid plan',
  forbidden: 'The key lacks a scope',
  blocked: 'The provider blocks our server',
};

/** What the provider or the function said about a key: one of a few causes, and the function's own sentence. */
export function explainKeyFailure(error: unknown): { title: string; sentence: string; code: string } {
  if (!(error instanceof Failure)) {
    return { title: 'It did not work', sentence: 'Try again in a minute.', code: 'INTERNAL' };
  }
  const kind = kinds.safeParse(error.details);
  const title = kind.success ? titles[kind.data.kind] : undefined;
  return {
    title: title ?? (error.code === 'INSTANTLY_API_KEY_MISSING' ? 'No key is saved' : 'It did not work'),
    sentence: /[.!?]$/.test(error.message) ? error.message : `${error.message}.`,
    code: error.code,
  };
}

/** The key opens another workspace than the saved one: the function wants to hear that this is meant. */
export const isWorkspaceChange = (error: unknown): boolean =>
  error instanceof Failure && error.code === 'VALIDATION_FAILED' &&
  error.message.includes('accept_workspace_change');
