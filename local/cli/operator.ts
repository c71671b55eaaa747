// `operator <email>`: makes an operator of the agency, the first one or another. By the secret key, on the running stack of this
// checkout or, with SUPABASE_URL and SUPABASE_SECRET_KEY, on a hosted project.
import process from 'node:process';
import { z } from 'zod';
import { normalizeEmailAddress } from '../../supabase/functions/_shared/events/email-address.ts';
import { Failure } from '../shared/failure.ts';
import { bold, dim, print } from './progress.ts';
import { environmentOf, requireRunning } from './status.ts';

const usage = 'npm run operator -- you@agency.example [--mail | --link]';

const invited = z.object({
  user_id: z.string(),
  added: z.boolean(),
  state: z.enum(['invited', 'active']),
  sent: z.enum(['mail', 'link', 'just_sent', 'nothing']),
  link: z.string().optional(),
  mail_problem: z.string().optional(),
});
const linked = z.object({ link: z.string() });
const refusal = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

interface Target {
  url: string;
  key: string;
  dashboard: string | undefined;
}

export interface OperatorRequest {
  email: string;
  /** `usual`: a link for somebody new, none for somebody who can sign in. */
  send: 'usual' | 'mail' | 'link';
}

export async function operator(parameters: string[]): Promise<void> {
  const request = readParameters(parameters);
  const target = await findTarget(process.env);
  for (const line of await makeOperator(request, target)) print(line);
}

export function readParameters(parameters: string[]): OperatorRequest {
  const options = parameters.filter((text) => text.startsWith('-'));
  const addresses = parameters.filter((text) => !text.startsWith('-'));
  const unknown = options.find((text) => text !== '--mail' && text !== '--link');
  if (unknown !== undefined) throw new Failure(`operator has no option "${unknown}": ${usage}`);
  if (addresses.length !== 1 || options.length > 1) {
    throw new Failure(`Give one email address: ${usage}`);
  }
  const email = normalizeEmailAddress(addresses[0] ?? '');
  if (email === null) throw new Failure(`"${addresses[0]}" is not an email address: ${usage}`);
  return { email, send: options[0] === '--mail' ? 'mail' : options[0] === '--link' ? 'link' : 'usual' };
}

/** Variables of a hosted project win; half of them is a mistake and never a reason to take the local stack. */
export async function findTarget(environment: NodeJS.ProcessEnv): Promise<Target> {
  const url = environment['SUPABASE_URL'] || undefined;
  const key = environment['SUPABASE_SECRET_KEY'] || undefined;
  if (url === undefined && key === undefined) {
    const local = await environmentOf(requireRunning());
    return { url: local['API_URL'] ?? '', key: local['SECRET_KEY'] ?? '', dashboard: local['DASHBOARD_URL'] };
  }
  if (url === undefined || key === undefined) {
    throw new Failure('For a hosted project set both SUPABASE_URL and SUPABASE_SECRET_KEY');
  }
  if (!/^https?:\/\//.test(url)) throw new Failure(`SUPABASE_URL is "${url}"; it begins with https://`);
  if (!key.startsWith('sb_secret_')) {
    throw new Failure('SUPABASE_SECRET_KEY is no secret key; it begins with sb_secret_ (Settings, API keys)');
  }
  return { url: url.replace(/\/+$/, ''), key, dashboard: undefined };
}

/** What to print. Safe to repeat: somebody who is an operator already stays one, an open invitation gets a new link. */
export async function makeOperator(request: OperatorRequest, target: Target): Promise<string[]> {
  const answer = await call(target, {
    action: 'invite',
    email: request.email,
    role: 'operator',
    send: request.send === 'mail' ? 'mail' : 'link',
  }, invited);
  const is = `${bold(request.email)} is an operator${answer.added ? '' : ' already'}`;
  if (answer.state === 'active') {
    if (request.send !== 'link') {
      return [
        `${is} and signs in as before${target.dashboard ? ` at ${target.dashboard}` : ''}`,
        dim(`Forgotten password: the sign-in page sends a link, or add --link to print one`),
      ];
    }
    const { link } = await call(target, { action: 'link', user_id: answer.user_id }, linked);
    return [`${is}; this link sets a new password, once:`, '', `  ${link}`, ''];
  }
  if (answer.sent === 'mail' || answer.sent === 'just_sent') {
    return [`${is}; an email with a link is on its way`];
  }
  return [
    ...(answer.mail_problem ? [dim('The project cannot send email yet, so here is the link instead')] : []),
    `${is}; open this link to choose a password. It works once, within a day:`,
    '',
    `  ${answer.link ?? ''}`,
    '',
  ];
}

async function call<T>(target: Target, body: unknown, shape: z.ZodType<T>): Promise<T> {
  const response = await fetch(`${target.url}/functions/v1/people`, {
    method: 'POST',
    headers: { apikey: target.key, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).catch((error: unknown) => {
    throw new Failure(`${target.url} cannot be reached; check the address and the network`, { cause: error });
  });
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok) return shape.parse(answer);
  const known = refusal.safeParse(answer);
  if (known.success) throw new Failure(known.data.error.message);
  if (response.status === 401) throw new Failure(`${target.url} refuses the secret key; copy it again`);
  if (response.status === 404) {
    throw new Failure(
      `${target.url} has no function "people" yet; deploy first: npm run deploy`,
    );
  }
  throw new Failure(`${target.url} answered ${response.status}; see the log of the function people`);
}
