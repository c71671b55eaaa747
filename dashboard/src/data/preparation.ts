// What a campaign lacks before it can be exported, as far as a list can know: the check before the export knows everything.
import { read } from './failure.ts';
import { maxRows } from './paging.ts';
import { supabase } from './supabase.ts';

export type Preparation = 'incomplete' | 'waiting' | 'changes_asked' | 'ready';

interface Facts {
  connection_id: string | null;
  sending_accounts: readonly string[];
  sending_account_tags: readonly string[];
  /** Null: the reader may not see the workspace. */
  provider_connections: { client_id: string | null } | null;
  clients: { approval_required: boolean } | null;
  /** At most one. */
  businesses: readonly unknown[];
  /** The newest. */
  campaign_approvals: readonly { state: 'requested' | 'approved' | 'changes_asked' }[];
}

export function preparationOf(facts: Facts): Preparation {
  if (facts.businesses.length === 0 || !hasMailboxes(facts)) return 'incomplete';
  if (!facts.clients?.approval_required) return 'ready';
  switch (facts.campaign_approvals[0]?.state) {
    case 'approved':
      return 'ready';
    case 'requested':
      return 'waiting';
    case 'changes_asked':
      return 'changes_asked';
    case undefined:
      return 'incomplete';
  }
}

/** Without a choice a client's own workspace sends from all its mailboxes, a shared one from none. */
const hasMailboxes = (facts: Facts): boolean =>
  facts.connection_id !== null && (
    facts.sending_accounts.length > 0 || facts.sending_account_tags.length > 0 ||
    facts.provider_connections?.client_id !== null
  );

/** More ids than this do not fit into an address; then those of all campaigns before their export are read. */
const mostIds = 100;

/** By campaign. One row of each list per campaign, so it costs the same however many leads there are. */
export async function readPreparations(
  campaigns: readonly { campaign_id: string }[],
): Promise<ReadonlyMap<string, Preparation>> {
  let request = supabase().from('campaigns').select(
    'id, connection_id, sending_accounts, sending_account_tags, provider_connections(client_id), clients(approval_required), businesses(id), campaign_approvals(state)',
  ).is('provider_status', null).eq('generation_status', 'completed');
  if (campaigns.length <= mostIds) request = request.in('id', campaigns.map(({ campaign_id: id }) => id));
  const rows = await read(
    request
      .order('id', { referencedTable: 'businesses' }).limit(1, { referencedTable: 'businesses' })
      .order('requested_at', { referencedTable: 'campaign_approvals', ascending: false })
      .limit(1, { referencedTable: 'campaign_approvals' })
      .order('created_at', { ascending: false }).limit(maxRows),
  );
  return new Map(rows.map((row) => [row.id, preparationOf(row)]));
}
