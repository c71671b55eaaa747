import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, Link, Outlet } from '@tanstack/react-router';
import { FailureCard, StateCard } from '../shared/StateCard.tsx';
import { Button } from '../ui/button.tsx';
import { Toaster } from '../ui/toast.tsx';

export interface RouterContext {
  queryClient: QueryClient;
}

export const rootRoute = createRootRouteWithContext<RouterContext>()({
  component: () => (
    <>
      <Outlet />
      <Toaster />
    </>
  ),
});

export function NotFound() {
  return (
    <StateCard
      kind='empty'
      title='There is no such page'
      advice='Check the address, or start from the beginning.'
      action={
        <Button asChild>
          <Link to='/'>Go to the start</Link>
        </Button>
      }
    />
  );
}

export function PageFailure({ error, reset }: { error: unknown; reset: () => void }) {
  // A page's file that is gone: a new version was put online since this one was opened.
  const isOld = error instanceof Error && /dynamically imported module|module script/i.test(error.message);
  return isOld
    ? (
      <StateCard
        kind='error'
        title='There is a newer version of this page'
        advice='Load it anew to go on.'
        action={<Button onClick={() => location.reload()}>Reload</Button>}
      />
    )
    : <FailureCard error={error} onRetry={reset} />;
}
