import type { ServiceClient } from '../../supabase/functions/_shared/platform/database.ts';

type Answer = { data: unknown; error: { code: string; message: string } | null; status: number };

/** A database with scripted answers that records its calls. */
export function fakeDatabase(
  answer: (name: string, parameters: Record<string, unknown>) => Answer,
): ServiceClient {
  const rpc = (name: string, parameters: Record<string, unknown>) =>
    Promise.resolve(answer(name, parameters));
  return { schema: () => ({ rpc }) } as never;
}
