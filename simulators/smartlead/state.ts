import { CampaignSpace, normalizeEmail } from './campaign-space.ts';
import { Identifiers, uuidFrom } from './identifiers.ts';
import type { CampaignRecord } from './campaign-space.ts';
import type { IdKind } from './identifiers.ts';
import type { AccountOptions, WorkspaceOptions } from './options.ts';
import type {
  AgendaItem,
  Campaign,
  Category,
  Client,
  DeliveryLogRow,
  EmailAccount,
  FailedDelivery,
  Lead,
  Link,
  PendingDelivery,
  Webhook,
  WorkspaceAccess,
} from './types.ts';

export { CampaignSpace, normalizeEmail } from './campaign-space.ts';

export interface WorkspaceRecord {
  id: string;
  userId: number;
  created: number;
  name: string;
  keys: string[];
  access: WorkspaceAccess;
  secretKey: string;
  remainingInPlan: number;
  clients: Client[];
  categories: Category[];
  accounts: EmailAccount[];
  blockList: string[];
  bounceList: string[];
  webhooks: Webhook[];
  log: DeliveryLogRow[];
  failed: FailedDelivery[];
  campaignsMade: number;
  campaigns: CampaignRecord[];
  leads: Lead[];
}

export interface Snapshot {
  version: 1;
  seed: number;
  simulatedNow: number;
  identifiers: Record<IdKind, number>;
  events: number;
  workspaces: WorkspaceRecord[];
  agenda: AgendaItem[];
  deliveries: PendingDelivery[];
}

const builtIn = [
  ['Interested', 'positive'],
  ['Meeting Request', 'positive'],
  ['Not Interested', 'negative'],
  ['Do Not Contact', 'negative'],
  ['Information Request', 'positive'],
  ['Out Of Office', 'neutral'],
  ['Wrong Person', 'negative'],
] as const;

/** One workspace, which may serve many clients. */
export class Workspace {
  readonly campaigns = new Map<number, CampaignSpace>();
  readonly leadById = new Map<number, Lead>();
  readonly leadByEmail = new Map<string, Lead>();

  constructor(readonly record: WorkspaceRecord) {
    for (const campaign of record.campaigns) {
      this.campaigns.set(campaign.data.id, new CampaignSpace(campaign));
    }
    for (const lead of record.leads) this.#index(lead);
  }

  get id(): string {
    return this.record.id;
  }

  #index(lead: Lead): void {
    this.leadById.set(lead.id, lead);
    this.leadByEmail.set(lead.email, lead);
  }

  addLead(lead: Lead): void {
    this.record.leads.push(lead);
    this.#index(lead);
  }

  category(id: number | null): Category | undefined {
    return this.record.categories.find((category) => category.id === id);
  }

  categoryNamed(name: string): Category | undefined {
    return this.record.categories.find((category) => category.name.toLowerCase() === name.toLowerCase());
  }

  client(id: number | null): Client | undefined {
    return this.record.clients.find((client) => client.id === id);
  }

  account(email: string | null): EmailAccount | undefined {
    return this.record.accounts.find((account) => account.email === email);
  }

  accountsOf(campaign: Campaign): EmailAccount[] {
    return this.record.accounts.filter(({ id }) => campaign.accountIds.includes(id));
  }

  subsequencesOf(campaign: Campaign): CampaignSpace[] {
    return [...this.campaigns.values()].filter(({ data }) => data.parentId === campaign.id);
  }

  isBlocked(email: string): boolean {
    const { blockList } = this.record;
    return blockList.includes(email) || blockList.includes(email.slice(email.lastIndexOf('@') + 1));
  }
}

/** Everything the simulator knows: the clock, the ids and the workspaces. */
export class World {
  readonly workspaces = new Map<string, Workspace>();
  identifiers = new Identifiers();
  #events = 0;
  dirty = false;

  constructor(readonly seed: number, public simulatedNow: number) {}

  isoNow(): string {
    return new Date(this.simulatedNow).toISOString();
  }

  nextEventId(): string {
    return `event-${this.#events += 1}`;
  }

  findKey(key: string): Workspace | undefined {
    return [...this.workspaces.values()].find(({ record }) => record.keys.includes(key));
  }

