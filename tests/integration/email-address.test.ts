// One identity of an address: SQL and TypeScript say the same of whatever a scraper, a mail program or a provider writes,
// and no table takes another form.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { normalizeEmailAddress } from '../../supabase/functions/_shared/events/email-address.ts';
import { composedAddresses, knownAddresses } from '../support/known-addresses.ts';
import { type Project, startProject } from '../support/project.ts';

let project: Project;

beforeAll(async () => {
  project = await startProject({ functions: [], simulator: false });
});
afterAll(() => project?.stop());

async function inSql(texts: string[]): Promise<(string | null)[]> {
  const rows = await project.sql<{ email: string | null }>(
    `select private.normalize_email(t.text) as email from unnest($1::text[]) with ordinality as t (text, place) order by t.place`,
    [texts],
  );
  return rows.map((row) => row.email);
}

/** Where the two differ: text, TypeScript, SQL. */
async function differences(texts: string[]) {
  const found = await inSql(texts);
  return texts.map((text, index) => [text, normalizeEmailAddress(text), found[index]])
    .filter(([, typescript, sql]) => typescript !== sql);
}

describe('the identity of an address', () => {
  it('is the same in SQL and TypeScript', async () => {
    expect(await differences(knownAddresses.map(([text]) => text))).toEqual([]);
    expect(await differences(composedAddresses(20_000))).toEqual([]);
  });

  it('is the same for every letter there is, in both halves', async () => {
    // A database of 2023 does not know the letters of later years; they stay as they are written there.
    // Chinese and Korean have no cases and thousands of letters alike.
    const letters = (await project.sql<{ letter: string }>(
      `select chr(code) as letter from generate_series(1, 131071) as code
       where code not between 13312 and 40959 and code not between 44032 and 57343 and code not between 92160 and 118783
         and code <> 64 and unicode_assigned(chr(code))`,
    )).map((row) => row.letter);
    expect(letters.length).toBeGreaterThan(20_000);
    const differing = await differences(
      letters.map((letter) => `${letter}a${letter}b@${letter}c.test${letter}`),
    );
    expect(differing.slice(0, 20)).toEqual([]);
  }, 90_000);
});

describe('stored addresses', () => {
  it('have no other form in any table', async () => {
    const { clientId } = await project.createTenant('Lakeside');
    const campaignId = await project.createCampaign(clientId, null);
    const connection = await project.createConnection(null);
    for (
      const email of [
        'Upper@x.test',
        ' space@x.test',
        '\ufeffbom@x.test',
        'dot@x.test.',
        'a@x',
        'info@bücher.test',
      ]
    ) {
      for (
        const [statement, values] of [
          ['insert into public.synced_leads (client_id, campaign_id, email) values ($1, $2, $3)', [
            clientId,
            campaignId,
            email,
          ]],
          [`insert into public.suppressions (client_id, email, reason) values ($1, $2, 'bounced')`, [
            clientId,
            email,
          ]],
          [
            `insert into public.email_accounts (connection_id, client_id, email, status) values ($1, $2, $3, 'active')`,
            [connection.id, clientId, email],
          ],
        ] as const
      ) {
        const failure = await project.sql(statement, [...values]).then(
          () => undefined,
          (error: unknown) => error,
        );
        expect(failure, `${statement} ${email}`).toMatchObject({ code: '23514' });
      }
    }
  });
});
