// Realtime, loaded only where the project has it.
import { RealtimeClient } from '@supabase/realtime-js/dist/module/index.js';
import * as z from 'zod/mini';
import { projectConfig, supabase } from './supabase.ts';

const changes = z.object({ changed: z.enum(['replies', 'stats', 'jobs']) });

let client: RealtimeClient | undefined;

/** One socket for the page; it asks for the current token each time it joins. */
function socket(): RealtimeClient {
  const { api_url, publishable_key } = projectConfig();
  client ??= new RealtimeClient(`${api_url.replace(/^http/, 'ws')}/realtime/v1`, {
    params: { apikey: publishable_key },
    accessToken: async () => (await supabase().auth.getSession()).data.session?.access_token ?? null,
  });
  return client;
}

/** Listens to one topic; returns how to stop. */
export function listen(
  topic: string,
  onChange: (change: 'replies' | 'stats' | 'jobs') => void,
  onJoined: (isJoined: boolean) => void,
): () => void {
  const channel = socket().channel(topic, { config: { private: true } })
    .on('broadcast', { event: 'changed' }, ({ payload }) => {
      const parsed = changes.safeParse(payload);
      if (parsed.success) onChange(parsed.data.changed);
    });
  let isOver = false;
  // A private topic asks who joins.
  void socket().setAuth().then(() => {
    if (!isOver) channel.subscribe((status) => onJoined(String(status) === 'SUBSCRIBED'));
  });
  return () => {
    isOver = true;
    void socket().removeChannel(channel);
  };
}
