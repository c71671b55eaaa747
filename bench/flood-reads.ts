// One client's slow reads: 30 at a time, each with 100 patterns over all its texts. Meanwhile deliveries arrive and another
// client opens its overview.
import { randomUUID } from 'node:crypto';
import { latencies, loadWebhook, report } from './flood-parts.ts';
import { type BenchProject, clientId, connectionId } from './project.ts';

const messages = 2_000;
const atOnce = 30;
const seconds = 12;

export async function floodReads(project: BenchProject): Promise<void> {
  const slow = await person(project, clientId);
  const other = await person(project, await secondClient(project));
  await writeMessages(project);
  const patterns = Array.from({ length: 100 }, (_, n) => `body_text.ilike.*z${n}a*e*i*`).join(',');
  const heavy = `messages?select=id&or=(${patterns})`;

  const ends = performance.now() + seconds * 1000;
  const isOver = () => performance.now() >= ends;
  const load = loadWebhook(project, { connections: 16, rate: 50, seconds });
  const flood = Promise.all(
    Array.from({ length: atOnce }, () => readRepeatedly(project, slow, heavy, isOver)),
  );
  const beside = await readRepeatedly(project, other, 'client_overview?select=client_name,sent', isOver);
  const delivered = await load;
  const flooded = (await flood).flat();

  report(`${atOnce} slow reads of one client: deliveries, 50 a second`, latencies(delivered), '0 failed');
  report('… another client’s overview', summary(beside), '0 failed');
  const statuses = new Map<number, number>();
  for (const { status } of flooded) statuses.set(status, (statuses.get(status) ?? 0) + 1);
  report(
    '… the slow reads themselves (500: cut off after 3 s; 429: no turn)',
    [...statuses].map(([status, count]) => `${count} × ${status}`).join(', '),
  );
}

interface Answer {
  status: number;
  took: number;
}

async function readRepeatedly(
  project: BenchProject,
  token: string,
  path: string,
  isOver: () => boolean,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  while (!isOver()) {
    const started = performance.now();
    const response = await fetch(`${project.stack.apiUrl}/rest/v1/${path}`, {
      headers: { apikey: project.stack.publishableKey, authorization: `Bearer ${token}` },
    });
    await response.arrayBuffer();
    answers.push({ status: response.status, took: performance.now() - started });
  }
  return answers;
}

function summary(answers: Answer[]): string {
  const took = answers.map((answer) => answer.took).sort((left, right) => left - right);
  const at = (share: number) =>
    (took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? 0).toFixed(0);
  const failures = answers.filter(({ status }) => status !== 200).length;
  return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, ${failures} of ${answers.length} failed`;
}

async function secondClient(project: BenchProject): Promise<string> {
  const id = randomUUID();
  await project.database.query(`insert into public.clients (id, name) values ($1, 'Beside')`, [id]);
  return id;
}

/** A member of the client, with a token like the hook's. */
async function person(project: BenchProject, client: string): Promise<string> {
  const id = randomUUID();
  await project.database.query(
    `insert into auth.users (instance_id, id, aud, role, email)
     values ('00000000-0000-0000-0000-000000000000', $1::uuid, 'authenticated', 'authenticated', $1::text || '@people.test')`,
    [id],
  );
  await project.database.query(
    `insert into public.members (user_id, role, client_id) values ($1, 'client', $2)`,
    [id, client],
  );
  return await project.stack.tokens.sign({
    role: 'authenticated',
    sub: id,
    user_role: 'client',
    client_id: client,
    exp: Math.floor(Date.now() / 1000) + 3600,
  });
}

async function writeMessages(project: BenchProject): Promise<void> {
  await project.database.query(
    `with campaign as (
       insert into public.campaigns (client_id, connection_id, name) values ($1, $2, 'Autumn') returning id
     ), lead as (
       insert into public.synced_leads (client_id, campaign_id, email)
       select $1, c.id, 'reader' || n || '@lead.test' from campaign as c, generate_series(1, $3) as n
       returning id, campaign_id, email
     )
     insert into public.messages (client_id, campaign_id, lead_id, connection_id, provider, direction, occurred_at, email, body_text, source)
     select $1, l.campaign_id, l.id, $2, 'instantly', 'received', now(), l.email, repeat('Could you send me the deck again? ', 200), 'webhook'
     from lead as l`,
    [clientId, connectionId, messages],
  );
}
