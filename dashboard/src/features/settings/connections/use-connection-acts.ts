import { useQueryClient } from '@tanstack/react-query';

/** Reads again whatever shows connections. */
export function useConnectionsChanged(): () => Promise<unknown> {
  const queryClient = useQueryClient();
  return () =>
    Promise.all(
      [['connections'], ['connection-names'], ['operator-health'], ['webhooks'], ['operator-clients'], [
        'attention',
      ]].map((
        queryKey,
      ) => queryClient.invalidateQueries({ queryKey })),
    );
}
