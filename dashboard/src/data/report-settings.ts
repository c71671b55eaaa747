// What the reports of a client show, and whether its integration is on.
import { queryOptions } from '@tanstack/react-query';
import { read } from './failure.ts';
import { supabase, type Tables } from './supabase.ts';

export type ReportSettings = Pick<
  Tables['clients']['Row'],
  | 'id'
  | 'name'
  | 'integration_enabled'
  | 'may_see_costs'
  | 'may_see_connection'
  | 'positive_reply_value'
  | 'currency'
>;

/** A client finds itself, an operator all. */
export const reportSettingsQuery = queryOptions({
  queryKey: ['report-settings'],
  queryFn: async (): Promise<ReportSettings[]> =>
    await read(
      supabase().from('clients')
        .select(
          'id, name, integration_enabled, may_see_costs, may_see_connection, positive_reply_value, currency',
        )
        .order('name').limit(1_000),
    ),
});

export async function setReportSettings(
  clientId: string,
  settings: {
    maySeeCosts: boolean;
    maySeeConnection: boolean;
    positiveReplyValue: number | null;
    currency: string;
  },
): Promise<void> {
  await read(
    supabase().rpc('change_client', {
      target_client_id: clientId,
      settings: {
        may_see_costs: settings.maySeeCosts,
        may_see_connection: settings.maySeeConnection,
        positive_reply_value: settings.positiveReplyValue,
        currency: settings.currency,
      },
    }),
  );
}

export async function setIntegration(clientId: string, isEnabled: boolean): Promise<void> {
  await read(supabase().rpc('set_client_integration', { target_client_id: clientId, enabled: isEnabled }));
}
