import type { CommonWorkspaceOptions } from './options.ts';
import type { AgendaItem, EventRecord, Id, LeadState, PendingDelivery } from './records.ts';

/** Index of the first row whose key is greater than `key`, in rows sorted by a growing key. */
export function firstAfter<Row>(rows: readonly Row[], key: Id, keyOf: (row: Row) => Id): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const row = rows[middle];
    if (row !== undefined && keyOf(row) <= key) low = middle + 1;
    else high = middle;
  }
  return low;
}

export const normalizeEmail = (email: string): string => email.trim().toLowerCase();

/** Leads in id order, found by id or email without a scan. A workspace's have no status, where only campaigns write to them. */
export class LeadBook<Lead extends Pick<LeadState, 'id' | 'email'> & { status?: Id } = LeadState> {
  readonly #byId = new Map<Id, Lead>();
  readonly #byEmail = new Map<string, Lead>();
  activeCount = 0;

  /** Leads in one of these states are still written to. `items` may be the array of a record, which stays true then. */
  constructor(readonly activeStatuses: ReadonlyArray<Id | undefined>, readonly items: Lead[] = []) {
    for (const lead of items) this.#index(lead);
  }

  isActive({ status }: Lead): boolean {
    return this.activeStatuses.includes(status);
  }

  #index(lead: Lead): void {
    this.#byId.set(lead.id, lead);
    if (lead.email !== null) this.#byEmail.set(lead.email, lead);
    if (this.isActive(lead)) this.activeCount += 1;
  }

  add(lead: Lead): void {
    const last = this.items.at(-1);
    if (last === undefined || last.id < lead.id) this.items.push(lead);
    else this.items.splice(firstAfter(this.items, lead.id, ({ id }) => id), 0, lead);
    this.#index(lead);
  }

  get(id: Id | null): Lead | undefined {
    return id === null ? undefined : this.#byId.get(id);
  }

  find(email: string): Lead | undefined {
    return this.#byEmail.get(normalizeEmail(email));
  }

  setStatus(lead: Lead, status: Exclude<Lead['status'], undefined>): void {
    if (this.isActive(lead)) this.activeCount -= 1;
    lead.status = status;
    if (this.isActive(lead)) this.activeCount += 1;
  }

  /** Gives a lead another address. */
  rename(lead: Lead, email: string): void {
    this.remove(new Set([lead]));
    lead.email = normalizeEmail(email);
    this.add(lead);
  }

  /** Removes all given leads in one pass, so that deleting thousands stays linear. */
  remove(leads: ReadonlySet<Lead>): void {
    let kept = 0;
    for (const lead of this.items) if (!leads.has(lead)) this.items[kept++] = lead;
    this.items.length = kept;
    for (const lead of leads) {
      this.#byId.delete(lead.id);
      if (lead.email !== null) this.#byEmail.delete(lead.email);
      if (this.isActive(lead)) this.activeCount -= 1;
    }
  }
}

export interface CampaignData {
  id: Id;
  name: string;
  status: Id;
}

export const newCampaign = <Data extends CampaignData>(workspace: WorkspaceRecord, data: Data) => ({
  data,
  /** Position in the workspace; part of the engine's seed, because ids may depend on the clock. */
  ordinal: workspace.campaignsMade += 1,
  events: [] as EventRecord[],
  progress: {
    day: '',
    sent: 0,
    newLeads: 0,
    /** The last lead that got its first email, or was passed over. */
    lastNewLead: null as Id | null,
    followUps: [] as Array<{ lead: Id; step: number }>,
  },
});
export type CampaignRecord<Data extends CampaignData = CampaignData> = ReturnType<typeof newCampaign<Data>>;

export class Campaign<Lead extends LeadState = LeadState, Record extends CampaignRecord = CampaignRecord> {
  constructor(readonly record: Record, readonly leads: LeadBook<Lead>) {}

  get data(): Record['data'] {
    return this.record.data;
  }

  get events(): EventRecord[] {
    return this.record.events;
  }
}

export const newWorkspace = (
  { name, keys, access, remainingInPlan }: CommonWorkspaceOptions,
  id: string,
  created: number,
  ownKey: string,
) => ({
  id,
  created,
  name: name ?? 'Workspace',
  /** Scopes are Instantly's. */
  keys: (keys ?? [ownKey]).map((key) => (typeof key === 'string' ? { key, scopes: ['all:all'] } : key)),
  access: access ?? 'ok',
  remainingInPlan: remainingInPlan ?? 100_000,
  campaignsMade: 0,
  campaigns: [],
  webhooks: [],
});
export interface WorkspaceRecord extends Omit<ReturnType<typeof newWorkspace>, 'campaigns' | 'webhooks'> {
  campaigns: CampaignRecord[];
  webhooks: Array<{ id: Id }>;
}

