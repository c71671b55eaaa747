import { uuidFrom } from '../shared/random.ts';
import { Campaign, LeadBook, newCampaign, newWorkspace, normalizeEmail } from '../shared/state.ts';
import { Workspace, World } from '../shared/state.ts';
import { iso } from '../shared/time.ts';
import { newAccount, newCampaignData, newLink } from './records.ts';
import type { Behaviour, WorkspaceOptions } from './options.ts';
import type { CampaignRecord, Category, Link, Person, SentMail, WorkspaceRecord } from './records.ts';

/** Where each kind of id starts. Leads and their campaign links are beyond 32 bits, as the real ones are. */
const firstIds = {
  event: 1,
  user: 90_211,
  client: 4_101,
  category: 20_301,
  account: 5_300_101,
  campaign: 2_418_830,
  step: 5_120_018,
  variant: 7_781_002,
  lead: 3_301_442_817,
  link: 2_955_100_431,
  webhook: 771_204,
};
type Ids = typeof firstIds;

const builtIn = [
  ['Interested', 'positive'],
  ['Meeting Request', 'positive'],
  ['Not Interested', 'negative'],
  ['Do Not Contact', 'negative'],
  ['Information Request', 'positive'],
  ['Out Of Office', 'neutral'],
  ['Wrong Person', 'negative'],
] as const;

export class SmartleadCampaign extends Campaign<Link, CampaignRecord> {
  readonly #mailByStep = new Map<string, SentMail>();

  constructor(record: CampaignRecord) {
    super(record, new LeadBook(['STARTED', 'INPROGRESS'], record.links));
    for (const mail of record.mails) this.#index(mail);
  }

  #index(mail: SentMail): void {
    this.#mailByStep.set(`${mail.link} ${mail.row.sequence_number}`, mail);
  }

  addMail(mail: SentMail): void {
    this.record.mails.push(mail);
    this.#index(mail);
  }

  mail({ id, lastSent }: Link, step: number | null): SentMail | undefined {
    return this.#mailByStep.get(`${id} ${step ?? lastSent?.step ?? 0}`);
  }

  mailsOf(link: Link): SentMail[] {
    const steps = Math.max(link.lastSent?.step ?? 0, this.record.steps.length);
    return Array.from({ length: steps }, (_, index) => this.mail(link, index + 1) ?? []).flat();
  }
}

export class SmartleadWorkspace extends Workspace<WorkspaceRecord, SmartleadCampaign> {
  readonly people = new LeadBook<Person>([], this.record.people);

  constructor(record: WorkspaceRecord) {
    super(record);
    for (const each of record.campaigns) this.campaigns.set(each.data.id, new SmartleadCampaign(each));
  }

  person(link: Link | undefined): Person | undefined {
    return this.people.get(link?.person ?? null);
  }

  category(id: number | null | undefined): Category | undefined {
    return this.record.categories.find((category) => category.id === id);
  }

  categoryNamed(name: string): Category | undefined {
    return this.record.categories.find((category) => category.name.toLowerCase() === name.toLowerCase());
  }

  isPositive(category: number | null | undefined): boolean {
    return this.category(category)?.sentiment_type === 'positive';
  }

  subsequencesOf({ data: { id } }: SmartleadCampaign): SmartleadCampaign[] {
    return this.allCampaigns.filter(({ data }) => data.parent_campaign_id === id);
  }

  override withSubsequences(campaign: SmartleadCampaign): SmartleadCampaign[] {
    return [campaign, ...this.subsequencesOf(campaign)];
  }

  isBlocked(email: string): boolean {
    const { blockList } = this.record;
    return blockList.includes(email) || blockList.includes(email.slice(email.lastIndexOf('@') + 1));
  }
}

/** Everything the simulator knows. Its ids grow by one, per kind. */
export class SmartleadWorld extends World<SmartleadWorkspace, WorkspaceOptions, Ids> {
  override ids: Ids = { ...firstIds };

  constructor(seed: number, simulatedNow: number, readonly behaviour: Behaviour) {
    super(seed, simulatedNow);
  }

  takeId(kind: keyof Ids): number {
    return this.ids[kind]++;
  }

  override readonly nextEventId = (): string => `event-${this.takeId('event')}`;

  override clear(simulatedNow: number): void {
    super.clear(simulatedNow);
    this.ids = { ...firstIds };
  }

  protected override open(record: WorkspaceRecord): SmartleadWorkspace {
    return new SmartleadWorkspace(record);
  }

  override createWorkspace(options: WorkspaceOptions): SmartleadWorkspace {
    const created = this.simulatedNow;
    const created_at = iso(created);
    const userId = this.takeId('user');
    const id = options.id ?? uuidFrom(`workspace ${this.seed} ${userId}`);
    const clients = (options.clients ?? []).map((client) => {
      const details = typeof client === 'string' ? { name: client } : client;
      const clientId = details.id ?? this.takeId('client');
      const email = `owner@${details.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}.example`;
      return { id: clientId, name: details.name, email, created_at };
    });
    const categories: Category[] = builtIn.map(([name, sentiment_type], index) => ({
      id: index + 1,
      name,
      sentiment_type,
      created_at,
    }));
    for (const { label: name, kind: sentiment_type } of options.labels ?? []) {
      categories.push({ id: this.takeId('category'), name, sentiment_type, created_at });
    }
    const accounts = (options.accounts ?? []).map((account) => {
      const details = typeof account === 'string' ? { email: account } : account;
      const client = clients.find(({ name }) => name === details.client)?.id ?? null;
      const email = normalizeEmail(details.email);
      return newAccount(this.takeId('account'), created, client, { ...details, email });
    });
    return this.add({
      ...newWorkspace(options, id, created, `${uuidFrom(`key ${id}`)}_key`),
      userId,
      secretKey: options.secretKey ?? uuidFrom(`secret ${id}`),
      clients,
      categories,
      accounts,
      blockList: (options.blockList ?? []).map(normalizeEmail),
      bounceList: (options.bounceList ?? []).map(normalizeEmail),
      log: [],
      failed: [],
      people: [],
    });
  }

  createCampaign(workspace: SmartleadWorkspace, name: string, clientId: number | null): SmartleadCampaign {
    const { record, campaigns } = workspace;
    const data = newCampaignData(this.takeId('campaign'), record.userId, this.simulatedNow, name, clientId);
    const empty = { steps: [], accountIds: [], onCategory: null, mails: [], links: [] };
    const campaign = new SmartleadCampaign({ ...newCampaign(record, data), ...empty });
    campaigns.set(data.id, campaign);
    this.dirty = true;
    return campaign;
  }

  addLink(campaign: SmartleadCampaign, person: Person): Link {
    const link = newLink(this.takeId('link'), this.simulatedNow, person);
    campaign.leads.add(link);
    return link;
  }
}
