// Incidents that need an operator's attention.
import { read } from './failure.ts';
import { cut, type PageRequest, where } from './paging.ts';
import { type Filled, supabase, type Views } from './supabase.ts';

export type AlertRow = Filled<
  Views['alerts']['Row'],
  | 'client_id'
  | 'client_name'
  | 'connection_id'
  | 'connection_name'
  | 'text'
  | 'closed_at'
  | 'delivery_error'
  | 'sent_at'
  | 'acknowledged_at'
  | 'acknowledged_by_name'
  | 'acknowledged_note'
>;

/** Open alerts are those that have not been acknowledged; acknowledged ones stay open until the problem is solved. */
export const alertStates = ['acknowledged', 'closed', 'all'] as const;
export type AlertState = typeof alertStates[number] | 'open';

/** Acknowledges an open alert, or undoes that. */
export async function acknowledgeAlert(input: { id: string; note: string; undo?: boolean }): Promise<number> {
  return await read(
    supabase().rpc('acknowledge_alerts', {
      ids: [input.id],
      ...(input.note.trim() ? { note: input.note } : {}),
      ...(input.undo ? { undo: true } : {}),
    }),
  );
}

export async function readAlerts(
  filter: { clientId: string | undefined; connectionId: string | undefined; state: AlertState },
  page: PageRequest,
): Promise<AlertRow[]> {
  let request = where(supabase().from('alerts').select('*'), {
    client_id: filter.clientId,
    connection_id: filter.connectionId,
  });
  if (filter.state === 'open') request = request.is('closed_at', null).is('acknowledged_at', null);
  if (filter.state === 'acknowledged') {
    request = request.is('closed_at', null).not('acknowledged_at', 'is', null);
  }
  if (filter.state === 'closed') request = request.not('closed_at', 'is', null);
  return await read(cut(request, page, 'id')) as AlertRow[];
}
