/** A project with Smartlead's simulator behind it, a relay as its public address, and what scenes do with both. */
import { expect } from 'vitest';
import { type Project, startProject, type Tenant } from './project.ts';
import { type Relay, startRelay } from './relay.ts';
import { smartleadApi } from './smartlead-api.ts';

const hour = 3_600_000;

export const key = (name: string) => `smartlead-key-of-${name}`;

export const people = (count: number, prefix: string) =>
  Array.from({ length: count }, (_, index) => ({
    email: `${prefix}${index}@smart.test`,
    first_name: `Person ${index}`,
    custom_fields: { Functie: 'CFO' },
  }));

/** One Smartlead for the scenes of a test file. */
export class SmartleadScene {
  readonly #accounts = new Map<string, string>();

  private constructor(readonly project: Project, readonly relay: Relay, readonly tenant: Tenant) {}

  static async start(...moreFunctions: string[]): Promise<SmartleadScene> {
    const relay = await startRelay();
    const project = await startProject({
      functions: ['smartlead-webhook', 'sync-client', 'provider-connection', ...moreFunctions],
      simulator: false,
      functionsPublicUrl: relay.url,
      smartlead: {
        startAt: new Date(Date.now() - 7 * 24 * hour),
        rates: { autoReply: 0 },
        delivery: { retryDelaysMs: [], concurrency: 16 },
      },
    });
    relay.target = project.stack.functionsUrl;
    return new SmartleadScene(project, relay, await project.createTenant('Lakeside'));
  }

  async stop(): Promise<void> {
    await this.project.stop();
    this.relay.stop();
  }

  /** A Smartlead account with its key, mailboxes, organisations and a category of its own. */
  open(name: string): void {
    const { id } = this.project.smartlead.createWorkspace({
      keys: [key(name)],
      accounts: [{ email: `mia@${name}.test`, dailyLimit: 1000 }, {
        email: `jon@${name}.test`,
        smtpFailure: 'Login refused',
      }],
      clients: [{ name: 'Lakeside', id: 5000 }, { name: 'Harbour', id: 6000 }],
      labels: [{ label: 'Demo wanted', kind: 'positive' }],
    });
    this.#accounts.set(name, id);
  }

  workspaceId(name: string): string {
    return this.#accounts.get(name) ?? '';
  }

  api(name: string) {
    return smartleadApi(this.project.smartlead.url, key(name));
  }

  async save(body: Record<string, unknown>) {
    return await this.project.invoke('provider-connection', {
      action: 'save',
      provider: 'smartlead',
      ...body,
    });
  }

  /** The scenes do not wait for an hour's rate budget. */
  async widen(connectionId: string): Promise<void> {
    await this.project.sql(
      `insert into private.connection_rate_limits (connection_id, span, calls)
       values ($1, '1 second', 1000), ($1, '1 minute', 10000), ($1, '1 hour', 100000)`,
      [connectionId],
    );
  }

  async connect(name: string, clientId: string | null): Promise<string> {
    const saved = await this.save({ api_key: key(name), client_id: clientId, name });
    expect(saved.status).toBe(200);
    const id = String(saved.body['connection_id']);
    await this.widen(id);
    return id;
  }

  async sync(connectionId: string, full = false): Promise<Record<string, unknown>> {
    const answer = await this.project.invoke('sync-client', { connection_id: connectionId, full });
    expect(answer).toMatchObject({ status: 202 });
    const [job] = answer.body['jobs'] as { job_id: string }[];
    const ended = await this.project.jobEnded(String(job?.job_id));
    expect([ended['status'], (ended['result'] as { errors: unknown[] }).errors]).toEqual(['completed', []]);
    return ended['result'] as Record<string, unknown>;
  }
}

/** Compares our counts from events with the truth. */
export async function expectTruth(project: Project, connectionId: string, campaignId: string): Promise<void> {
  const [truth] = project.smartlead.truth(campaignId);
  if (!truth) throw new Error('The simulator knows no such campaign');
  const counted = await project.one<Record<string, number>>(
    `select t.sent, t.contacted, t.opens, t.opened, t.clicks, t.clicked, t.replies + t.auto_replies as replies, t.bounced, t.unsubscribed
     from public.campaign_activity_totals as t
     join private.provider_campaigns as p on p.campaign_id = t.campaign_id
     where p.connection_id = $1 and p.provider_campaign_id = $2`,
    [connectionId, campaignId],
  );
  expect(counted).toEqual({
    sent: truth.sent,
    contacted: truth.contactedLeads,
    opens: truth.opens,
    opened: truth.leadsOpened,
    clicks: truth.clicks,
    clicked: truth.leadsClicked,
    replies: truth.replies + truth.autoReplies,
    bounced: truth.bounced,
    unsubscribed: truth.unsubscribed,
  });
  const days = await project.sql<{ day: string; sent: number; replies: number }>(
    `select a.day::text as day, a.sent, a.replies + a.auto_replies as replies from public.campaign_activity as a
     join private.provider_campaigns as p on p.campaign_id = a.campaign_id
     where p.connection_id = $1 and p.provider_campaign_id = $2 and a.sent + a.replies > 0 order by a.day`,
    [connectionId, campaignId],
  );
  expect(days).toEqual(
    Object.entries(truth.days).filter(([, day]) => day.sent + day.replies > 0)
      .map(([day, { sent, replies, autoReplies }]) => ({ day, sent, replies: replies + autoReplies }))
      .sort((left, right) => left.day.localeCompare(right.day)),
  );
}