  createWorkspace(options: WorkspaceOptions): Workspace {
    const created = this.simulatedNow;
    const userId = this.identifiers.take('user');
    const id = options.id ?? uuidFrom(`workspace ${this.seed} ${userId}`);
    const clients = (options.clients ?? []).map((client): Client => {
      const details = typeof client === 'string' ? { name: client } : client;
      const clientId = details.id ?? this.identifiers.take('client');
      const email = details.email ??
        `owner@${details.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}.example`;
      return { id: clientId, created, name: details.name, email, uuid: uuidFrom(`client ${clientId}`) };
    });
    const workspace = new Workspace({
      id,
      userId,
      created,
      name: options.name ?? 'Workspace',
      keys: [...options.keys ?? [`${uuidFrom(`key ${id}`)}_key`]],
      access: options.access ?? 'ok',
      secretKey: options.secretKey ?? uuidFrom(`secret ${id}`),
      remainingInPlan: options.remainingInPlan ?? 100_000,
      clients,
      categories: [
        ...builtIn.map(([name, sentiment], index): Category => ({ id: index + 1, created, name, sentiment })),
        ...(options.labels ?? []).map(({ label, kind, categoryId }): Category => ({
          id: categoryId ?? this.identifiers.take('category'),
          created,
          name: label,
          sentiment: kind,
        })),
      ],
      accounts: [],
      blockList: (options.blockList ?? []).map(normalizeEmail),
      bounceList: (options.bounceList ?? []).map(normalizeEmail),
      webhooks: [],
      log: [],
      failed: [],
      campaignsMade: 0,
      campaigns: [],
      leads: [],
    });
    for (const account of options.accounts ?? []) {
      this.#addAccount(workspace, typeof account === 'string' ? { email: account } : account);
    }
    this.workspaces.set(id, workspace);
    this.dirty = true;
    return workspace;
  }

  #addAccount({ record }: Workspace, options: AccountOptions): void {
    const email = normalizeEmail(options.email);
    const client = record.clients.find(({ id, name }) => id === options.client || name === options.client);
    record.accounts.push({
      id: this.identifiers.take('account'),
      created: this.simulatedNow,
      email,
      name: options.name ?? email.split('@')[0] ?? '',
      // Smartlead hands the passwords out, so there must be some that a test can look for.
      password: `password-of-${email}`,
      type: options.type ?? 'SMTP',
      perDay: options.dailyLimit ?? 50,
      clientId: client?.id ?? null,
      warmupReputation: 90 + (email.length % 11),
      smtpFailure: options.smtpFailure ?? null,
      imapFailure: options.imapFailure ?? null,
    });
  }

  createCampaign(
    workspace: Workspace,
    name: string,
    clientId: number | null,
    parent?: { data: Campaign; onCategory: number | null },
  ): CampaignSpace {
    const { record } = workspace;
    const data: Campaign = {
      id: this.identifiers.take('campaign'),
      created: this.simulatedNow,
      updated: this.simulatedNow,
      name,
      status: parent?.data.status ?? 'DRAFTED',
      clientId,
      parentId: parent?.data.id ?? null,
      onCategory: parent?.onCategory ?? null,
      trackSettings: [],
      schedule: parent?.data.schedule ?? null,
      scheduleStart: null,
      minutesBetween: 10,
      newLeadsPerDay: parent?.data.newLeadsPerDay ?? 50,
      stopLeadSettings: 'REPLY_TO_AN_EMAIL',
      unsubscribeText: '',
      plainText: false,
      followUpPercentage: 60,
      espMatching: false,
      steps: [],
      accountIds: [...parent?.data.accountIds ?? []],
    };
    const campaign = new CampaignSpace({
      data,
      ordinal: record.campaignsMade += 1,
      events: [],
      mails: [],
      links: [],
      progress: { day: '', sent: 0, newLeads: 0, nextNew: 0, followUps: [] },
    });
    record.campaigns.push(campaign.record);
    workspace.campaigns.set(data.id, campaign);
    this.dirty = true;
    return campaign;
  }

  addLink(campaign: CampaignSpace, lead: Lead): Link {
    const link: Link = {
      id: this.identifiers.take('link'),
      created: this.simulatedNow,
      lead: lead.id,
      email: lead.email,
      status: 'STARTED',
      category: null,
      account: null,
      lastStep: 0,
      lastVariant: 1,
      lastSent: null,
      lastEvent: null,
      opens: 0,
      clicks: 0,
      replies: 0,
      bounced: false,
      unsubscribed: false,
      lastReply: null,
    };
    campaign.add(link);
    this.dirty = true;
    return link;
  }

  removeCampaign(workspace: Workspace, campaign: CampaignSpace): void {
    workspace.campaigns.delete(campaign.data.id);
    const { record } = workspace;
    record.campaigns = record.campaigns.filter((other) => other !== campaign.record);
    record.webhooks = record.webhooks.filter((webhook) => webhook.campaign !== campaign.data.id);
    this.dirty = true;
  }

  /** Forgets everything, as before the first workspace. */
  clear(simulatedNow: number): void {
    this.workspaces.clear();
    this.identifiers = new Identifiers();
    this.#events = 0;
    this.simulatedNow = simulatedNow;
    this.dirty = true;
  }

  snapshot(agenda: AgendaItem[], deliveries: PendingDelivery[]): Snapshot {
    return {
      version: 1,
      seed: this.seed,
      simulatedNow: this.simulatedNow,
      identifiers: this.identifiers.next,
      events: this.#events,
      workspaces: [...this.workspaces.values()].map(({ record }) => record),
      agenda,
      deliveries,
    };
  }

  restore(snapshot: Snapshot): void {
    this.simulatedNow = snapshot.simulatedNow;
    this.identifiers = new Identifiers(snapshot.identifiers);
    this.#events = snapshot.events;
    this.workspaces.clear();
    for (const record of snapshot.workspaces) this.workspaces.set(record.id, new Workspace(record));
  }
}
