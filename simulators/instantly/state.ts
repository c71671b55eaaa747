import { firstAfter, LeadBook, normalizeEmail } from './lead-book.ts';
import { hashText, IdentifierSource } from '../shared/random.ts';
import type { WorkspaceOptions } from './options.ts';
import type {
  AgendaItem,
  ApiKey,
  BlockListEntry,
  Campaign,
  DeliveryLogRow,
  EventRecord,
  Lead,
  LeadLabel,
  PendingDelivery,
  SendingAccount,
  Webhook,
  WorkspaceAccess,
} from './types.ts';

/** How far the engine has come with a campaign. */
export interface SendingProgress {
  day: string;
  sent: number;
  newLeads: number;
  /** Id of the last lead that got, or was passed over for, its first email. */
  lastNewLead: string;
  followUps: Array<{ lead: string; step: number }>;
}

export interface CampaignRecord {
  data: Campaign;
  /** Position in the workspace; part of the engine's seed, because ids depend on the clock. */
  ordinal: number;
  events: EventRecord[];
  progress: SendingProgress;
}

export interface WorkspaceRecord {
  id: string;
  created: number;
  updated: number;
  name: string;
  owner: string;
  blockListId: string;
  keys: ApiKey[];
  access: WorkspaceAccess;
  remainingInPlan: number;
  defaultOpportunityValue: number | null;
  campaignsMade: number;
  accounts: SendingAccount[];
  labels: LeadLabel[];
  blockList: BlockListEntry[];
  webhooks: Webhook[];
  log: DeliveryLogRow[];
  campaigns: CampaignRecord[];
  leads: Lead[];
}

export interface Snapshot {
  version: 1;
  seed: number;
  simulatedNow: number;
  identifiers: { milliseconds: number; counter: number };
  workspaces: WorkspaceRecord[];
  agenda: AgendaItem[];
  deliveries: PendingDelivery[];
}

export interface CampaignSpace extends CampaignRecord {
  leads: LeadBook;
}

const emailOrder = (event: EventRecord): string => `${String(event.at).padStart(15, '0')} ${event.id}`;

/** One workspace with the indexes that keep lookups and paging quick. */
export class Workspace {
  readonly campaigns = new Map<string, CampaignSpace>();
  readonly lists = new Map<string, LeadBook>();
  readonly leadById = new Map<string, Lead>();
  readonly leadsByEmail = new Map<string, Lead[]>();
  readonly blocked = new Set<string>();
  /** Sent and received emails in time order; they are the events themselves. */
  readonly emails: EventRecord[] = [];
  readonly emailById = new Map<string, EventRecord>();

  constructor(readonly record: WorkspaceRecord) {
    for (const campaign of record.campaigns) {
      this.campaigns.set(campaign.data.id, { ...campaign, leads: new LeadBook() });
    }
    for (const campaign of record.campaigns) for (const event of campaign.events) this.indexEmail(event);
    for (const lead of record.leads) this.#index(lead);
    for (const entry of record.blockList) this.blocked.add(entry.value);
  }

  get id(): string {
    return this.record.id;
  }

  list(id: string): LeadBook {
    let book = this.lists.get(id);
    if (book === undefined) this.lists.set(id, book = new LeadBook());
    return book;
  }

  bookOf(lead: Lead): LeadBook {
    const campaign = lead.campaign === null ? undefined : this.campaigns.get(lead.campaign);
    return campaign?.leads ?? this.list(lead.list ?? '');
  }

  addLead(lead: Lead): void {
    this.record.leads.push(lead);
    this.#index(lead);
  }

  #index(lead: Lead): void {
    this.leadById.set(lead.id, lead);
    this.bookOf(lead).add(lead);
    if (lead.email === null) return;
    const email = normalizeEmail(lead.email);
    const same = this.leadsByEmail.get(email);
    if (same === undefined) this.leadsByEmail.set(email, [lead]);
    else same.push(lead);
  }

  removeLeads(leads: ReadonlySet<Lead>): void {
    if (leads.size === 0) return;
    const byBook = new Map<LeadBook, Set<Lead>>();
    for (const lead of leads) {
      const book = this.bookOf(lead);
      byBook.set(book, (byBook.get(book) ?? new Set()).add(lead));
      this.leadById.delete(lead.id);
      if (lead.email === null) continue;
      const email = normalizeEmail(lead.email);
      const left = (this.leadsByEmail.get(email) ?? []).filter((other) => other !== lead);
      if (left.length === 0) this.leadsByEmail.delete(email);
      else this.leadsByEmail.set(email, left);
    }
    for (const [book, members] of byBook) book.remove(members);
    this.record.leads = this.record.leads.filter((lead) => !leads.has(lead));
  }

  isBlocked(email: string): boolean {
    const address = normalizeEmail(email);
    return this.blocked.has(address) || this.blocked.has(address.slice(address.lastIndexOf('@') + 1));
  }

  indexEmail(event: EventRecord): void {
    const isEmail = event.type === 'email_sent' || event.type === 'reply_received' ||
      event.type === 'auto_reply_received';
    if (!isEmail) return;
    this.emailById.set(event.id, event);
    const last = this.emails.at(-1);
    if (last === undefined || emailOrder(last) <= emailOrder(event)) this.emails.push(event);
    else this.emails.splice(firstAfter(this.emails, emailOrder(event), emailOrder), 0, event);
  }

  emailOrder(id: string): string | undefined {
    const event = this.emailById.get(id);
    return event === undefined ? undefined : emailOrder(event);
  }

  labelFor(interest: number): LeadLabel | undefined {
    return this.record.labels.find((label) => label.interestStatus === interest);
  }
}

