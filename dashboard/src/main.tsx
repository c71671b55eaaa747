import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { createRoot } from 'react-dom/client';
import { type AppRouter, createAppRouter } from './app/router.tsx';
import { loadAgency } from './data/agency-load.ts';
import { recallAgency } from './data/agency.ts';
import { receiveArrival } from './data/arrival.ts';
import { ConfigFailure, readConfig } from './data/config.ts';
import { type Failure, toFailure } from './data/failure.ts';
import { FreshQueryClient } from './data/query-client.ts';
import {
  hasSessionEnded,
  onSessionChange,
  readSession,
  recoverSession,
  watchSession,
} from './data/session.ts';
import { connect } from './data/supabase.ts';
import { followAgency } from './shared/agency-look.ts';
import { StateCard } from './shared/StateCard.tsx';
import { Button } from './ui/button.tsx';
import './styles.css';

/** Asking again gets the same answer. */
const finalCodes = new Set(['FORBIDDEN', 'NOT_FOUND', 'VALIDATION_FAILED', 'SESSION_EXPIRED']);

const root = createRoot(document.getElementById('root')!);

try {
  recallAgency();
  followAgency();
  receiveArrival(import.meta.env.BASE_URL);
  connect(await readConfig());
  void loadAgency();
  await watchSession();
  const queryClient = createQueryClient();
  const router = createAppRouter(queryClient);
  followSession(router, queryClient);
  root.render(
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
} catch (error) {
  root.render(<StartFailure error={error} />);
}

/** The token is refused; or its owner was removed or moved meanwhile, which a fresh token shows. */
const isSessionOver = ({ code, message }: Failure): boolean =>
  code === 'SESSION_EXPIRED' || (code === 'FORBIDDEN' && message.startsWith('Your access has ended'));

function createQueryClient(): QueryClient {
  const client: QueryClient = new FreshQueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        if (!isSessionOver(toFailure(error))) return;
        void recoverSession().then(async (isBack) => {
          if (isBack) await client.invalidateQueries({ queryKey: query.queryKey });
        });
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        // Changes are refetched when data/live.ts hears of them; this is for what it missed.
        refetchInterval: 60_000,
        refetchIntervalInBackground: false,
        retry: (count, error) => count < 2 && !finalCodes.has(toFailure(error).code),
      },
    },
  });
  return client;
}

/** Signing out clears the numbers; a session that ended by itself leads to the sign-in page, and back afterwards. */
function followSession(router: AppRouter, queryClient: QueryClient): void {
  onSessionChange(() => {
    if (readSession()) return;
    queryClient.clear();
    const { pathname, href } = router.state.location;
    if (/\/(sign-in|welcome|stop-reports|shared-report)$/.test(pathname)) return;
    void router.navigate({
      to: '/sign-in',
      search: hasSessionEnded() ? { next: href, reason: 'expired' } : {},
    });
  });
}

/** The page could not even start: no settings, or no server. */
function StartFailure({ error }: { error: unknown }) {
  return (
    <main className='grid min-h-dvh place-items-center'>
      <StateCard
        kind='error'
        title='The dashboard could not start'
        advice={error instanceof ConfigFailure
          ? error.message
          : 'The server cannot be reached. Check your connection and try again.'}
        action={<Button onClick={() => location.reload()}>Try again</Button>}
      />
    </main>
  );
}
