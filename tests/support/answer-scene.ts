/** A reply at a provider and in our database, and what the provider has sent to its writer since; the same for both providers. */
import { randomUUID } from 'node:crypto';
import { reply } from './correspondence.ts';
import { delivery } from './deliveries.ts';
import { type Client, type Project, startProject, type TestConnection } from './project.ts';
import { makeCampaign, providerApi } from './provider-api.ts';
import { ended, startSync } from './outage.ts';
import { makeSmartleadCampaign, smartleadApi } from './smartlead-api.ts';
import { smartleadDelivery } from './smartlead-deliveries.ts';

const mailbox = 'mia@outreach.test';

export interface Outcome {
  status: number;
  body: Record<string, unknown> & {
    state?: string;
    message_id?: string | null;
    error?: { code: string; message: string; details?: Record<string, unknown> };
  };
}

interface Mail {
  html: string;
  from: string;
  to: string;
}

interface Workspace {
  connection: TestConnection;
  campaignId: string;
  providerCampaignId: string;
  simulator: Pick<Project['simulator'], 'emit' | 'faults'> | Pick<Project['smartlead'], 'emit' | 'faults'>;
  /** What tells the provider's call that sends. */
  sendPath: string;
  /** What it is asked before, where a delivery did not name the mail. */
  findPath: string;
  deliverReply(email: string, text: string, at: string, eventId: string): Promise<unknown>;
  manualMails(email: string): Promise<Mail[]>;
  /** The delivery of a sent mail, now; without a step it is the newest answer. */
  deliverSent(email: string, text: string, step: number | null): Promise<unknown>;
}

export type AnswerScene = Awaited<ReturnType<typeof startAnswerScene>>;

export async function startAnswerScene(provider: 'instantly' | 'smartlead') {
  const clock = { startAt: new Date(Date.now() - 3_600_000) };
  const project = await startProject({
    functions: ['answer-reply', `${provider}-webhook`, 'sync-client'],
    ...(provider === 'instantly' ? { simulator: clock } : { simulator: false, smartlead: clock }),
  });
  const tenant = await project.createTenant('Bakery');
  const other = await project.createTenant('Dentist');
  const connection = await project.createConnection(tenant.clientId, undefined, provider);
  const campaignId = await project.createCampaign(tenant.clientId, connection.id, { name: 'Autumn' });
  const leads = Array.from({ length: 30 }, (_, index) => ({ email: `lead${index}@bakery.test` }));
  const workspace = provider === 'instantly'
    ? await openInstantly(project, connection, campaignId, leads)
    : await openSmartlead(project, connection, campaignId, leads);
  await project.sql('select private.map_provider_campaign($1, $2, $3)', [
    connection.id,
    workspace.providerCampaignId,
    campaignId,
  ]);
  // The answers of a whole file of tests are more than Smartlead's 60 calls a minute.
  await project.sql(
    `insert into private.connection_rate_limits (connection_id, bucket, span, calls) values ($1, 'calls', interval '1 minute', 6000), ($1, 'calls', interval '1 second', 50)`,
    [connection.id],
  );
  const operator = await project.signIn(await project.createUser('operator', null));
  const colleague = await project.signIn(await project.createUser('operator', null));
  const client = await project.signIn(tenant);
  const foreign = await project.signIn(other);
  let used = 0;

  /** The next lead replies; returns the reply among our messages. */
  async function replied(text = 'What does it cost?'): Promise<{ email: string; messageId: string }> {
    const email = `lead${used++}@bakery.test`;
    const common = {
      workspaceId: connection.workspaceId,
      campaignId: workspace.providerCampaignId,
      leadEmail: email,
    };
    workspace.simulator.emit({ ...common, type: 'email_sent', account: mailbox });
    const event = workspace.simulator.emit({ ...common, type: 'reply_received', text, account: mailbox });
    if (event === undefined) throw new Error('The simulator has no reply');
    await workspace.deliverReply(email, text, new Date(event.at).toISOString(), event.id);
    await project.project();
    const { id } = await project.one<{ id: string }>(
      `select id from public.messages where email = $1 and direction = 'received'`,
      [email],
    );
    return { email, messageId: id };
  }

  async function send(body: Record<string, unknown>, who: Client = operator): Promise<Outcome> {
    const { data, error } = await who.functions.invoke<Outcome['body']>('answer-reply', { body });
    if (!error) return { status: 200, body: data ?? {} };
    const response = error.context as Response | undefined;
    if (response?.status === undefined) return { status: 0, body: {} };
    return { status: response.status, body: await response.json() as Outcome['body'] };
  }

  /** A person answers in the provider's own inbox, a minute later. */
  function answerThere(email: string, html: string): void {
    workspace.simulator.emit({
      workspaceId: connection.workspaceId,
      campaignId: workspace.providerCampaignId,
      leadEmail: email,
      type: 'answer_sent',
      text: html,
      account: mailbox,
      at: new Date(Date.now() + 60_000),
    });
  }

  // A test before may have been answered with a request to wait.
  const sync = async () => {
    await project.sql('update private.rate_budgets set blocked_until = null');
    return await ended(project, await startSync(project, { connection_id: connection.id }));
  };

  const draftOf = async (messageId: string, who: Client = operator) =>
    (await who.rpc('answer_draft', { target_message_id: messageId })).data;

  const answerOf = (id: string) =>
    project.one<
      { state: string; error: string | null; message_id: string | null; lease_until: string | null }
    >(
      'select state, error, message_id, lease_until from private.answers where id = $1',
      [id],
    );

  /** The lease of a dead run ends, and the provider had time to show what it took; time is moved instead of waited for. */
  const afterwards = (id: string) =>
    project.sql(
      `update private.answers set lease_until = now() - interval '1 second', last_tried_at = last_tried_at - interval '11 minutes'
       where id = $1`,
      [id],
    );

  return {
    ...workspace,
    project,
    operator,
    colleague,
    client,
    foreign,
    replied,
    send,
    answerThere,
    sync,
    answerOf,
    draftOf,
    afterwards,
    newId: () => randomUUID(),
    sentMessages: (email: string) =>
      project.sql(
        `select id, body_text, source, email_account, subject from public.messages
         where email = $1 and direction = 'sent' and source = 'answer'`,
        [email],
      ),
  };
}

