// What keeps the pages fresh: when something of a client changed on the server, the queries that show it are refetched.
import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { read } from './failure.ts';
import type { Session } from './session.ts';
import { supabase } from './supabase.ts';

export type Change = 'replies' | 'stats' | 'jobs';

/** One row per client, found by its key: cheap enough to poll while the page is visible. */
const pollIntervalMs = 4_000;
/** Beside Realtime, for what its connection may have missed. */
const pollIntervalBesideRealtimeMs = 30_000;
/** Numbers move with every delivery; a page need not. */
const cooldownMs = 3_000;

/** Which change refreshes a query, by the first word of its key. What is not named here follows stats and jobs. */
const followed: Record<string, readonly Change[]> = {
  'replies': ['replies'],
  'reply-counts': ['replies'],
  'message': ['replies'],
  'timeline': ['replies', 'stats'],
  'message-search': ['replies'],
  'events': ['stats', 'replies'],
  'exports': ['jobs'],
  'receipts': ['jobs'],
  'business': [],
  'answers': ['replies'],
  'threads': ['replies'],
  'saved-filters': [],
  'reply-times': [],
  'answer-draft': [],
  'message-body': [],
  'client-names': [],
  'changes': [],
};

export function follows(root: unknown, change: Change): boolean {
  return (followed[String(root)] ?? ['stats', 'jobs']).includes(change);
}

export function refetchChanged(client: QueryClient, changes: ReadonlySet<Change>): void {
  if (changes.size === 0) return;
  void client.invalidateQueries({
    predicate: ({ queryKey }) => [...changes].some((change) => follows(queryKey[0], change)),
  });
}

export interface ChangeTimes {
  client_id: string | null;
  replies_changed_at: string | null;
  stats_changed_at: string | null;
  jobs_changed_at: string | null;
}

/** Which kinds changed between two polls. The first poll changes nothing: the page has just been read. */
export function changesBetween(
  before: readonly ChangeTimes[] | undefined,
  now: readonly ChangeTimes[],
): Set<Change> {
  const changes = new Set<Change>();
  if (!before) return changes;
  const known = new Map(before.map((row) => [row.client_id, row]));
  for (const row of now) {
    const old = known.get(row.client_id);
    for (const kind of ['replies', 'stats', 'jobs'] as const) {
      const at = row[`${kind}_changed_at`];
      if (at !== null && at !== (old?.[`${kind}_changed_at`] ?? null)) changes.add(kind);
    }
  }
  return changes;
}

/** Once for the whole page: reads again what shows something that changed. */
export function useLiveChanges(session: Session | null, hasRealtime: boolean): void {
  const client = useQueryClient();
  const topic = session?.role === 'operator'
    ? 'operators'
    : session?.clientId
    ? `client:${session.clientId}`
    : undefined;
  const [isJoined, setJoined] = useState(false);
  const pending = useRef(new Set<Change>());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const lastAt = useRef(0);

  const schedule = useRef((changes: Iterable<Change>) => {
    for (const change of changes) pending.current.add(change);
    if (pending.current.size === 0 || timer.current !== undefined) return;
    // At once after a cooldown, else at its end.
    const wait = Math.max(0, lastAt.current + cooldownMs - Date.now());
    timer.current = setTimeout(() => {
      timer.current = undefined;
      lastAt.current = Date.now();
      const due = pending.current;
      pending.current = new Set();
      refetchChanged(client, due);
    }, wait);
  });
  useEffect(() => () => clearTimeout(timer.current), []);

  useEffect(() => {
    if (!hasRealtime || !topic) return;
    let isOver = false;
    let stop = () => {};
    // What cannot be loaded leaves the polling.
    void import('./realtime.ts').then(({ listen }) => {
      if (!isOver) stop = listen(topic, (change) => schedule.current([change]), setJoined);
    }, () => undefined);
    return () => {
      isOver = true;
      stop();
      setJoined(false);
    };
  }, [hasRealtime, topic]);

  const times = useQuery({
    queryKey: ['changes', topic],
    queryFn: () =>
      read(
        supabase().from('client_changes')
          .select('client_id, replies_changed_at, stats_changed_at, jobs_changed_at').limit(1_000),
      ),
    enabled: topic !== undefined,
    refetchInterval: isJoined ? pollIntervalBesideRealtimeMs : pollIntervalMs,
    refetchOnWindowFocus: true,
    staleTime: 0,
  });
  const before = useRef<readonly ChangeTimes[]>(undefined);
  useEffect(() => {
    if (!times.data) return;
    schedule.current(changesBetween(before.current, times.data));
    before.current = times.data;
  }, [times.data]);
}
