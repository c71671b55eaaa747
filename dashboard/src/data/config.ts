// What the page needs to find its project. A built site is the same everywhere; only /config.json next to it differs.
import * as z from 'zod/mini';

const schema = z.object({
  /** Address of the Supabase project. */
  api_url: z.url(),
  publishable_key: z.string().check(z.minLength(1)),
  sign_in: z._default(z.array(z.enum(['password', 'magic_link'])).check(z.minLength(1)), ['password']),
  /** Whether the project delivers broadcasts; without, the page polls every few seconds. */
  realtime: z._default(z.boolean(), false),
  /** Who runs the project, where the agency has no name yet: the names of downloaded files begin with it. */
  agency: z._default(z.string(), ''),
  /** People whose password is public, offered on the sign-in page of the demo. */
  demo_accounts: z._default(
    z.array(z.object({ label: z.string(), email: z.string(), password: z.string() })),
    [],
  ),
});

export type Config = z.infer<typeof schema>;

export class ConfigFailure extends Error {}

export async function readConfig(fetcher: typeof fetch = fetch): Promise<Config> {
  const address = `${import.meta.env.BASE_URL}config.json`;
  const response = await fetcher(address, { cache: 'no-cache' }).catch(() => undefined);
  if (!response?.ok) {
    throw new ConfigFailure(`The file ${address} could not be read. Put it next to index.html.`);
  }
  // A host that answers every unknown address with index.html answers this one too.
  const body: unknown = await response.json().catch(() => undefined);
  const parsed = schema.safeParse(body);
  if (!parsed.success) {
    const what = parsed.error.issues.map((issue) => issue.path.join('.') || 'the whole file').join(', ');
    throw new ConfigFailure(`The file ${address} is invalid. Check ${what}.`);
  }
  return parsed.data;
}
