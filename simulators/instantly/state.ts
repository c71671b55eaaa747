import { createRandom, hashText, hexadecimal } from '../shared/random.ts';
import {
  Campaign,
  firstAfter,
  LeadBook,
  newCampaign,
  normalizeEmail,
  Workspace,
  World,
} from '../shared/state.ts';
import { iso } from '../shared/time.ts';
import { leadStatus } from './types.ts';
import type { EventRecord } from '../shared/records.ts';
import type { WorkspaceOptions } from './options.ts';
import type { BlockListEntry, CampaignData, Lead, LeadLabel, WorkspaceRecord } from './types.ts';

/** An object in which all these names, parted by spaces, are null. */
export const nulls = (names: string): Record<string, null> =>
  Object.fromEntries(names.split(/\s+/).map((name) => [name, null]));

export type InstantlyCampaign = Campaign<CampaignData, Lead>;

const createBook = (): LeadBook<Lead> => new LeadBook([leadStatus.active]);

/** Where an email stands in the inbox. */
export const emailOrder = ({ at, id }: EventRecord): string => `${String(at).padStart(15, '0')} ${id}`;

export class InstantlyWorkspace extends Workspace<WorkspaceRecord, InstantlyCampaign> {
  readonly lists = new Map<string, LeadBook<Lead>>();
  readonly leads = createBook();
  readonly leadsByEmail = new Map<string, Lead[]>();
  /** Sent and received emails in time order; they are the events themselves. */
  readonly emails: EventRecord[] = [];
  readonly emailById = new Map<string, EventRecord>();
  readonly #blocked = new Set<string>();

  constructor(record: WorkspaceRecord) {
    super(record);
    for (const campaign of record.campaigns) {
      this.campaigns.set(campaign.data.id, new Campaign(campaign, createBook()));
      for (const event of campaign.events) this.indexEmail(event);
    }
    for (const lead of record.leads) this.addLead(lead);
    for (const { bl_value: value } of record.blockList) this.#blocked.add(value);
  }

  override toRecord(): WorkspaceRecord {
    const campaigns = [...this.campaigns.values()].map(({ record }) => record);
    return { ...this.record, campaigns, leads: this.leads.items };
  }

  list(id: string): LeadBook<Lead> {
    const book = this.lists.get(id) ?? createBook();
    this.lists.set(id, book);
    return book;
  }

  #bookOf({ campaign, list }: Lead): LeadBook<Lead> {
    return this.campaigns.get(campaign ?? '')?.leads ?? this.list(list ?? '');
  }

  addLead(lead: Lead): void {
    this.leads.add(lead);
    this.#bookOf(lead).add(lead);
    if (lead.email === null) return;
    const same = this.leadsByEmail.get(lead.email);
    if (same === undefined) this.leadsByEmail.set(lead.email, [lead]);
    else same.push(lead);
  }

  removeLeads(leads: ReadonlySet<Lead>): void {
    const byBook = new Map<LeadBook<Lead>, Set<Lead>>([[this.leads, new Set(leads)]]);
    for (const lead of leads) {
      const book = this.#bookOf(lead);
      byBook.set(book, (byBook.get(book) ?? new Set()).add(lead));
      if (lead.email === null) continue;
      const left = (this.leadsByEmail.get(lead.email) ?? []).filter((other) => other !== lead);
      if (left.length === 0) this.leadsByEmail.delete(lead.email);
      else this.leadsByEmail.set(lead.email, left);
    }
    for (const [book, members] of byBook) book.remove(members);
  }

  isBlocked(address: string): boolean {
    return this.#blocked.has(address) || this.#blocked.has(address.slice(address.lastIndexOf('@') + 1));
  }

  block(entry: BlockListEntry): void {
    this.record.blockList.push(entry);
    this.#blocked.add(entry.bl_value);
  }

  indexEmail(event: EventRecord): void {
    if (!['email_sent', 'reply_received', 'auto_reply_received'].includes(event.type)) return;
    this.emailById.set(event.id, event);
    const last = this.emails.at(-1);
    if (last === undefined || emailOrder(last) <= emailOrder(event)) this.emails.push(event);
    else this.emails.splice(firstAfter(this.emails, emailOrder(event), emailOrder), 0, event);
  }

  labelFor(interest: number): LeadLabel | undefined {
    return this.record.labels.find((label) => label.interest_status === interest);
  }

  isPositive(interest: number): boolean {
    return (interest >= 1 && interest <= 4) || this.labelFor(interest)?.interest_status_label === 'positive';
  }
}

interface Position {
  milliseconds: number;
  counter: number;
}

/** Everything the simulator knows. Its ids are version 7 UUIDs that always grow, as the real ones since October 2025. */
export class InstantlyWorld extends World<InstantlyWorkspace, WorkspaceOptions, Position> {
  #last: Position = { milliseconds: 0, counter: 0 };
  #random = createRandom(this.seed);

  override get ids(): Position {
    return this.#last;
  }

