// Sending domains end to end: the function asks a resolver, the database keeps what it said, operators read it, incidents come and go.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { domainInOrder, included } from '../../local/platform/dns/dns-server.ts';
import { runSnippet } from '../support/docs.ts';
import {
  type Client,
  type Project,
  readRelation,
  startProject,
  type Tenant,
  type TestConnection,
} from '../support/project.ts';

let project: Project;
let tenant: Tenant;
let connection: TestConnection;
let operator: Client;
let client: Client;
let anon: Client;

const domains = ['outreach.test', 'try-agency.test'];

beforeAll(async () => {
  project = await startProject({
    functions: ['sync-client'],
    scheduler: { cron: false },
    dns: {
      ...included,
      ...domainInOrder('outreach.test'),
      ...domainInOrder('try-agency.test'),
      // As long as a real key, in several strings, and hostile: a control character and a quote.
      'TXT try-agency.test': [`v=spf1 ${'ip4:192.0.2.10 '.repeat(30)}-all`, 'a "quoted"\u0000 text'],
    },
  });
  tenant = await project.createTenant('Agency client');
  connection = await project.createConnection(tenant.clientId);
  await project.sql(
    `insert into public.email_accounts (connection_id, client_id, email, status, provider_kind, daily_limit)
     values ($1, $2, 'mia@outreach.test', 'active', 'google', 30), ($1, $2, 'jon@try-agency.test', 'active', 'imap', 20)`,
    [connection.id, tenant.clientId],
  );
  operator = await project.signIn(await project.createUser('operator', null));
  client = await project.signIn(tenant);
  anon = project.browser();
});
afterAll(() => project?.stop());

/** Makes every domain due, wakes the function as the scheduler does, and waits until all were looked at. */
async function look(): Promise<void> {
  const { at } = await project.one<{ at: Date }>('select clock_timestamp() as at');
  await project.sql('update public.sending_domains set next_check_at = now()');
  const answer = await project.invoke('sync-client', { check_domains: true }, project.stack.secretKeys.cron);
  expect(answer).toEqual({ status: 202, body: { check_domains: true } });
  await project.eventually(async () => {
    const rows = await project.sql('select from public.sending_domains where attempted_at > $1', [at]);
    return rows.length === domains.length;
  }, 'every domain was looked at');
}

const read = async () => {
  const { data, error } = await operator.from('operator_sending_domains').select(
    'domain, verdict, checks, check_error, checked_at',
  )
    .order('domain');
  expect(error).toBeNull();
  return data ?? [];
};
const findings = async (domain: string) =>
  Object.fromEntries(
    (await project.sql<{ kind: string; word: string }>(
      `select kind, verdict || ' ' || finding as word from public.sending_domain_checks where domain = $1`,
      [domain],
    )).map(({ kind, word }) => [kind, word]),
  );
const openIncidents = async () =>
  (await operator.from('alerts').select('kind, title, client_name, text').is('closed_at', null).like(
    'kind',
    'd%',
  ).order('kind')).data ?? [];

describe('a look', () => {
  it('judges every domain of a mailbox', async () => {
    await look();
    expect(await findings('outreach.test')).toEqual({
      spf: 'good valid',
      dkim: 'good valid',
      dmarc: 'good enforced',
      mx: 'good valid',
    });
    expect(await findings('try-agency.test')).toMatchObject({ spf: 'good valid', dmarc: 'good enforced' });
    expect((await read()).map(({ domain, verdict, check_error }) => [domain, verdict, check_error])).toEqual([
      ['outreach.test', 'good', null],
      ['try-agency.test', 'good', null],
    ]);
  });

  it('keeps the last result and its age while the resolver is down', async () => {
    await project.sql(`update public.sending_domain_checks set checked_at = now() - interval '1 day'`);
    await project.sql(`update public.sending_domains set checked_at = now() - interval '1 day'`);
    project.dns.isFailing = true;
    await look();
    project.dns.isFailing = false;
    for (const row of await read()) {
      expect(row).toMatchObject({ verdict: 'good' });
      expect(row.check_error).toContain('No resolver answered');
      expect(Date.parse(row.checked_at ?? '')).toBeLessThan(Date.now() - 80_000_000);
    }
    expect(await openIncidents()).toEqual([]);
  });

  it('finds what broke, says what to do, and closes the incident when it is repaired', async () => {
    await project.sql(
      `insert into public.email_account_days (account_id, client_id, day, sent_reported)
       select id, client_id, (now() at time zone 'UTC')::date, 25 from public.email_accounts`,
    );
    const zone = project.dns.zone ?? {};
    project.dns.zone = {
      ...zone,
      'TXT _dmarc.try-agency.test': ['v=DMARC1; policy=reject'],
      'TXT outreach.test': ['v=spf1 +all'],
    };
    await look();
    expect(await openIncidents()).toMatchObject([
      { kind: 'dmarc_broken', title: 'DMARC record broke', client_name: 'Agency client' },
      { kind: 'domain_unprotected', title: 'Sending domain not protected' },
    ]);
    const [broken, unprotected] = await openIncidents();
    expect(broken?.text).toMatch(
      /try-agency\.test was in order until .* has no valid policy .* Set “p=none”/,
    );
    expect(unprotected?.text).toContain(
      'anybody may send as this domain. End the record with “~all” or “-all”.',
    );
    const { data: changes } = await operator.from('sending_domain_changes').select(
      'domain, kind, verdict_before, verdict, records',
    )
      .order('domain');
    expect(changes).toEqual([
      {
        domain: 'outreach.test',
        kind: 'spf',
        verdict_before: 'good',
        verdict: 'bad',
        records: ['v=spf1 +all'],
      },
      {
        domain: 'try-agency.test',
        kind: 'dmarc',
        verdict_before: 'good',
        verdict: 'bad',
        records: ['v=DMARC1; policy=reject'],
      },
    ]);
    project.dns.zone = zone;
    await look();
    expect(await openIncidents()).toEqual([]);
  });
});

describe('who', () => {
  it('reads it: operators, and no one else', async () => {
    for (
      const relation of [
        'sending_domains',
        'sending_domain_checks',
        'sending_domain_changes',
        'operator_sending_domains',
      ]
    ) {
      expect((await readRelation(operator, relation)).data?.length).toBeGreaterThan(0);
      expect((await readRelation(client, relation)).data).toEqual([]);
      expect((await readRelation(anon, relation)).error?.code).toBe('42501');
    }
    expect(await runSnippet('operator_sending_domains', operator)).toMatchObject([
      { domain: 'outreach.test', mailboxes: 1, sent_today: 25, daily_limit: 30 },
      { domain: 'try-agency.test', mailboxes: 1, sent_today: 25, daily_limit: 20 },
    ]);
    expect((await operator.from('sending_domains').delete().eq('domain', 'outreach.test')).error?.code).toBe(
      '42501',
    );
  });

  it('starts a look: the scheduler, and no person', async () => {
    for (const person of [operator, client]) {
      const { error } = await person.functions.invoke('sync-client', { body: { check_domains: true } });
      expect((error?.context as Response).status).toBe(403);
    }
    expect((await project.invoke('sync-client', { check_domains: false })).status).toBe(400);
  });

  it('is woken only while a domain is due', async () => {
    await project.sql(`update public.sending_domains set next_check_at = now() + interval '1 hour'`);
    expect(await project.one('select private.wake_domain_checks() as request')).toEqual({ request: null });
    await project.sql(
      `update public.sending_domains set next_check_at = now() where domain = 'outreach.test'`,
    );
    expect((await project.one('select private.wake_domain_checks() as request'))['request']).not.toBeNull();
  });
});
