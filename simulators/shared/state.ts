import type {
  AgendaItem,
  CampaignRecord,
  EventRecord,
  Id,
  LeadState,
  PendingDelivery,
  SendingProgress,
  WorkspaceRecord,
} from './records.ts';

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

/** The leads of one campaign or list in id order, found by id or email without a scan. */
export class LeadBook<Lead extends LeadState = LeadState> {
  items: Lead[] = [];
  readonly #byId = new Map<Id, Lead>();
  readonly #byEmail = new Map<string, Lead>();
  #active = 0;

  /** Leads in one of these states are still written to. */
  constructor(readonly activeStatuses: ReadonlyArray<Lead['status']>, leads: readonly Lead[] = []) {
    for (const lead of leads) this.add(lead);
  }

  isActive({ status }: Lead): boolean {
    return this.activeStatuses.includes(status);
  }

  /** How many the campaign still writes to. */
  get activeCount(): number {
    return this.#active;
  }

  add(lead: Lead): void {
    const last = this.items.at(-1);
    if (last === undefined || last.id < lead.id) this.items.push(lead);
    else this.items.splice(firstAfter(this.items, lead.id, ({ id }) => id), 0, lead);
    this.#byId.set(lead.id, lead);
    if (lead.email !== null) this.#byEmail.set(lead.email, lead);
    if (this.isActive(lead)) this.#active += 1;
  }

  get(id: Id | null): Lead | undefined {
    return id === null ? undefined : this.#byId.get(id);
  }

  find(email: string): Lead | undefined {
    return this.#byEmail.get(normalizeEmail(email));
  }

  setStatus(lead: Lead, status: Lead['status']): void {
    if (this.isActive(lead)) this.#active -= 1;
    lead.status = status;
    if (this.isActive(lead)) this.#active += 1;
  }

  /** Removes all given leads in one pass, so that deleting thousands stays linear. */
  remove(leads: ReadonlySet<Lead>): void {
    this.items = this.items.filter((lead) => !leads.has(lead));
    for (const lead of leads) {
      this.#byId.delete(lead.id);
      if (lead.email !== null) this.#byEmail.delete(lead.email);
      if (this.isActive(lead)) this.#active -= 1;
    }
  }
}

interface CampaignData {
  id: Id;
  name: string;
}

export class Campaign<Data extends CampaignData = CampaignData, Lead extends LeadState = LeadState> {
  readonly data: Data;
  readonly ordinal: number;
  readonly events: EventRecord[];
  readonly progress: SendingProgress;

  constructor(record: CampaignRecord<Data>, readonly leads: LeadBook<Lead>) {
    this.data = record.data;
    this.ordinal = record.ordinal;
    this.events = record.events;
    this.progress = record.progress;
  }

  get record(): CampaignRecord<Data> {
    const { data, ordinal, events, progress } = this;
    return { data, ordinal, events, progress };
  }
}

/** A new campaign's record: nothing sent, nothing happened. */
export function newCampaign<Data>(workspace: WorkspaceRecord, data: Data): CampaignRecord<Data> {
  const ordinal = workspace.campaignsMade += 1;
  const progress = { day: '', sent: 0, newLeads: 0, lastNewLead: null, followUps: [] };
  return { data, ordinal, events: [], progress };
}

/** One workspace with the indexes that keep lookups and paging quick. */
export abstract class Workspace<
  Record extends WorkspaceRecord = WorkspaceRecord,
  OneCampaign extends Campaign = Campaign,
> {
  readonly campaigns = new Map<Id, OneCampaign>();

  constructor(readonly record: Record) {}

  get id(): string {
    return this.record.id;
  }

  /** The record with what is kept outside it while the simulator runs. */
  abstract toRecord(): Record;
}

export interface Snapshot<Record, Ids, Delivery extends PendingDelivery = PendingDelivery> {
  version: 2;
  simulatedNow: number;
  ids: Ids;
  workspaces: Record[];
  agenda: AgendaItem[];
  deliveries: Delivery[];
}

/** Everything a simulator knows: the clock, the source of ids and the workspaces. */
export abstract class World<One extends Workspace = Workspace, Options = unknown, Ids = unknown> {
  readonly workspaces = new Map<string, One>();
  /** True when there is something that was not saved yet. */
  dirty = false;

  constructor(readonly seed: number, public simulatedNow: number) {}

  /** Where the source of ids stands. */
  abstract get ids(): Ids;
  abstract set ids(position: Ids);

  abstract nextEventId(at: number): string;
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

  protected add(workspace: One): One {
    this.workspaces.set(workspace.id, workspace);
    this.dirty = true;
    return workspace;
  }

  /** Forgets everything, as before the first workspace. */
  clear(simulatedNow: number): void {
    this.workspaces.clear();
    this.simulatedNow = simulatedNow;
    this.dirty = true;
  }

  snapshot(agenda: AgendaItem[], deliveries: PendingDelivery[]): Snapshot<One['record'], Ids> {
    const workspaces = [...this.workspaces.values()].map((workspace) => workspace.toRecord());
    return { version: 2, simulatedNow: this.simulatedNow, ids: this.ids, workspaces, agenda, deliveries };
  }

  restore(snapshot: Snapshot<One['record'], Ids>): void {
    this.simulatedNow = snapshot.simulatedNow;
    this.ids = snapshot.ids;
    this.workspaces.clear();
    for (const record of snapshot.workspaces) this.workspaces.set(record.id, this.open(record));
  }
}
