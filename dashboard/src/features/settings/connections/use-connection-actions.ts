import { useQueryClient } from '@tanstack/react-query';
import type { saveConnection } from '../../../data/connections.ts';

const affected = [
  'connections',
  'connection-names',
  'operator-health',
  'webhooks',
  'operator-clients',
  'attention',
];

/** Refetches everything that shows connections. */
export function useConnectionsChanged(): () => Promise<unknown> {
  const queryClient = useQueryClient();
  return () => Promise.all(affected.map((key) => queryClient.invalidateQueries({ queryKey: [key] })));
}

/** What was saved, and whether events will come; a key is saved even where its webhook could not be registered. */
export function savedSentence(answer: Awaited<ReturnType<typeof saveConnection>>): string {
  const saved = `Key for “${answer.workspace.name}” saved`;
  return answer.webhook.registered
    ? `${saved} and webhook registered${answer.sync_job_id ? '. The first sync starts within a minute' : ''}`
    : `${saved}, but the webhook is not registered yet: ${
      answer.webhook.message ?? 'the next sync tries again'
    }`;
}
