import { hashText, hexadecimal, uuidFrom } from '../shared/random.ts';
import { Campaign, firstAfter, LeadBook, newCampaign, newWorkspace } from '../shared/state.ts';
import { type CampaignRecord, type LeadChange, normalizeEmail, Workspace, World } from '../shared/state.ts';
import { iso } from '../shared/time.ts';
import { addPlacementTest } from './placement.ts';
import { leadStatus, newAccount, newBlockListEntry } from './records.ts';
import type { EventRecord, JsonObject } from '../shared/records.ts';
import type { PlacementTestOptions, WorkspaceOptions } from './options.ts';
import type { BlockListEntry, CampaignData, Lead, LeadLabel, WorkspaceRecord } from './records.ts';

export type InstantlyCampaign = Campaign<Lead, CampaignRecord<CampaignData>>;

const createBook = (leads?: Lead[]): LeadBook<Lead> => new LeadBook([leadStatus.active], leads);

/** Where an email stands in the inbox. */
export const emailOrder = ({ at, id }: EventRecord): string => `${String(at).padStart(15, '0')} ${id}`;

export class InstantlyWorkspace extends Workspace<WorkspaceRecord, InstantlyCampaign> {
  readonly leads = createBook(this.record.leads);
  /** Sent and received emails in time order; they are the events themselves. */
  readonly emails: EventRecord[] = [];
  readonly emailById = new Map<string, EventRecord>();

  constructor(record: WorkspaceRecord) {
    super(record);
    for (const campaign of record.campaigns) {
      this.campaigns.set(campaign.data.id, new Campaign(campaign, createBook()));
      for (const event of campaign.events) this.indexEmail(event);
    }
    for (const lead of record.leads) this.campaigns.get(lead.campaign)?.leads.add(lead);
  }

  /** The leads with an address, one per campaign at the most. */
  leadsNamed(email: string): Lead[] {
    return this.allCampaigns.flatMap(({ leads }) => leads.find(email) ?? []);
  }

  addLead(lead: Lead): void {
    this.leads.add(lead);
    this.campaigns.get(lead.campaign)?.leads.add(lead);
  }

  removeLeads(campaign: InstantlyCampaign, leads: readonly Lead[]): void {
    const removed = new Set(leads);
    campaign.leads.remove(removed);
    this.leads.remove(removed);
  }

  isBlocked(address: string): boolean {
    const domain = address.slice(address.lastIndexOf('@') + 1);
    return this.record.blockList.some(({ bl_value: value }) => value === address || value === domain);
  }

  indexEmail(event: EventRecord): void {
    if (!['email_sent', 'reply_received', 'auto_reply_received', 'answer_sent'].includes(event.type)) return;
    this.emailById.set(event.id, event);
    const last = this.emails.at(-1);
    if (last === undefined || emailOrder(last) <= emailOrder(event)) this.emails.push(event);
    else this.emails.splice(firstAfter(this.emails, emailOrder(event), emailOrder), 0, event);
  }

  labelFor(interest: number | null): LeadLabel | undefined {
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
  override ids: Position = { milliseconds: 0, counter: 0 };

  nextId(at = this.simulatedNow): string {
    const last = this.ids;
    if (at > last.milliseconds) this.ids = { milliseconds: Math.floor(at), counter: 0 };
    else if (last.counter < 0xfff) this.ids = { ...last, counter: last.counter + 1 };
    else this.ids = { milliseconds: last.milliseconds + 1, counter: 0 };
    const { milliseconds, counter } = this.ids;
    const time = hexadecimal(milliseconds, 12);
    const firstHalf = `${time.slice(0, 8)}-${time.slice(8)}-7${hexadecimal(counter, 3)}`;
    return uuidFrom(`${this.seed} ${milliseconds} ${counter}`, firstHalf);
  }

  override readonly nextEventId = (at: number): string => this.nextId(at);

  protected override open(record: WorkspaceRecord): InstantlyWorkspace {
    return new InstantlyWorkspace(record);
  }

  override createWorkspace(options: WorkspaceOptions): InstantlyWorkspace {
    const id = options.id ?? this.nextId();
    const now = this.simulatedNow;
    const owner = this.nextId();
    const workspace = this.add({
      ...newWorkspace(options, id, now, `key-${hashText(id).toString(16)}==`),
      owner,
      blockListId: this.nextId(),
      accounts: (options.accounts ?? []).map((account, index) =>
        newAccount(id, now + index, typeof account === 'string' ? { email: account } : account)
      ),
      // Labels are paged by timestamp, so no two share one.
      labels: (options.labels ?? []).map(({ label, kind, interestStatus }, index) => ({
        id: this.nextId(),
        timestamp_created: iso(now - 999 + index),
        created_by: owner,
        organization_id: id,
        label,
        interest_status_label: kind,
        interest_status: interestStatus ?? (kind === 'negative' ? -1 : 1) * (1000 + index),
      })),
      blockList: [],
      failedGroups: {},
      log: [],
      leads: [],
    });
    for (const test of options.placementTests ?? []) this.addPlacementTest(workspace, test);
    for (const value of options.blockList ?? []) this.block(workspace, value);
    return workspace;
  }

  addPlacementTest({ record }: InstantlyWorkspace, test: PlacementTestOptions): { id: string } {
    return addPlacementTest(record, test, this.simulatedNow, (at) => this.nextId(at));
  }

  block(workspace: InstantlyWorkspace, value: string): BlockListEntry {
    const entry = newBlockListEntry(this.nextId(), this.isoNow(), workspace.id, normalizeEmail(value));
    workspace.record.blockList.push(entry);
    return entry;
  }

  addCampaign(workspace: InstantlyWorkspace, data: CampaignData): JsonObject {
    workspace.campaigns.set(data.id, new Campaign(newCampaign(workspace.record, data), createBook()));
    return data;
  }
}

export interface InstantlyLeadChange extends LeadChange {
  /** It was deleted and made again: the address stays. */
  newId?: true;
  /** The campaign to which it goes; the id stays. */
  moveTo?: string;
}

export function changeLead(world: InstantlyWorld, change: InstantlyLeadChange): { id: string } {
  const { workspace, campaign: from, lead } = world.placeOf(change);
  workspace.removeLeads(from, [lead]);
  if (change.remove) return { id: lead.id };
  const id = change.newId ? world.nextId() : lead.id;
  const email = normalizeEmail(change.newEmail ?? lead.email);
  const campaign = change.moveTo ?? lead.campaign;
  workspace.addLead({ ...lead, updated: world.simulatedNow, id, email, campaign });
  return { id };
}