  override set ids(position: Position) {
    this.#last = position;
    this.#random = createRandom(this.seed ^ position.milliseconds ^ position.counter);
  }

  nextId(at = this.simulatedNow): string {
    const last = this.#last;
    if (at > last.milliseconds) this.#last = { milliseconds: Math.floor(at), counter: 0 };
    else if (last.counter < 0xfff) this.#last = { ...last, counter: last.counter + 1 };
    else this.#last = { milliseconds: last.milliseconds + 1, counter: 0 };
    const part = (width: number) => hexadecimal(Math.floor(this.#random() * 16 ** width), width);
    const time = hexadecimal(this.#last.milliseconds, 12);
    const tail = part(6) + part(6);
    const variant = hexadecimal(0x8000 | Math.floor(this.#random() * 0x4000), 4);
    return `${time.slice(0, 8)}-${time.slice(8)}-7${hexadecimal(this.#last.counter, 3)}-${variant}-${tail}`;
  }

  override nextEventId(at: number): string {
    return this.nextId(at);
  }

  protected override open(record: WorkspaceRecord): InstantlyWorkspace {
    return new InstantlyWorkspace(record);
  }

  findKey(key: string): { workspace: InstantlyWorkspace; scopes: string[] } | undefined {
    for (const workspace of this.workspaces.values()) {
      const found = workspace.record.keys.find((candidate) => candidate.key === key);
      if (found !== undefined) return { workspace, scopes: found.scopes };
    }
    return undefined;
  }

  override createWorkspace(options: WorkspaceOptions): InstantlyWorkspace {
    const id = options.id ?? this.nextId();
    const now = this.simulatedNow;
    const owner = this.nextId();
    const workspace = this.add(
      this.open({
        id,
        created: now,
        name: options.name ?? 'Workspace',
        owner,
        blockListId: this.nextId(),
        keys: (options.keys ?? [`key-${hashText(id).toString(16)}==`]).map((key) =>
          typeof key === 'string' ? { key, scopes: ['all:all'] } : { key: key.key, scopes: [...key.scopes] }
        ),
        access: options.access ?? 'ok',
        remainingInPlan: options.remainingInPlan ?? 100_000,
        defaultOpportunityValue: options.defaultOpportunityValue ?? 1500,
        campaignsMade: 0,
        accounts: (options.accounts ?? []).map((account, index) => {
          const { email, firstName, lastName, status, dailyLimit, tags } = typeof account === 'string'
            ? { email: account }
            : account;
          return {
            ...nulls('added_by modified_by tracking_domain_name tracking_domain_status signature reply_to'),
            email: normalizeEmail(email),
            timestamp_created: iso(now + index),
            timestamp_updated: iso(now + index),
            timestamp_warmup_start: iso(now + index),
            first_name: firstName ?? email.split('@')[0] ?? '',
            last_name: lastName ?? '',
            status: status ?? 1,
            daily_limit: dailyLimit ?? 50,
            organization: id,
            provider_code: 2,
            warmup: { limit: 10 },
            warmup_status: 1,
            stat_warmup_score: 90 + (hashText(email) % 11),
            sending_gap: 10,
            enable_slow_ramp: false,
            setup_pending: false,
            is_managed_account: false,
            tags: tags ?? [],
          };
        }),
        // Labels are paged by timestamp, so no two share one.
        labels: (options.labels ?? []).map(({ label, kind, interestStatus }, index) => ({
          id: this.nextId(),
          timestamp_created: iso(now - 999 + index),
          created_by: owner,
          organization_id: id,
          label,
          interest_status_label: kind,
          interest_status: interestStatus ?? (kind === 'negative' ? -1 : 1) * (1000 + index),
          description: null,
          use_with_ai: false,
        })),
        blockList: [],
        webhooks: [],
        failedGroups: {},
        log: [],
        campaigns: [],
        leads: [],
      }),
    );
    for (const value of options.blockList ?? []) this.block(workspace, value);
    return workspace;
  }

  block(workspace: InstantlyWorkspace, value: string): BlockListEntry {
    const clean = normalizeEmail(value);
    const known = workspace.record.blockList.find((entry) => entry.bl_value === clean);
    if (known !== undefined) return known;
    const entry = {
      id: this.nextId(),
      timestamp_created: this.isoNow(),
      organization_id: workspace.id,
      bl_value: clean,
      is_domain: !clean.includes('@'),
    };
    workspace.block(entry);
    this.dirty = true;
    return entry;
  }

  addCampaign(workspace: InstantlyWorkspace, data: CampaignData): void {
    workspace.campaigns.set(data.id, new Campaign(newCampaign(workspace.record, data), createBook()));
    this.dirty = true;
  }

  removeCampaign(workspace: InstantlyWorkspace, { data, leads }: InstantlyCampaign): void {
    workspace.removeLeads(new Set(leads.items));
    workspace.campaigns.delete(data.id);
    this.dirty = true;
  }
}
