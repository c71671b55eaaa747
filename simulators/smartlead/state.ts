import { Campaign, LeadBook, newCampaign, normalizeEmail, Workspace, World } from '../shared/state.ts';
import { firstIds, type IdKind, uuidFrom } from './identifiers.ts';
import type { WorkspaceOptions } from './options.ts';
import type { CampaignData, CampaignRecord, Category, Client, EmailAccount, Link } from './types.ts';
import type { Person, SentMail, WorkspaceRecord } from './types.ts';

const builtIn = [
  ['Interested', 'positive'],
  ['Meeting Request', 'positive'],
  ['Not Interested', 'negative'],
  ['Do Not Contact', 'negative'],
  ['Information Request', 'positive'],
  ['Out Of Office', 'neutral'],
  ['Wrong Person', 'negative'],
] as const;

/** A campaign with its mails, found without a scan. */
export class SmartleadCampaign extends Campaign<CampaignData, Link> {
  readonly mails: SentMail[];
  readonly #mailByStep = new Map<string, SentMail>();

  constructor(record: CampaignRecord) {
    super(record, new LeadBook(['STARTED', 'INPROGRESS'], record.links));
    this.mails = record.mails;
    for (const mail of record.mails) this.#mailByStep.set(`${mail.link} ${mail.step}`, mail);
  }

  override get record(): CampaignRecord {
    return { ...super.record, mails: this.mails, links: this.leads.items };
  }

  addMail(mail: SentMail): void {
    this.mails.push(mail);
    this.#mailByStep.set(`${mail.link} ${mail.step}`, mail);
  }

  mail({ id, lastSent }: Link, step: number | null): SentMail | undefined {
    return this.#mailByStep.get(`${id} ${step ?? lastSent?.step ?? 0}`);
  }

  mailsOf(link: Link): SentMail[] {
    const mails: SentMail[] = [];
    for (let step = 1; step <= Math.max(link.lastSent?.step ?? 0, this.data.steps.length); step += 1) {
      const mail = this.#mailByStep.get(`${link.id} ${step}`);
      if (mail !== undefined) mails.push(mail);
    }
    return mails;
  }
}

/** One workspace, which may serve many clients. */
export class SmartleadWorkspace extends Workspace<WorkspaceRecord, SmartleadCampaign> {
  readonly people = new Map<number, Person>();
  readonly #byEmail = new Map<string, Person>();

  constructor(record: WorkspaceRecord) {
    super(record);
    for (const campaign of record.campaigns) {
      this.campaigns.set(campaign.data.id, new SmartleadCampaign(campaign));
    }
    for (const person of record.people) this.addPerson(person);
  }

  override toRecord(): WorkspaceRecord {
    const campaigns = [...this.campaigns.values()].map(({ record }) => record);
    return { ...this.record, campaigns, people: [...this.people.values()] };
  }

  addPerson(person: Person): void {
    this.people.set(person.id, person);
    this.#byEmail.set(person.email, person);
  }

  person(link: Link | undefined): Person | undefined {
    return this.people.get(link?.person ?? 0);
  }

  personNamed(email: string): Person | undefined {
    return this.#byEmail.get(normalizeEmail(email));
  }

  /** Gives a person another address, here and in the campaign. */
  rename(person: Person, campaign: SmartleadCampaign, link: Link, email: string): void {
    campaign.leads.remove(new Set([link]));
    this.#byEmail.delete(person.email);
    person.email = link.email = normalizeEmail(email);
    this.#byEmail.set(person.email, person);
    campaign.leads.add(link);
  }

  category(id: number | null | undefined): Category | undefined {
    return this.record.categories.find((category) => category.id === id);
  }

  categoryNamed(name: string): Category | undefined {
    return this.record.categories.find((category) => category.name.toLowerCase() === name.toLowerCase());
  }

  isPositive(category: number | null | undefined): boolean {
    return this.category(category)?.sentiment === 'positive';
  }

  accountsOf({ accountIds }: CampaignData): EmailAccount[] {
    return this.record.accounts.filter(({ id }) => accountIds.includes(id));
  }

  subsequencesOf({ id }: CampaignData): SmartleadCampaign[] {
    return [...this.campaigns.values()].filter(({ data }) => data.parentId === id);
  }

  isBlocked(email: string): boolean {
    const { blockList } = this.record;
    return blockList.includes(email) || blockList.includes(email.slice(email.lastIndexOf('@') + 1));
  }
}

type Ids = Record<IdKind, number>;

/** Everything the simulator knows. Its ids grow by one, per kind. */
export class SmartleadWorld extends World<SmartleadWorkspace, WorkspaceOptions, Ids> {
  #next: Ids = { ...firstIds };

  override get ids(): Ids {
    return this.#next;
  }

