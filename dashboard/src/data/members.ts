import { queryOptions } from '@tanstack/react-query';
import { read } from './failure.ts';
import { cut, readList } from './paging.ts';
import { type Filled, supabase, type Views } from './supabase.ts';

export type MemberRow = Filled<
  Views['operator_members']['Row'],
  | 'email'
  | 'name'
  | 'client_id'
  | 'client_name'
  | 'last_sign_in_at'
  | 'invited_at'
  | 'invited_by_name'
  | 'accepted_at'
>;

/** The people of the agency and of every client, for operators. */
export const membersQuery = queryOptions({
  queryKey: ['members'],
  queryFn: async () =>
    await readList(
      async (page) =>
        await read(cut(supabase().from('operator_members').select('*'), page, 'user_id')) as MemberRow[],
      { id: 'email', desc: false },
    ),
  staleTime: 60_000,
});
