/** Every background run, each with work without an end. */
import { runReports, sendReports } from '../../supabase/functions/_shared/client-reports/send-reports.ts';
import { removeFrom } from '../../supabase/functions/_shared/connections/campaign-webhooks.ts';
import { encryptKey } from '../../supabase/functions/_shared/connections/encryption.ts';
import { crmPurpose } from '../../supabase/functions/_shared/connections/reencrypt.ts';
import { runCrm } from '../../supabase/functions/_shared/crm/run.ts';
import { runJob } from '../../supabase/functions/_shared/jobs/run-job.ts';
import { askModel } from '../../supabase/functions/_shared/language-model/ask.ts';
import { prepareMessages } from '../../supabase/functions/_shared/messages/prepare.ts';
import { sendNotifications } from '../../supabase/functions/_shared/outgoing/send-notifications.ts';
import { sendDue } from '../../supabase/functions/_shared/outgoing/send.ts';
import { runErasure } from '../../supabase/functions/_shared/personal-data/run-erasure.ts';
import { processorBudget } from '../../supabase/functions/_shared/platform/processor-time.ts';
import { checkDueDomains } from '../../supabase/functions/_shared/sending-health/check-domains.ts';
import { sampleReport } from './sample-report.ts';
import {
  databaseWith,
  databaseWithJob,
  endless,
  environment,
  handlerOptions,
  id,
  mailSettings,
  masterKeys,
  now,
  ok,
  repeat,
  runOptions,
  syncFrom,
} from './endless-work.ts';

