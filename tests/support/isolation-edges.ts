// Ways around rows: who is let in by each edge function, errors that quote a value, other profiles, channels of Realtime. Run by
// tests/integration/isolation.test.ts.
import { Buffer } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { parse } from 'smol-toml';
import { expect, it } from 'vitest';
import { type Audience, endpoints } from '../../supabase/access/endpoints.ts';
import { checkoutRoot } from '../../local/shared/checkout.ts';
import {
  ask,
  callFunction,
  clients,
  heard,
  inTurns,
  parties,
  people,
  type Person,
  project,
  relations,
  tenants,
} from './isolation-scene.ts';

/** The statuses with which a caller is refused before its body is read; none where it is let in. */
const refused: Record<Audience, Partial<Record<Person | 'service', number>>> = {
  operators: { anon: 401, outsider: 403, aurora: 403, borealis: 403 },
  clients: { anon: 401, outsider: 403 },
  people: { anon: 401, outsider: 403, service: 401 },
  provider: { anon: 401, outsider: 401, aurora: 401, borealis: 401, operator: 401, service: 401 },
  open: {},
};

/** A client is refused whatever it asks but this. */
const onlyOfClients: Record<string, unknown> = {
  'client-report': { action: 'pdf', report_id: randomUUID() },
};

export function edgesAdmitWhomTheyDeclare(): void {
  it.each(Object.entries(endpoints))('%s', async (slug, { audience }) => {
    const path = audience === 'provider' ? `${slug}/${parties.aurora.connection.id}` : slug;
    // Not what any of them takes, so that nothing happens.
    const body = onlyOfClients[slug] ?? [];
    const answers: Record<string, number | string> = {};
    for (const person of people) answers[person] = (await callFunction(person, path, body)).status;
    answers['service'] = (await project.invoke(path, body)).status;
    const letIn = Object.keys(answers).filter((person) => refused[audience][person as Person] === undefined);
    // Who is let in reads what is wrong with such a body.
    for (const person of letIn) {
      expect([person, answers[person]]).not.toEqual([person, 401]);
      expect([person, answers[person]]).not.toEqual([person, 403]);
      answers[person] = 'let in';
    }
    expect(answers).toEqual({
      ...Object.fromEntries(letIn.map((person) => [person, 'let in'])),
      ...refused[audience],
    });
  });
}

export function errorsQuoteNoOther(): void {
  it.each(tenants)('that quote a value quote none of another to %s', async (name) => {
    const { marker } = parties[name];
    const other = Object.values(parties).find((party) => party !== parties[name])?.marker ?? '';
    let quoted = 0;
    await inTurns(relations.filter(({ rows }) => rows === 'own'), async ({ name: from }) => {
      const columns = await project.sql<{ name: string }>(
        `select distinct v.key as name from public.${from} as t, jsonb_each_text(to_jsonb(t)) as v where v.value like '%' || $1 || '%'`,
        [other],
      );
      // A cast is tried on each row that is read: what fails is quoted.
      for (const column of columns) {
        const { error } = await ask(name, (client) => client.from(from).select(`x:${column.name}::integer`));
        if (error?.message.includes(marker)) quoted++;
        expect([from, column.name, error?.message.includes(other)]).not.toEqual([from, column.name, true]);
      }
    });
    expect(quoted).toBeGreaterThan(20);
  });

  it('are given for aggregates, which could count what is hidden', async () => {
    for (const person of people) {
      for (const columns of ['count()', 'client_id.max()']) {
        const { error } = await ask(person, (client) => client.from('campaigns').select(columns));
        expect([person, columns, error?.code]).toEqual([person, columns, 'PGRST123']);
      }
    }
  });
}

export function profilesOpenNothing(): void {
  it.each(['private', 'auth', 'vault', 'realtime', 'worker'])(
    '%s, to read, write or call in',
    async (schema) => {
      const code = schema === 'worker' ? 'PGRST205' : 'PGRST106';
      for (const person of people) {
        const inside = clients[person].schema(schema);
        const answers = [
          await ask(person, () => inside.from('jobs').select('*')),
          await ask(person, () => inside.from('jobs').insert({ id: randomUUID() })),
          await ask(person, () => inside.from('jobs').update({ id: randomUUID() }).neq('id', randomUUID())),
          await ask(person, () => inside.from('jobs').delete().neq('id', randomUUID())),
        ];
        // Without a sign-in one does not get as far as looking for a table; older releases of PostgREST give no code, or Postgres' own.
        const codes = answers.map(({ error }) => error && (error.code ?? code).replace(/42501|42P01/, code));
        expect([person, schema, ...new Set(codes)]).toEqual([person, schema, code]);
        const { error } = await ask(person, () =>
          inside.rpc('read_connection', {
            target_connection_id: parties.aurora.connection.id,
          }));
        expect([person, schema, error?.code]).toEqual([
          person,
          schema,
          schema === 'worker' ? '42501' : 'PGRST106',
        ]);
      }
    },
  );
}

