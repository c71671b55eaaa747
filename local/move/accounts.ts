// The people of a client. An account moves with its password under its own id; where the target has an account for the address
// already, the membership is given to that one.
import { Failure } from '../shared/failure.ts';
import { type Project, rowOf, rowsOf } from './project.ts';

export interface Accounts {
  /** The client's people in the source. */
  people: string[];
  /** Those whose accounts are made in the target. */
  made: string[];
  /** Source id → target id, where they differ; operators too. */
  ids: Record<string, string>;
  /** Source ids of everybody who has an account in the target afterwards. */
  known: string[];
}

interface Person {
  id: string;
  email: string;
  role: string;
  is_of_client: boolean;
}

export async function planAccounts(source: Project, target: Project, clientId: string): Promise<Accounts> {
  const persons = await rowsOf<Person>(
    source,
    `select m.user_id as id, lower(u.email) as email, m.role, m.client_id is not null as is_of_client
     from public.members as m join auth.users as u on u.id = m.user_id
     where m.client_id = $1 or m.role = 'operator' order by m.created_at, m.user_id`,
    [clientId],
  );
  const there = await rowsOf<{ id: string; email: string; role: string | null; client: string | null }>(
    target,
    `select u.id, lower(u.email) as email, m.role, c.name as client
     from auth.users as u
     left join public.members as m on m.user_id = u.id
     left join public.clients as c on c.id = m.client_id
     where lower(u.email) = any ($1) or u.id = any ($2)`,
    [persons.map(({ email }) => email), persons.map(({ id }) => id)],
  );
  const accounts: Accounts = { people: [], made: [], ids: {}, known: [] };
  for (const person of persons) {
    const found = there.find(({ email }) => email === person.email) ??
      there.find(({ id }) => id === person.id);
    if (person.is_of_client) {
      accounts.people.push(person.id);
      if (found?.role) {
        throw new Failure(
          `${person.email} is ${
            found.role === 'operator' ? 'an operator' : `a person of "${found.client}"`
          } in the target already, and an account belongs to one client; remove that membership there, or this one here`,
        );
      }
      if (!found) accounts.made.push(person.id);
    } else if (found?.email !== person.email) {
      continue;
    }
    accounts.known.push(person.id);
    if (found && found.id !== person.id) accounts.ids[person.id] = found.id;
  }
  return accounts;
}

/** Links that were mailed lead to the source, so none of them is worth anything in the target. */
const emptied = [
  'confirmation_token',
  'recovery_token',
  'email_change_token_new',
  'email_change_token_current',
  'reauthentication_token',
  'phone_change_token',
  'email_change',
  'phone_change',
];

export async function makeAccounts(source: Project, target: Project, made: string[]): Promise<void> {
  await copyRows(source, target, 'users', 'id', made, emptied);
  await copyRows(source, target, 'identities', 'user_id', made, []);
}

/** The two projects may have different versions of Auth: what both know is copied, and compared afterwards. */
async function copyRows(
  source: Project,
  target: Project,
  table: string,
  key: string,
  ids: string[],
  blank: string[],
): Promise<void> {
  if (ids.length === 0) return;
  const [ours, theirs] = await Promise.all([columnsOf(source, table), columnsOf(target, table)]);
  const columns = ours.filter((name) => theirs.includes(name));
  const values = columns.map((name) => blank.includes(name) ? `''::text as ${name}` : name).join(', ');
  const read = `select coalesce(jsonb_agg(to_jsonb(r) order by to_jsonb(r)::text), '[]') as list
    from (select ${values} from auth.${table} where ${key} = any ($1)) as r`;
  const rows = await rowOf<{ list: unknown[] }>(source, read, [ids]);
  await target.client.query(
    `insert into auth.${table} (${columns.join(', ')})
     select ${columns.join(', ')} from jsonb_populate_recordset(null::auth.${table}, $1::jsonb)`,
    [JSON.stringify(rows?.list)],
  );
  const written = await rowOf<{ list: unknown[] }>(target, read, [ids]);
  if (JSON.stringify(written) !== JSON.stringify(rows)) {
    throw new Failure(`The accounts of the client did not arrive as they are in the source (auth.${table})`);
  }
}

async function columnsOf(project: Project, table: string): Promise<string[]> {
  const rows = await rowsOf<{ name: string }>(
    project,
    `select a.attname as name from pg_catalog.pg_attribute as a
     where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by 1`,
    [`auth.${table}`],
  );
  return rows.map(({ name }) => name);
}

/** Accounts that a copy made go with it, unless they became members of something since. */
export async function removeAccounts(target: Project, made: string[]): Promise<void> {
  const gone = await rowsOf<{ id: string }>(
    target,
    `select u.id from auth.users as u where u.id = any ($1)
       and not exists (select from public.members as m where m.user_id = u.id)`,
    [made],
  );
  const ids = gone.map(({ id }) => id);
  await target.client.query('delete from auth.identities where user_id = any ($1)', [ids]);
  await target.client.query('delete from auth.users where id = any ($1)', [ids]);
}
