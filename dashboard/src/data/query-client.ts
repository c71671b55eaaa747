import { QueryCache, QueryClient } from '@tanstack/react-query';
import { toFailure } from './failure.ts';
import { recoverSession } from './session.ts';

/** How often a visible page asks again by itself; changes are read when live.ts hears of them. */
export const refreshEvery = 60_000;

/** Codes after which the same question gets the same answer. */
const final = new Set(['FORBIDDEN', 'NOT_FOUND', 'VALIDATION_FAILED', 'SESSION_EXPIRED']);

export function createQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        if (toFailure(error).code !== 'SESSION_EXPIRED') return;
        void recoverSession().then(async (isBack) => {
          if (isBack) await client.invalidateQueries({ queryKey: query.queryKey });
        });
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        refetchInterval: refreshEvery,
        refetchIntervalInBackground: false,
        retry: (count, error) => count < 2 && !final.has(toFailure(error).code),
      },
    },
  });
  return client;
}
