// The stand-in for Supabase Auth on a database of its own, and what its tests need: clients of supabase-js, people, mails.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import { withClient } from '../../local/platform/postgres/client.ts';
import { createKeys } from '../../local/shared/keys.ts';
import { readProjectConfig } from '../../local/shared/project-config.ts';
import { startStack } from '../../local/stack/stack.ts';
import { createDatabase, startThrowAwayPostgres } from '../../local/stack/testing.ts';
import { fileURLToPath } from 'node:url';

export const site = 'http://dashboard.test';
export const firstPassword = 'a first password';

export type AuthStack = Awaited<ReturnType<typeof startAuthStack>>;

export async function startAuthStack() {
  const directory = mkdtempSync(join(tmpdir(), 'replyloop-auth-'));
  const outboxDirectory = join(directory, 'outbox');
  const postgres = await startThrowAwayPostgres();
  await createDatabase(postgres, 'accounts');
  const stack = await startStack({
    postgres,
    database: 'accounts',
    keys: await createKeys(),
    functionsDirectory: fileURLToPath(new URL('../local/fixtures/functions', import.meta.url)),
    functions: [],
    scheduler: false,
    siteUrl: site,
    outboxDirectory,
    config: {
      ...readProjectConfig(),
      accessTokenHook: undefined,
      redirectUrls: ['https://*.agency.test/**'],
    },
    logDirectory: directory,
  });

  const client = (
    key = stack.publishableKey,
    flowType: 'implicit' | 'pkce' = 'implicit',
  ): SupabaseClient =>
    createClient(stack.apiUrl, key, {
      auth: {
        // In memory, so that a PKCE verifier is found again.
        persistSession: true,
        storage: memory(),
        storageKey: `k${Math.random()}`,
        autoRefreshToken: false,
        flowType,
      },
    });
  const admin = () => client(stack.secretKeys.default).auth.admin;
  const sql = <Row extends Record<string, unknown>>(text: string, values: unknown[] = []): Promise<Row[]> =>
    withClient(stack.adminDbUrl, async (connection) => (await connection.query<Row>(text, values)).rows);

  let count = 0;
  const newAddress = () => `person${++count}@lakeside.test`;

  return {
    stack,
    outboxDirectory,
    client,
    admin,
    sql,
    newAddress,

    /** Somebody with an account and the first password. */
    async confirmed(): Promise<string> {
      const email = newAddress();
      const { error } = await admin().createUser({ email, password: firstPassword, email_confirm: true });
      if (error) throw error;
      return email;
    },

    lastMail(to: string) {
      const [mail] = stack.outbox.mails(to);
      if (!mail) throw new Error(`No mail to ${to}`);
      const link = new URL(mail.link);
      const facts = new URLSearchParams(link.hash.slice(1));
      return {
        mail,
        place: `${link.origin}${link.pathname}`,
        hash: facts.get('token_hash') ?? '',
        type: facts.get('type'),
      };
    },

    /** Two days pass for the links of a person. */
    expireLinks: (email: string) =>
      sql(
        `update auth.one_time_tokens set created_at = now() - interval '2 days'
         where user_id = (select id from auth.users where email = $1)`,
        [email],
      ),

    /** A minute passes since the last mail that a person asked for. */
    allowNextMail: (email: string) =>
      sql(
        `update auth.users set recovery_sent_at = recovery_sent_at - interval '2 minutes' where email = $1`,
        [
          email,
        ],
      ),

    async stop(): Promise<void> {
      await stack.stop();
      await postgres.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function memory() {
  const kept = new Map<string, string>();
  return {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  };
}
