// Connections to provider workspaces. A key goes to the function and never comes back: what is read has its last four
// characters only.
import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { instantlyKeyScopes } from '../../../supabase/functions/_shared/providers/instantly/key-scopes.ts';
import { describeFailure, Failure, functionFailure, read } from './failure.ts';
import { cut, readList } from './paging.ts';
import { type Enums, providerNames, supabase, type Tables } from './supabase.ts';

export type Provider = Enums['provider'];

export const providers: Record<Provider, { name: string; keyPlace: string; scopes: string | undefined }> = {
  instantly: {
    name: providerNames.instantly,
    keyPlace: 'In Instantly: Settings → Integrations → API Keys → Create API key (version 2).',
    scopes: `Required scopes: ${instantlyKeyScopes.join(', ')}.`,
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
      async (page) => await read(cut(supabase().from('provider_connections').select('*'), page, 'id')),
      { id: 'name', desc: false },
    ),
});

export const connectionNamesQuery = queryOptions({
  queryKey: ['connection-names'],
  queryFn: () =>
    readList(
      async (page) => await read(cut(supabase().from('provider_connections').select('id, name'), page, 'id')),
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
  /** Of a new connection, which is synced at once. */
  sync_job_id: z.nullable(z.string()),
});
const tested = z.object({
  workspace: z.object({ id: z.nullable(z.string()), name: z.string() }),
  same_workspace: z.catch(z.nullable(z.boolean()), null),
});
const registered = z.object({ webhook });
const removed = z.object({ webhook_removed: z.boolean() });

export interface SaveInput {
  apiKey: string;
  provider: Provider;
  /** Undefined: a new connection. */
  connectionId?: string | undefined;
  name?: string | undefined;
  /** Of a new connection; null = shared. A client leaves it out. */
  clientId?: string | null | undefined;
  acceptWorkspaceChange?: boolean;
}

export async function saveConnection(input: SaveInput): Promise<z.infer<typeof saved>> {
  return saved.parse(
    await invoke({
      action: 'save',
      api_key: input.apiKey,
      provider: input.provider,
      ...(input.connectionId ? { connection_id: input.connectionId } : {}),
      ...(input.name ? { name: input.name } : {}),
      ...(input.clientId === undefined ? {} : { client_id: input.clientId }),
      ...(input.acceptWorkspaceChange ? { accept_workspace_change: true } : {}),
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

/** Shorter secrets are refused by the function. */
export const minSecretLength = 16;

/** A webhook secret that the provider chose: each delivery contains it or is signed with it. */
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
  unauthorized: 'The key is invalid',
  payment_required: 'The workspace needs a paid plan',
  forbidden: 'The key is missing a scope',
  blocked: 'The provider blocked our server',
};

/** Why a key was refused: one of a few causes, and the function's own sentence. */
export function explainKeyFailure(error: unknown): { title: string; sentence: string; code: string } {
  if (!(error instanceof Failure)) {
    return { title: 'Something went wrong', sentence: 'Try again in a minute.', code: 'INTERNAL' };
  }
  const kind = kinds.safeParse(error.details);
  const title = kind.success ? titles[kind.data.kind] : undefined;
  if (title === undefined && error.code === 'VALIDATION_FAILED' && !isWorkspaceChange(error)) {
    const { title: sentence, advice } = describeFailure(error);
    return { title: sentence, sentence: advice, code: error.code };
  }
  return {
    title: title ??
      (error.code === 'INSTANTLY_API_KEY_MISSING'
        ? 'No key saved'
        : isWorkspaceChange(error)
        ? 'Different workspace'
        : 'Something went wrong'),
    sentence: /[.!?]$/.test(error.message) ? error.message : `${error.message}.`,
    code: error.code,
  };
}

/** The key belongs to another workspace than the saved one: the function asks for confirmation. */
export const isWorkspaceChange = (error: unknown): boolean =>
  error instanceof Failure && error.code === 'VALIDATION_FAILED' &&
  error.message.includes('accept_workspace_change');
