// The address holds the state of the lists of leads and suppressions.
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { LeadsSearch } from './search.ts';

const route = getRouteApi('/shell/leads');

/** The search parameters, and how to change them; a new filter starts at the first page. */
export function useLeadsSearch(): [LeadsSearch, (next: LeadsSearch) => void] {
  const search = route.useSearch();
  const navigate = useNavigate();
  return [
    search,
    (next) =>
      void navigate({
        to: '.',
        search: (kept) => ({ ...kept, page: undefined, below: undefined, ...next }),
        replace: true,
      }),
  ];
}