export const emailKey = emailOrder;

/** Everything the simulator knows: the clock, the id source and the workspaces. */
export class World {
  readonly workspaces = new Map<string, Workspace>();
  identifiers: IdentifierSource;
  simulatedNow: number;
  dirty = false;

  constructor(readonly seed: number, startAt: number) {
    this.identifiers = new IdentifierSource(seed);
    this.simulatedNow = startAt;
  }

  nextId(at = this.simulatedNow): string {
    return this.identifiers.next(at);
  }

  isoNow(): string {
    return new Date(this.simulatedNow).toISOString();
  }

  findKey(key: string): { workspace: Workspace; key: ApiKey } | undefined {
    for (const workspace of this.workspaces.values()) {
      const found = workspace.record.keys.find((candidate) => candidate.key === key);
      if (found !== undefined) return { workspace, key: found };
    }
    return undefined;
  }

  createWorkspace(options: WorkspaceOptions): Workspace {
    const id = options.id ?? this.nextId();
    const now = this.simulatedNow;
    // Labels are paged by timestamp, so no two may share one.
    let labelTime = now - 1000;
    const record: WorkspaceRecord = {
      id,
      created: now,
      updated: now,
      name: options.name ?? 'Workspace',
      owner: this.nextId(),
      blockListId: this.nextId(),
      keys: (options.keys ?? [`key-${hashText(id).toString(16)}==`]).map((key) =>
        typeof key === 'string' ? { key, scopes: ['all:all'] } : { key: key.key, scopes: [...key.scopes] }
      ),
      access: options.access ?? 'ok',
      remainingInPlan: options.remainingInPlan ?? 100_000,
      defaultOpportunityValue: options.defaultOpportunityValue ?? 1500,
      campaignsMade: 0,
      accounts: (options.accounts ?? []).map((account, index) => {
        const details = typeof account === 'string' ? { email: account } : account;
        return {
          email: normalizeEmail(details.email),
          created: now + index,
          firstName: details.firstName ?? details.email.split('@')[0] ?? '',
          lastName: details.lastName ?? '',
          status: details.status ?? 1,
          dailyLimit: details.dailyLimit ?? 50,
          providerCode: 2,
          warmupScore: 90 + (hashText(details.email) % 11),
        };
      }),
      labels: (options.labels ?? []).map(({ label, kind, interestStatus }, index) => ({
        id: this.nextId(),
        created: labelTime += 1,
        label,
        kind,
        interestStatus: interestStatus ?? (kind === 'negative' ? -1 : 1) * (1000 + index),
      })),
      blockList: [],
      webhooks: [],
      log: [],
      campaigns: [],
      leads: [],
    };
    const workspace = new Workspace(record);
    this.workspaces.set(id, workspace);
    for (const value of options.blockList ?? []) this.addToBlockList(workspace, value);
    this.dirty = true;
    return workspace;
  }

  addToBlockList(workspace: Workspace, value: string): BlockListEntry {
    const clean = normalizeEmail(value);
    const entry = {
      id: this.nextId(),
      created: this.simulatedNow,
      value: clean,
      isDomain: !clean.includes('@'),
    };
    workspace.record.blockList.push(entry);
    workspace.blocked.add(clean);
    this.dirty = true;
    return entry;
  }

  removeCampaign(workspace: Workspace, campaign: CampaignSpace): void {
    workspace.removeLeads(new Set(campaign.leads.items));
    workspace.campaigns.delete(campaign.data.id);
    this.dirty = true;
  }

  /** Forgets everything, as before the first workspace; ids go on growing. */
  clear(simulatedNow: number): void {
    this.workspaces.clear();
    this.simulatedNow = simulatedNow;
    this.dirty = true;
  }

  snapshot(agenda: AgendaItem[], deliveries: PendingDelivery[]): Snapshot {
    return {
      version: 1,
      seed: this.seed,
      simulatedNow: this.simulatedNow,
      identifiers: this.identifiers.position,
      workspaces: [...this.workspaces.values()].map((workspace) => ({
        ...workspace.record,
        campaigns: [...workspace.campaigns.values()].map(({ data, ordinal, events, progress }) => ({
          data,
          ordinal,
          events,
          progress,
        })),
      })),
      agenda,
      deliveries,
    };
  }

  restore(snapshot: Snapshot): void {
    this.simulatedNow = snapshot.simulatedNow;
    this.identifiers = new IdentifierSource(this.seed, snapshot.identifiers);
    this.workspaces.clear();
    for (const record of snapshot.workspaces) this.workspaces.set(record.id, new Workspace(record));
  }
}