  override set ids(position: Ids) {
    this.#next = { ...position };
  }

  takeId(kind: IdKind): number {
    return this.#next[kind]++;
  }

  override nextEventId(): string {
    return `event-${this.takeId('event')}`;
  }

  override clear(simulatedNow: number): void {
    super.clear(simulatedNow);
    this.ids = firstIds;
  }

  protected override open(record: WorkspaceRecord): SmartleadWorkspace {
    return new SmartleadWorkspace(record);
  }

  findKey(key: string): SmartleadWorkspace | undefined {
    return [...this.workspaces.values()].find(({ record }) => record.keys.includes(key));
  }

  override createWorkspace(options: WorkspaceOptions): SmartleadWorkspace {
    const created = this.simulatedNow;
    const userId = this.takeId('user');
    const id = options.id ?? uuidFrom(`workspace ${this.seed} ${userId}`);
    const clients = (options.clients ?? []).map((client): Client => {
      const details = typeof client === 'string' ? { name: client } : client;
      const clientId = details.id ?? this.takeId('client');
      const domain = details.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
      const email = details.email ?? `owner@${domain}.example`;
      return { id: clientId, created, name: details.name, email, uuid: uuidFrom(`client ${clientId}`) };
    });
    const own = (options.labels ?? []).map(({ label, kind, categoryId }): Category => ({
      id: categoryId ?? this.takeId('category'),
      created,
      name: label,
      sentiment: kind,
    }));
    const accounts = (options.accounts ?? []).map((account): EmailAccount => {
      const details = typeof account === 'string' ? { email: account } : account;
      const email = normalizeEmail(details.email);
      const client = clients.find((each) => each.id === details.client || each.name === details.client);
      return {
        id: this.takeId('account'),
        created,
        email,
        name: details.name ?? email.split('@')[0] ?? '',
        // Smartlead hands the passwords out, so there must be some that a test can look for.
        password: `password-of-${email}`,
        type: details.type ?? 'SMTP',
        perDay: details.dailyLimit ?? 50,
        clientId: client?.id ?? null,
        warmupReputation: 90 + (email.length % 11),
        smtpFailure: details.smtpFailure ?? null,
        imapFailure: details.imapFailure ?? null,
      };
    });
    return this.add(
      this.open({
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
          ...builtIn.map(([name, sentiment], index) => ({ id: index + 1, created, name, sentiment })),
          ...own,
        ],
        accounts,
        blockList: (options.blockList ?? []).map(normalizeEmail),
        bounceList: (options.bounceList ?? []).map(normalizeEmail),
        webhooks: [],
        attempts: 0,
        log: [],
        failed: [],
        campaignsMade: 0,
        campaigns: [],
        people: [],
      }),
    );
  }

  createCampaign(
    workspace: SmartleadWorkspace,
    name: string,
    clientId: number | null,
    parent?: CampaignData,
  ): SmartleadCampaign {
    const data: CampaignData = {
      id: this.takeId('campaign'),
      created: this.simulatedNow,
      updated: this.simulatedNow,
      name,
      status: parent?.status ?? 'DRAFTED',
      clientId,
      parentId: parent?.id ?? null,
      onCategory: null,
      schedule: parent?.schedule ?? null,
      scheduleStart: null,
      newLeadsPerDay: parent?.newLeadsPerDay ?? 50,
      shown: {
        track_settings: [],
        stop_lead_settings: 'REPLY_TO_AN_EMAIL',
        min_time_btwn_emails: 10,
        unsubscribe_text: '',
        send_as_plain_text: false,
        follow_up_percentage: 60,
        enable_ai_esp_matching: false,
      },
      steps: [],
      accountIds: [...parent?.accountIds ?? []],
    };
    const record = { ...newCampaign(workspace.record, data), mails: [], links: [] };
    const campaign = new SmartleadCampaign(record);
    workspace.campaigns.set(data.id, campaign);
    this.dirty = true;
    return campaign;
  }

  addLink(campaign: SmartleadCampaign, person: Person): Link {
    const link: Link = {
      id: this.takeId('link'),
      created: this.simulatedNow,
      person: person.id,
      email: person.email,
      status: 'STARTED',
      label: null,
      account: null,
      lastSent: null,
      lastEvent: null,
      opens: 0,
      clicks: 0,
      replies: 0,
      bounced: false,
      unsubscribed: false,
      lastReply: null,
    };
    campaign.leads.add(link);
    this.dirty = true;
    return link;
  }

  removeCampaign({ campaigns, record }: SmartleadWorkspace, { data: { id } }: SmartleadCampaign): void {
    campaigns.delete(id);
    record.webhooks = record.webhooks.filter((webhook) => webhook.campaign !== id);
    this.dirty = true;
  }
}
