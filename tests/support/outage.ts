// An outage for the recovery tests: a relay that can be down, a webhook at the provider, syncs, and a day in the
// life of a campaign whose every fact is known.
import type { EmitOptions } from '../../simulators/instantly/simulator.ts';
import type { Project, TestConnection } from './project.ts';
import { providerApi } from './provider-api.ts';
import { createRandom } from './random.ts';
import { type Relay, startRelay as startAnyRelay } from './relay.ts';

export type { Relay } from './relay.ts';

export const hour = 3_600_000;

/** A relay in front of the functions of a project. */
export const startRelay = (project: Project): Promise<Relay> => startAnyRelay(project.stack.functionsUrl);

/** Registers our webhook at the provider, by way of the relay; returns its id there. */
export async function registerWebhook(
  project: Project,
  relay: Relay,
  connection: TestConnection,
): Promise<string> {
  const created = await providerApi(project.simulator.url, connection.apiKey).post('webhooks', {
    name: 'Replyloop',
    target_hook_url: `${relay.url}/instantly-webhook/${connection.id}`,
    event_type: 'all_events',
    headers: { 'x-webhook-secret': connection.secret },
  });
  return String(created['id']);
}

export async function startSync(project: Project, body: Record<string, unknown>): Promise<string> {
  const answer = await project.invoke('sync-client', body);
  if (answer.status !== 202) throw new Error(`sync-client answered ${answer.status}`);
  const [job] = answer.body['jobs'] as { job_id: string }[];
  return String(job?.job_id);
}

export const readJob = (project: Project, jobId: string) =>
  project.one<Record<string, unknown> & { status: string }>('select * from private.jobs where id = $1', [
    jobId,
  ]);

/** What the minute sweep does for a paused job, without waiting for the minute. */
export async function goOn(project: Project, jobId: string): Promise<void> {
  await passMinute(project);
  await project.sql('update private.jobs set next_attempt_at = now() where id = $1', [jobId]);
  await project.invoke('sync-client', { job_id: jobId }, project.stack.secretKeys.cron);
}

/** Moves the calls on the inbox a minute back; rows that a running call holds are left, so that neither waits for the other. */
async function passMinute(project: Project): Promise<void> {
  await project.sql(
    `update private.rate_grants set latest_at = latest_at - interval '1 minute'
     where ctid in (select ctid from private.rate_grants where bucket = 'emails' for update skip locked)`,
  );
}

/** Waits for the end of a job; the minutes for which it has to wait pass at once. */
export async function ended(project: Project, jobId: string): Promise<Record<string, unknown>> {
  await project.eventually(
    async () => {
      const { status, lease_token } = await readJob(project, jobId);
      if (!['queued', 'running'].includes(status)) return true;
      if (lease_token === null) await goOn(project, jobId);
      else await passMinute(project);
      return false;
    },
    'the job ends',
    60_000,
  );
  return await readJob(project, jobId);
}

export const sync = async (project: Project, body: Record<string, unknown>) =>
  await ended(project, await startSync(project, body));

const counts =
  `sent, contacted as "contactedLeads", opens, opened as "leadsOpened", clicks, clicked as "leadsClicked", replies,
   replied as "leadsReplied", auto_replies as "autoReplies", bounced, unsubscribed`;

export const counted = [
  'sent',
  'contactedLeads',
  'opens',
  'leadsOpened',
  'clicks',
  'leadsClicked',
  'replies',
  'leadsReplied',
  'autoReplies',
  'bounced',
  'unsubscribed',
] as const;

/** Our counts of a campaign, in the shape of the simulator's own. */
export async function seen(project: Project, name: string) {
  const days = await project.sql<Record<string, unknown> & { day: string }>(
    `select a.day::text as day, ${counts} from public.campaign_activity as a join public.campaigns as c on c.id = a.campaign_id
     where c.name = $1 order by a.day`,
    [name],
  );
  const totals = await project.sql(
    `select ${counts} from public.campaign_activity_totals as t join public.campaigns as c on c.id = t.campaign_id where c.name = $1`,
    [name],
  );
  return { days: Object.fromEntries(days.map(({ day, ...rest }) => [day, rest])), totals: totals[0] };
}

/** What really happened, by the simulator's own plain count. */
export function happened(project: Project, campaignId: string) {
  return readTruth(project.simulator.truth(campaignId)[0]);
}

type Counts = Record<(typeof counted)[number] | 'reachedLeads', number>;

export function readTruth(truth: (Counts & { days: Record<string, Counts> }) | undefined) {
  if (truth === undefined) throw new Error('The simulator does not know the campaign');
  const pick = (of: Counts): Record<string, number> =>
    Object.fromEntries(counted.map((name) => [name, of[name]]));
  return {
    days: Object.fromEntries(Object.entries(truth.days).map(([day, of]) => [day, pick(of)])),
    // A lead that opened, replied or bounced was contacted, even if its mail itself was never reported.
    totals: Object.assign(pick(truth), { contactedLeads: truth.reachedLeads }) as Record<string, number>,
  };
}