async function openInstantly(
  project: Project,
  connection: TestConnection,
  campaignId: string,
  leads: { email: string }[],
): Promise<Workspace> {
  const { simulator } = project;
  const api = providerApi(simulator.url, connection.apiKey);
  const providerCampaignId = await makeCampaign(simulator.url, connection.apiKey, 'Autumn', leads);
  return {
    connection,
    campaignId,
    providerCampaignId,
    simulator,
    sendPath: '/api/v2/emails/reply',
    findPath: '/api/v2/emails',
    deliverReply: (email, text, timestamp, email_id) =>
      project.deliver(
        connection,
        reply({
          campaign: providerCampaignId,
          campaign_id: providerCampaignId,
          lead_email: email,
          email,
          email_id,
          email_account: mailbox,
          timestamp,
          reply_text: text,
          reply_html: `<div>${text}</div>`,
        }),
      ),
    manualMails: async (email) => {
      const { items } = await api.get(`emails?limit=100&email_type=manual&lead=${email}`) as {
        items: { body: { html: string }; from_address_email: string; to_address_email_list: string }[];
      };
      return items.map((mail) => ({
        html: mail.body.html,
        from: mail.from_address_email,
        to: mail.to_address_email_list,
      }));
    },
    deliverSent: async (email, email_text, step) => {
      const { items } = await api.get(`emails?limit=1&email_type=manual&lead=${email}`) as {
        items: { id: string }[];
      };
      return await project.deliver(
        connection,
        delivery('email_sent', {
          campaign: providerCampaignId,
          campaign_id: providerCampaignId,
          lead_email: email,
          email,
          email_id: step === null ? items[0]?.id : randomUUID(),
          step,
          timestamp: new Date().toISOString(),
          email_text,
          email_html: undefined,
        }),
      );
    },
  };
}

async function openSmartlead(
  project: Project,
  connection: TestConnection,
  campaignId: string,
  leads: { email: string }[],
): Promise<Workspace> {
  const simulator = project.smartlead;
  const api = smartleadApi(simulator.url, connection.apiKey);
  const providerCampaignId = await makeSmartleadCampaign(simulator.url, connection.apiKey, 'Autumn', {
    leads,
  });
  type History = {
    history: {
      type: string;
      message_id: string;
      stats_id: string;
      email_body: string;
      email_seq_number: string | null;
    }[];
    from: string;
    to: string;
  };
  const historyOf = async (email: string) => {
    const { id } = await api.get(`leads/?email=${email}`) as { id: number };
    return await api.get(`campaigns/${providerCampaignId}/leads/${id}/message-history`) as History;
  };
  return {
    connection,
    campaignId,
    providerCampaignId,
    simulator,
    sendPath: '/api/v1/campaigns/*/reply-email-thread',
    findPath: '/api/v1/campaigns/*/leads/*/message-history',
    deliverReply: async (email, text, at) => {
      const written = (await historyOf(email)).history.find(({ type }) => type === 'REPLY');
      return await project.deliver(
        connection,
        smartleadDelivery('EMAIL_REPLY', {
          campaign_id: Number(providerCampaignId),
          sl_lead_email: email,
          from_email: mailbox,
          to_email: email,
          event_timestamp: at,
          time_replied: at,
          stats_id: written?.stats_id,
          reply_message: { message_id: written?.message_id, html: `<div>${text}</div>`, text, time: at },
          reply_body: `<div>${text}</div>`,
          leadCorrespondence: { targetLeadEmail: email },
        }),
      );
    },
    manualMails: async (email) => {
      const { history, from, to } = await historyOf(email);
      return history.filter(({ type, email_seq_number: step }) => type === 'SENT' && step === null)
        .map((mail) => ({ html: mail.email_body, from, to }));
    },
    deliverSent: async (email, text, step) => {
      const answer = (await historyOf(email)).history.findLast(({ email_seq_number }) =>
        email_seq_number === null
      );
      const now = new Date().toISOString();
      const message_id = step === null ? answer?.message_id : `<${randomUUID()}@outreach.test>`;
      return await project.deliver(
        connection,
        smartleadDelivery('EMAIL_SENT', {
          campaign_id: Number(providerCampaignId),
          sl_lead_email: email,
          to_email: email,
          from_email: mailbox,
          event_timestamp: now,
          stats_id: randomUUID(),
          message_id,
          sequence_number: step,
          sent_message: { message_id, text, html: null, time: now },
        }),
      );
    },
  };
}
