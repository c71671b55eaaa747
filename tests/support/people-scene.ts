// Operators and clients who invite, change and remove people through the function `people`, and what they find afterwards.
import { type Client, startProject } from './project.ts';

export interface Person {
  client: Client;
  userId: string;
  token: string;
  email: string;
}

export interface Answer {
  status: number;
  body: Record<string, unknown> & { error?: { code: string; message: string } };
}

export const chosenPassword = 'a password of my own';

export type PeopleScene = Awaited<ReturnType<typeof startPeopleScene>>;

export async function startPeopleScene() {
  const project = await startProject({ functions: ['people', 'sync-client'], simulator: false });
  const lakeside = await project.createTenant('Lakeside');
  const harbour = await project.createTenant('Harbour');
  const operator = await signedIn(await project.createUser('operator', null));
  // So that neither is the last one.
  await project.createUser('operator', null);

  async function signedIn(person: { email: string; password: string }): Promise<Person> {
    const client = await project.signIn(person);
    const session = (await client.auth.getSession()).data.session;
    return {
      client,
      userId: session?.user.id ?? '',
      token: session?.access_token ?? '',
      email: person.email,
    };
  }

  async function call(body: unknown, as: Person | 'secret key' | 'signed out' = operator): Promise<Answer> {
    const response = await fetch(`${project.stack.functionsUrl}/people`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        apikey: as === 'secret key' ? project.stack.secretKeys.default : project.stack.publishableKey,
        ...(typeof as === 'object' ? { authorization: `Bearer ${as.token}` } : {}),
      },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() as Answer['body'] };
  }

  let count = 0;

  return {
    project,
    lakeside,
    harbour,
    operator,
    signedIn,
    call,
    newAddress: () => `invited${++count}@lakeside.test`,

    inviteTo: (email: string, clientId = lakeside.clientId, more: Record<string, unknown> = {}) =>
      call({ action: 'invite', email, role: 'client', client_id: clientId, ...more }),

    /** Opens a link, as the page does, and chooses a password. */
    async accept(link: string, password = chosenPassword): Promise<Client> {
      const client = project.browser();
      const { error } = await client.auth.verifyOtp(factsOf(link));
      if (error) throw error;
      const chosen = await client.auth.updateUser({ password });
      if (chosen.error) throw chosen.error;
      return client;
    },

    /** The link in the newest mail to somebody. */
    mailTo: (email: string) => project.stack.outbox.mails(email)[0]?.link ?? '',

    allowNextMail: (userId: string) =>
      project.sql(
        `update public.members set mailed_at = mailed_at - interval '2 minutes' where user_id = $1`,
        [userId],
      ),

    rowOf: async (userId: string) =>
      (await operator.client.from('operator_members').select('*').eq('user_id', userId)).data?.[0],

    audited: (userId: string) =>
      project.sql<
        {
          action: string;
          actor_id: string | null;
          client_id: string | null;
          details: Record<string, unknown>;
        }
      >(
        'select action, actor_id, client_id, details from public.audit_log where target_id = $1 order by id',
        [userId],
      ),
  };
}

export const idOf = (answer: Answer): string => String(answer.body['user_id']);

export function factsOf(link: string): { token_hash: string; type: 'invite' | 'recovery' } {
  const facts = new URLSearchParams(new URL(link).hash.slice(1));
  return {
    token_hash: facts.get('token_hash') ?? '',
    type: facts.get('type') === 'recovery' ? 'recovery' : 'invite',
  };
}