export interface LeadFacts {
  sent: number;
  opens: number;
  clicks: number;
  replies: number;
  auto_replies: number;
  bounced: boolean;
  unsubscribed: boolean;
}

/** A campaign's life, event by event, with a count per lead of its own. */
export class Life {
  readonly facts = new Map<string, LeadFacts>();
  readonly events: {
    type: EmitOptions['type'];
    leadEmail: string;
    at: Date;
    step: number;
    account: string;
  }[] = [];
  readonly #random: () => number;
  readonly #lastSent = new Map<number, { at: number; step: number }>();
  readonly #active: number[] = [];
  #next = 0;

  constructor(readonly prefix: string, readonly leads: number, seed: number) {
    const random = createRandom(seed);
    this.#random = () => random.integer(2 ** 20) / 2 ** 20;
  }

  email(index: number): string {
    return `${this.prefix}${index}@sync.test`;
  }

  /** All of them, as the provider gets them. */
  people() {
    return Array.from(
      { length: this.leads },
      (_, index) => ({ email: this.email(index), first_name: `Lead ${index}` }),
    );
  }

  /** `count` events between two moments, in order. A lead that bounced or unsubscribed does nothing more. */
  *between(
    from: number,
    to: number,
    count: number,
  ): Generator<Omit<EmitOptions, 'workspaceId' | 'campaignId'>> {
    for (let number = 1; number <= count; number++) {
      const at = from + Math.floor((to - from) * number / (count + 1));
      const event = this.#happen(at);
      if (event !== undefined) yield event;
    }
  }

  #happen(at: number) {
    const kind = this.#random();
    if (kind < 0.52 || this.#active.length < 20) {
      const lead = this.#next < this.leads ? this.#next++ : this.#pick(at - 2 * hour);
      return lead === undefined ? undefined : this.#send(lead, at);
    }
    const lead = this.#pick(at - 1);
    if (lead === undefined) return undefined;
    if (kind < 0.8) return this.#event(lead, 'email_opened', at, 'opens');
    if (kind < 0.86) return this.#event(lead, 'link_clicked', at, 'clicks');
    if (kind < 0.92) return this.#event(lead, 'reply_received', at, 'replies');
    if (kind < 0.95) return this.#event(lead, 'auto_reply_received', at, 'auto_replies');
    this.#active.splice(this.#active.indexOf(lead), 1);
    return kind < 0.98
      ? this.#event(lead, 'email_bounced', at, 'bounced')
      : this.#event(lead, 'lead_unsubscribed', at, 'unsubscribed');
  }

  /** An active lead whose last mail is older than that. */
  #pick(before: number): number | undefined {
    for (let tries = 0; tries < 20; tries++) {
      const lead = this.#active[Math.floor(this.#random() * this.#active.length)];
      if (lead !== undefined && (this.#lastSent.get(lead)?.at ?? 0) < before) return lead;
    }
    return undefined;
  }

  #send(lead: number, at: number) {
    const step = (this.#lastSent.get(lead)?.step ?? 0) + 1;
    if (step === 1) this.#active.push(lead);
    this.#lastSent.set(lead, { at, step });
    return this.#event(lead, 'email_sent', at, 'sent');
  }

  #event(lead: number, type: EmitOptions['type'], at: number, counter: keyof LeadFacts) {
    const email = this.email(lead);
    const facts = this.facts.get(email) ?? {
      sent: 0,
      opens: 0,
      clicks: 0,
      replies: 0,
      auto_replies: 0,
      bounced: false,
      unsubscribed: false,
    };
    if (counter === 'bounced' || counter === 'unsubscribed') facts[counter] = true;
    else facts[counter]++;
    this.facts.set(email, facts);
    const event = {
      type,
      leadEmail: email,
      at: new Date(at),
      step: this.#lastSent.get(lead)?.step ?? 1,
      account: lead % 2 === 0 ? 'mia@outreach.test' : 'jon@outreach.test',
    };
    this.events.push(event);
    return event;
  }

  /** Our counts of the leads, in the same shape. */
  async seen(project: Project, campaign: string): Promise<Record<string, LeadFacts>> {
    const rows = await project.sql<LeadFacts & { email: string }>(
      `select l.email, l.sent_count_observed as sent, l.open_count_observed as opens, l.click_count_observed as clicks, l.reply_count_observed as replies,
         l.auto_reply_count as auto_replies,
         exists (select from public.email_events as e where e.lead_id = l.id and e.type = 'email_bounced') as bounced,
         exists (select from public.email_events as e where e.lead_id = l.id and e.type = 'lead_unsubscribed') as unsubscribed
       from public.synced_leads as l join public.campaigns as c on c.id = l.campaign_id
       where c.name = $1 and l.last_event_at is not null`,
      [campaign],
    );
    return Object.fromEntries(rows.map(({ email, ...facts }) => [email, facts]));
  }
}