export function preferencesOpenNothing(): void {
  const preferences = [
    'resolution=merge-duplicates,return=representation,missing=default',
    'handling=lenient,return=headers-only,tx=rollback,max-affected=1',
  ];

  it.each(tenants)('lets %s write to no table, and count nothing by the planner', async (name) => {
    const { data } = await clients[name].auth.getSession();
    const send = async (path: string, method: string, prefer: string, body?: unknown) => {
      const response = await fetch(`${project.stack.apiUrl}/rest/v1/${path}`, {
        method,
        headers: {
          apikey: project.stack.publishableKey,
          authorization: `Bearer ${data.session?.access_token}`,
          'content-type': 'application/json',
          prefer,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      heard[name].push(text);
      return response.status;
    };
    await inTurns(relations, async ({ name: to, isTable, owner }) => {
      const answers = [await send(`${to}?limit=1`, 'GET', 'count=planned')];
      if (isTable) {
        for (const prefer of preferences) {
          const row = { [owner]: parties[name].clientId };
          answers.push(await send(to, 'POST', prefer, row));
          answers.push(await send(`${to}?${owner}=neq.${randomUUID()}`, 'PATCH', prefer, row));
        }
      }
      expect([to, ...answers]).toEqual([to, 400, ...(isTable ? [403, 403, 403, 403] : [])]);
    });
  });
}

export function channelsAreJoinedBy(): void {
  const topics = () => ({
    'client:aurora': `client:${parties.aurora.clientId}`,
    'client:borealis': `client:${parties.borealis.clientId}`,
    'client:nobody': `client:${randomUUID()}`,
    operators: 'operators',
    'no topic': '',
    'a prefix': 'client:',
    'a pattern': 'client:%',
  });

  /** The topics that Realtime lets somebody join, and whether it may broadcast: asked of its policy, with the claims of the token. */
  async function joined(person: Person): Promise<string[]> {
    const { data } = await clients[person].auth.getSession();
    const [, body = ''] = data.session?.access_token.split('.') ?? [];
    const claims = body === '' ? '{"role":"anon"}' : Buffer.from(body, 'base64url').toString();
    const connection = new pg.Client({ connectionString: project.stack.dbUrl });
    await connection.connect();
    try {
      await connection.query('begin');
      await connection.query(`select set_config('request.jwt.claims', $1, true)`, [claims]);
      await connection.query(`set local role ${person === 'anon' ? 'anon' : 'authenticated'}`);
      const found: string[] = [];
      for (const [name, topic] of Object.entries(topics())) {
        await connection.query(`select set_config('realtime.topic', $1, true)`, [topic]);
        const { rows } = await connection.query('select from realtime.messages limit 1');
        if (rows.length > 0) found.push(name);
        await connection.query('savepoint before');
        const sent = await connection.query(
          `insert into realtime.messages (topic, extension, private) values ($1, 'broadcast', true)`,
          [topic],
        ).then(() => 'sent', (error: pg.DatabaseError) => error.code);
        await connection.query('rollback to savepoint before');
        if (sent !== '42501') found.push(`broadcast to ${name}: ${sent}`);
      }
      return found;
    } finally {
      await connection.end();
    }
  }

  it('lets each person join what is theirs, and broadcast nowhere', async () => {
    const answers = Object.fromEntries(
      await Promise.all(people.map(async (person) => [person, await joined(person)])),
    );
    expect(answers).toEqual({
      anon: [],
      outsider: [],
      aurora: ['client:aurora'],
      borealis: ['client:borealis'],
      operator: ['client:aurora', 'client:borealis', 'operators'],
    });
  });

  it('has no storage beside it', () => {
    const config = readFileSync(join(checkoutRoot, 'supabase', 'config.toml'), 'utf8');
    expect(parse(config)['storage']).toEqual({ enabled: false });
  });
}
