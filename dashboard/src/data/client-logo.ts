// The logo of a client, as its own people and operators see it.
import { queryOptions } from '@tanstack/react-query';
import { read } from './failure.ts';
import { supabase } from './supabase.ts';

/** The logo of a client as a data URL; null = it has none. */
export const clientLogoQuery = (clientId: string) =>
  queryOptions({
    queryKey: ['client-logo', clientId],
    queryFn: async () => {
      const [row] = await read(
        supabase().from('client_logos').select('image').eq('client_id', clientId).limit(1),
      );
      return row ? String(row.image) : null;
    },
    staleTime: 600_000,
    refetchInterval: false,
  });
