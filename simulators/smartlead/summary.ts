import type { Workspace } from './state.ts';
import type { CampaignStatus, WebhookLevel, WorkspaceAccess } from './types.ts';

/** Ids are text here, like those of the other simulator; `Number(id)` is what the API shows. */
export interface WorkspaceSummary {
  id: string;
  name: string;
  access: WorkspaceAccess;
  keys: string[];
  secretKey: string;
  accounts: string[];
  clients: Array<{ id: number; name: string }>;
  labels: Array<{ label: string; categoryId: number; sentiment: string | null }>;
  leads: number;
  campaigns: Array<{
    id: string;
    name: string;
    status: CampaignStatus;
    clientId: number | null;
    parentCampaignId: string | null;
    leads: number;
    events: number;
  }>;
  webhooks: Array<{
    id: string;
    url: string;
    level: WebhookLevel;
    campaignId: string | null;
    secretKey: string;
    isActive: boolean;
  }>;
  deliveryAttempts: number;
  failedDeliveries: number;
}

const textOrNull = (id: number | null): string | null => (id === null ? null : String(id));

export function describeWorkspace({ record, campaigns }: Workspace): WorkspaceSummary {
  return {
    id: record.id,
    name: record.name,
    access: record.access,
    keys: [...record.keys],
    secretKey: record.secretKey,
    accounts: record.accounts.map(({ email }) => email),
    clients: record.clients.map(({ id, name }) => ({ id, name })),
    labels: record.categories.map(({ id, name, sentiment }) => ({ label: name, categoryId: id, sentiment })),
    leads: record.leads.length,
    campaigns: [...campaigns.values()].map(({ data, record: { links, events } }) => ({
      id: String(data.id),
      name: data.name,
      status: data.status,
      clientId: data.clientId,
      parentCampaignId: textOrNull(data.parentId),
      leads: links.length,
      events: events.length,
    })),
    webhooks: record.webhooks.map(({ id, url, level, campaign, secretKey, isActive }) => ({
      id: String(id),
      url,
      level,
      campaignId: textOrNull(campaign),
      secretKey,
      isActive,
    })),
    deliveryAttempts: record.log.length,
    failedDeliveries: record.failed.length,
  };
}