/** One workspace with the indexes that keep lookups and paging quick. */
export class Workspace<
  Record extends WorkspaceRecord = WorkspaceRecord,
  OneCampaign extends Campaign = Campaign,
> {
  readonly campaigns = new Map<Id, OneCampaign>();

  constructor(readonly record: Record) {}

  get id(): string {
    return this.record.id;
  }

  get allCampaigns(): OneCampaign[] {
    return [...this.campaigns.values()];
  }

  /** The one with this id, which may be a number as text. */
  campaignNamed(id: Id | undefined): OneCampaign | undefined {
    return this.campaigns.get(id ?? '') ?? this.campaigns.get(Number(id));
  }

  /** The campaigns whose numbers count as those of this one, itself among them. */
  withSubsequences(campaign: OneCampaign): OneCampaign[] {
    return [campaign];
  }
}

export type CampaignOf<One extends Workspace> = One['allCampaigns'][number];
/** What people do to a lead in the provider's own screens, which no call of the API does. */
export interface LeadChange {
  campaignId: Id;
  email: string;
  /** Its new address; the id stays. */
  newEmail?: string;
  remove?: true;
}

type LeadOf<One extends Workspace> = CampaignOf<One>['leads']['items'][number];

/** Where something happens; without a lead where it concerns the whole campaign. */
export interface Place<One extends Workspace = Workspace> {
  workspace: One;
  campaign: CampaignOf<One>;
  lead?: LeadOf<One> | undefined;
}
export type LeadPlace<One extends Workspace = Workspace> = Place<One> & { lead: LeadOf<One> };

/** What happened, and where. */
export interface Scene<One extends Workspace = Workspace> extends Place<One> {
  event: EventRecord;
}
export type LeadScene<One extends Workspace = Workspace> = Scene<One> & { lead: LeadOf<One> };

/** Everything a simulator knows: the clock, where the source of ids stands, and the workspaces. */
export abstract class World<One extends Workspace = Workspace, Options = unknown, Ids = unknown> {
  readonly workspaces = new Map<string, One>();
  dirty = false;

  abstract ids: Ids;

  constructor(readonly seed: number, public simulatedNow: number) {}

  abstract readonly nextEventId: (at: number) => string;
  abstract createWorkspace(options: Options): One;
  protected abstract open(record: One['record']): One;

  isoNow(): string {
    return new Date(this.simulatedNow).toISOString();
  }

  workspace(id: string): One {
    const found = this.workspaces.get(id);
    if (found === undefined) throw new Error(`Unknown workspace "${id}"`);
    return found;
  }

  findKey(key: string): { workspace: One; scopes: readonly string[] } | undefined {
    for (const workspace of this.workspaces.values()) {
      const found = workspace.record.keys.find((candidate) => candidate.key === key);
      if (found !== undefined) return { workspace, scopes: found.scopes };
    }
    return undefined;
  }

  /** Where a lead is that somebody changes. */
  placeOf({ campaignId, email }: LeadChange): LeadPlace<One> {
    for (const workspace of this.workspaces.values()) {
      const campaign = workspace.campaignNamed(campaignId);
      const lead = campaign?.leads.find(email);
      if (campaign === undefined || lead === undefined) continue;
      this.dirty = true;
      return { workspace, campaign, lead } as LeadPlace<One>;
    }
    throw new Error(`No campaign ${campaignId} has a lead ${email}`);
  }

  protected add(record: One['record']): One {
    const workspace = this.open(record);
    this.workspaces.set(workspace.id, workspace);
    this.dirty = true;
    return workspace;
  }

  clear(simulatedNow: number): void {
    this.workspaces.clear();
    this.simulatedNow = simulatedNow;
    this.dirty = true;
  }

  snapshot(agenda: AgendaItem[], deliveries: PendingDelivery[]) {
    const { simulatedNow, ids } = this;
    const workspaces = [...this.workspaces.values()].map(({ record, allCampaigns }): One['record'] => ({
      ...record,
      campaigns: allCampaigns.map((campaign) => campaign.record),
    }));
    return { version: 3 as const, simulatedNow, ids, workspaces, agenda, deliveries };
  }

  restore(snapshot: ReturnType<World<One, Options, Ids>['snapshot']>): void {
    this.simulatedNow = snapshot.simulatedNow;
    this.ids = snapshot.ids;
    this.workspaces.clear();
    for (const record of snapshot.workspaces) this.workspaces.set(record.id, this.open(record));
  }
}
