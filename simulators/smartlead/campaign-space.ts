import type { Campaign, EventRecord, Link, SentMail } from './types.ts';

/** How far the engine has come with a campaign. */
export interface SendingProgress {
  day: string;
  sent: number;
  newLeads: number;
  /** Position in the links up to which every lead had, or was passed over for, its first e-mail. */
  nextNew: number;
  followUps: Array<{ link: number; step: number }>;
}

export interface CampaignRecord {
  data: Campaign;
  /** Position in the workspace; part of the engine's seed. */
  ordinal: number;
  events: EventRecord[];
  mails: SentMail[];
  links: Link[];
  progress: SendingProgress;
}

export const normalizeEmail = (email: string): string => email.trim().toLowerCase();

/** A campaign with the indexes that keep lookups quick. */
export class CampaignSpace {
  readonly #byId = new Map<number, Link>();
  readonly #byEmail = new Map<string, Link>();
  readonly #mails = new Map<string, SentMail>();

  constructor(readonly record: CampaignRecord) {
    for (const link of record.links) this.#index(link);
    for (const mail of record.mails) this.#mails.set(`${mail.link} ${mail.step}`, mail);
  }

  get data(): Campaign {
    return this.record.data;
  }

  #index(link: Link): void {
    this.#byId.set(link.id, link);
    this.#byEmail.set(link.email, link);
  }

  add(link: Link): void {
    this.record.links.push(link);
    this.#index(link);
  }

  remove(link: Link): void {
    const position = this.record.links.indexOf(link);
    this.record.links.splice(position, 1);
    if (position < this.record.progress.nextNew) this.record.progress.nextNew -= 1;
    this.#byId.delete(link.id);
    this.#byEmail.delete(link.email);
  }

  link(id: number): Link | undefined {
    return this.#byId.get(id);
  }

  find(email: string): Link | undefined {
    return this.#byEmail.get(normalizeEmail(email));
  }

  addMail(mail: SentMail): void {
    this.record.mails.push(mail);
    this.#mails.set(`${mail.link} ${mail.step}`, mail);
  }

  mail(link: Link, step: number | null): SentMail | undefined {
    return this.#mails.get(`${link.id} ${step ?? link.lastStep}`);
  }

  mailsOf(link: Link): SentMail[] {
    const mails: SentMail[] = [];
    for (let step = 1; step <= Math.max(link.lastStep, this.data.steps.length); step += 1) {
      const mail = this.#mails.get(`${link.id} ${step}`);
      if (mail !== undefined) mails.push(mail);
    }
    return mails;
  }
}
