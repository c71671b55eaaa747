import { useSearch } from '@tanstack/react-router';
import { useSession } from '../data/session.ts';

/** Whose numbers the page shows: the client's own, or the one an operator chose; undefined = all of them. */
export function useClientId(): string | undefined {
  const session = useSession();
  const search = useSearch({ strict: false });
  return session?.role === 'operator' ? search.client : session?.clientId ?? undefined;
}
