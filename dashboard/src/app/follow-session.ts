import type { QueryClient } from '@tanstack/react-query';
import { hasSessionEnded, onSessionChange, readSession } from '../data/session.ts';
import type { AppRouter } from './router.tsx';

/** Whoever leaves takes the numbers along; a session that ended by itself says so and leads back afterwards. */
export function followSession(router: AppRouter, queryClient: QueryClient): void {
  onSessionChange(() => {
    if (readSession()) return;
    queryClient.clear();
    const { pathname, href } = router.state.location;
    if (pathname.endsWith('/sign-in')) return;
    void router.navigate({
      to: '/sign-in',
      search: hasSessionEnded() ? { next: href, reason: 'expired' } : {},
    });
  });
}
