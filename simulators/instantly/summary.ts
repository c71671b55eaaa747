import type { Workspace } from './state.ts';
import type { WorkspaceAccess } from './types.ts';

export interface WorkspaceSummary {
  id: string;
  name: string;
  access: WorkspaceAccess;
  keys: string[];
  accounts: string[];
  labels: Array<{ label: string; interestStatus: number }>;
  leads: number;
  campaigns: Array<{ id: string; name: string; status: number; leads: number; events: number }>;
  webhooks: Array<{ id: string; url: string; status: number }>;
  deliveryAttempts: number;
}

export function describeWorkspace({ record, campaigns }: Workspace): WorkspaceSummary {
  return {
    id: record.id,
    name: record.name,
    access: record.access,
    keys: record.keys.map(({ key }) => key),
    accounts: record.accounts.map(({ email }) => email),
    labels: record.labels.map(({ label, interestStatus }) => ({ label, interestStatus })),
    leads: record.leads.length,
    campaigns: [...campaigns.values()].map(({ data, leads, events }) => ({
      id: data.id,
      name: data.name,
      status: data.status,
      leads: leads.items.length,
      events: events.length,
    })),
    webhooks: record.webhooks.map(({ id, url, status }) => ({ id, url, status })),
    deliveryAttempts: record.log.length,
  };
}