/** How each run ends that has no end of its own; `released` = the call that gives the work back. */
export const runs: { name: string; run: () => Promise<string[]>; released?: string }[] = [
  {
    name: 'the campaigns of a sync',
    released: 'continue_job',
    run: () => syncFrom({ phase: 'campaigns' }, { listCampaigns: endless({ name: 'Spring' }) }),
  },
  {
    name: 'the labels of a sync',
    released: 'continue_job',
    run: () => syncFrom({ phase: 'labels' }, { listLabels: endless({ name: 'Hot' }) }),
  },
  {
    name: 'the mailboxes of a sync',
    released: 'continue_job',
    run: () =>
      syncFrom({ phase: 'accounts' }, {
        accounts: {
          list: endless({ email: 'mia@agency.test' }),
          readDays: () => Promise.resolve(repeat(700, {})),
          readWarmup: () => Promise.resolve(repeat(100, {})),
        },
      }),
  },
  {
    name: 'the verdicts',
    released: 'continue_job',
    run: () => syncFrom({ phase: 'accounts' }, { setInterest: () => Promise.resolve() }),
  },
  {
    name: 'the deliveries that a sync finds',
    released: 'continue_job',
    run: () => syncFrom({ phase: 'replay' }, {}),
  },
  {
    name: 'an erasure',
    released: 'continue_job',
    run: async () => {
      const { database, calls } = databaseWithJob(
        'erase',
        { list_erasure_connections: [], erase_person_batch: 'held' },
        { parameters: { email: 'ida@shop.test', block: false } },
      );
      await runJob(id, (job) => runErasure(job, handlerOptions(database)), { database, ...runOptions });
      return calls;
    },
  },
  {
    name: 'the webhooks of a removed client',
    run: async () => {
      const { database, calls } = databaseWith({});
      const budget = processorBudget();
      const rows = repeat(100_000, { provider_campaign_id: 'campaign', provider_webhook_id: 'webhook' });
      const webhooks = { remove: () => Promise.resolve() } as never;
      await removeFrom(rows, { database, webhooks, connectionId: id }, () => budget.isSpent());
      return calls;
    },
  },
  {
    name: 'messages',
    run: async () => {
      const mail = { message_id: id, raw_html: '<p>Hello <b>there</b></p>'.repeat(20), reply: null };
      const { database, calls } = databaseWith({ take_message_contents: repeat(50, mail) });
      const budget = processorBudget();
      await prepareMessages(database, () => budget.isSpent());
      return calls;
    },
  },
  {
    name: 'outgoing events',
    run: async () => {
      const { database, calls } = databaseWith({
        take_outgoing: ({ batch_size }) => ({
          deliveries: repeat(batch_size as number, {
            event_id: id,
            endpoint_id: id,
            token: id,
            url: 'https://endpoint.test',
            format: 'json',
            payload: {},
            encrypted_secret: 'broken',
            master_key_id: 'k1',
            encrypted_previous: null,
            previous_master_key_id: null,
          }),
          next_in_seconds: 0,
        }),
        record_outgoing: 20,
      });
      await sendDue({ database, fetch: ok, now, masterKeys });
      return calls;
    },
  },
  {
    name: 'mails to people',
    run: async () => {
      const { database, calls } = databaseWith({
        take_mails: ({ batch_size }) => ({
          mails: repeat(batch_size as number, {
            mail_id: id,
            token: id,
            to: 'olga@agency.test',
            language: 'en',
            frequency: 'daily',
            stop_token: id,
            count: 0,
            payloads: [],
          }),
          settings: mailSettings,
          agency: {},
        }),
        record_mails: 10,
      });
      await sendNotifications({
        database,
        fetch: ok,
        masterKeys,
        functionsUrl: 'https://project.test/functions/v1',
      });
      return calls;
    },
  },
  {
    name: 'reports',
    run: async () => {
      const { database, calls } = databaseWith({
        list_due_reports: repeat(20, { client_id: id, kind: 'weekly', of_day: '2026-11-30' }),
        read_report_facts: {},
        take_report_mails: { mails: [], settings: mailSettings },
      });
      await runReports({
        database,
        fetch: ok,
        masterKeys,
        functionsUrl: 'https://project.test/functions/v1',
      });
      return calls;
    },
  },
  {
    name: 'mails with a report as a PDF',
    run: async () => {
      let number = 0;
      const { database, calls } = databaseWith({
        take_report_mails: ({ batch_size }) => ({
          mails: Array.from({ length: batch_size as number }, () => ({
            mail_id: id,
            token: id,
            to: 'ida@shop.test',
            stop_token: null,
            report_id: `22222222-2222-4222-8222-${String(++number).padStart(12, '0')}`,
            attach_pdf: true,
            snapshot: sampleReport,
          })),
          settings: mailSettings,
        }),
        record_report_mails: 10,
      });
      await sendReports({
        database,
        fetch: ok,
        masterKeys,
        functionsUrl: 'https://project.test/functions/v1',
      }, null);
      return calls;
    },
  },
  {
    name: 'questions to the language model',
    run: async () => {
      const { database, calls } = databaseWith({
        read_reply_model: {
          base_url: 'https://model.test',
          model: 'small',
          encrypted_key: null,
          master_key_id: null,
          daily_requests: 1_000_000,
          is_on: true,
          last_error: null,
          last_error_at: null,
          requests_today: 0,
          failures_today: 0,
          tokens_today: 0,
          waiting: 1_000_000,
        },
        take_model_questions: ({ batch_size }) =>
          repeat(batch_size as number, {
            message_id: id,
            subject: null,
            text: 'Maybe',
            occurred_at: '2026-11-02T08:00:00Z',
          }),
      });
      const answer = JSON.stringify({
        choices: [{
          message: { content: JSON.stringify({ class: 'interested', confidence: 0.5, date: null }) },
        }],
        usage: { total_tokens: 10 },
      });
      await askModel({ database, masterKeys, fetch: () => Promise.resolve(new Response(answer)) });
      return calls;
    },
  },
  {
    name: 'pushes to the CRM',
    run: async () => {
      const { database, calls } = databaseWith({
        take_crm_pushes: ({ batch_size }) => ({
          pushes: repeat(batch_size as number, {
            push_id: id,
            token: id,
            type: 'reply.positive',
            lead_id: id,
            fields: {},
            connection: {
              id,
              provider: 'hubspot',
              encrypted_token: 'broken',
              master_key_id: 'k1',
              pipeline_id: 'p',
              lead_stage_id: 's',
              mapping: {},
              unsubscribed_property: null,
            },
            stage_id: null,
            record: { contact_id: null, deal_id: null, deal_is_gone: false },
          }),
          next_in_seconds: 0,
        }),
        record_crm_pushes: 5,
      });
      await runCrm({ database, environment, fetch: ok });
      return calls;
    },
  },
  {
    name: 'deals of the CRM',
    released: 'finish_crm_read',
    run: async () => {
      const { encryptedKey, masterKeyId } = await encryptKey(masterKeys, crmPurpose(id), 'token');
      let isTaken = false;
      const { database, calls } = databaseWith({
        take_crm_pushes: { pushes: [], next_in_seconds: null },
        take_crm_reader: () => {
          if (isTaken) return null;
          isTaken = true;
          return {
            token: id,
            read_until: '2026-11-02T08:00:00Z',
            connection: {
              id,
              provider: 'hubspot',
              encrypted_token: encryptedKey,
              master_key_id: masterKeyId,
              currency: 'EUR',
            },
            unseen: [],
          };
        },
        list_moved_crm_deals: [],
        record_crm_deals: 200,
      });
      const deal = JSON.stringify({ id: '1', properties: { hs_lastmodifieddate: '2026-11-02T08:00:00Z' } });
      const page = `{ "results": [${
        repeat(200, deal).join()
      }], "paging": { "next": { "after": "200" } }, "total": 9000 }`;
      // Each page as large as HubSpot's are with many properties.
      const fetch = () => Promise.resolve(new Response(page + ' '.repeat(3_000_000)));
      await runCrm({ database, environment, fetch });
      return calls;
    },
  },
  {
    name: 'sending domains',
    run: async () => {
      const { database, calls } = databaseWith({
        take_sending_domains: repeat(10, { domain: 'agency.test', provider_kinds: [] }),
      });
      const budget = processorBudget();
      await checkDueDomains(database, () => ({ lookup: () => Promise.resolve([]) }), () => budget.isSpent());
      return calls;
    },
  },
];
