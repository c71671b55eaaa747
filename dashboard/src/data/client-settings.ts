// What operators set for a client, and how one is made, switched, archived and deleted.
import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { read } from './failure.ts';
import { supabase, type Tables } from './supabase.ts';

const columns =
  'id, name, time_zone, integration_enabled, may_see_costs, may_see_connection, approval_required, positive_reply_value, currency, archived_at, removal_requested_at' as const;

type Column = typeof columns extends `${infer All}` ? Split<All> : never;
type Split<List extends string> = List extends `${infer First}, ${infer Rest}` ? First | Split<Rest> : List;

export type ClientSettings = Pick<Tables['clients']['Row'], Column>;

/** A client finds itself, an operator all, the archived ones too. */
export const clientSettingsQuery = queryOptions({
  queryKey: ['client-settings'],
  queryFn: async (): Promise<ClientSettings[]> =>
    await read(supabase().from('clients').select(columns).order('name').limit(1_000)),
});

/** What `create_client` and `change_client` take. */
export type ClientChange = Partial<
  Pick<
    ClientSettings,
    | 'name'
    | 'time_zone'
    | 'may_see_costs'
    | 'may_see_connection'
    | 'approval_required'
    | 'positive_reply_value'
    | 'currency'
  >
>;

const made = z.object({ client_id: z.string() });

export async function createClient(settings: ClientChange): Promise<string> {
  return made.parse(await read(supabase().rpc('create_client', { settings }))).client_id;
}

export async function changeClient(clientId: string, settings: ClientChange): Promise<void> {
  await read(supabase().rpc('change_client', { target_client_id: clientId, settings }));
}

export async function setIntegration(clientId: string, isEnabled: boolean): Promise<void> {
  await read(supabase().rpc('set_client_integration', { target_client_id: clientId, enabled: isEnabled }));
}

export async function archiveClient(clientId: string): Promise<void> {
  await read(supabase().rpc('archive_client', { target_client_id: clientId }));
}

export async function restoreClient(clientId: string): Promise<void> {
  await read(supabase().rpc('restore_client', { target_client_id: clientId }));
}

const asked = z.object({ job_id: z.string() });

/** Returns the job that does it; the database starts it, and so does this call where the database cannot. */
export async function deleteClient(clientId: string, confirmName: string): Promise<string> {
  const answer = asked.parse(
    await read(supabase().rpc('delete_client', { target_client_id: clientId, confirm_name: confirmName })),
  );
  await supabase().functions.invoke('remove-client', { body: { job_id: answer.job_id } });
  return answer.job_id;
}

const progress = z.object({
  status: z.enum(['queued', 'running', 'paused', 'completed', 'partial', 'failed']),
  done: z.number(),
  error_message: z.nullable(z.string()),
  result: z.object({
    removed: z._default(z.record(z.string(), z.number()), {}),
    webhooks_not_removed: z._default(z.array(z.string()), []),
  }),
});

export type RemovalProgress = z.infer<typeof progress>;

export const hasEnded = (removal: RemovalProgress | undefined): boolean =>
  removal !== undefined && ['completed', 'partial', 'failed'].includes(removal.status);

/** How far the deletion of a client is, every second until it has ended. */
export const removalQuery = (jobId: string) =>
  queryOptions({
    queryKey: ['removal', jobId],
    queryFn: async () =>
      progress.parse(
        await read(
          supabase().from('operator_jobs').select('status, done, error_message, result').eq('job_id', jobId)
            .single(),
        ),
      ),
    refetchInterval: ({ state }) => hasEnded(state.data) ? false : 1_000,
  });
