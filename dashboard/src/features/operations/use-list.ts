// The address holds the state of a list: page, sort and filters. All lists of the operators' pages share it.
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { ChosenRange, RangeSearch } from '../../data/range.ts';
import { useRange } from '../../routing/use-range.ts';
import type { OperationsSearch } from './search.ts';

const route = getRouteApi('/shell/operators/operations');

type ListSearch = ReturnType<typeof route.useSearch>;

/** The search parameters, and how to change them; a new filter starts at the first page. */
export function useListSearch(): [ListSearch, (next: OperationsSearch & RangeSearch) => void] {
  const search = route.useSearch();
  const navigate = useNavigate();
  const change = (next: OperationsSearch & RangeSearch) =>
    void navigate({
      to: '.',
      search: (kept) => ({ ...kept, page: undefined, ...next }),
      replace: true,
    });
  return [search, change];
}

/** The period of the address; without one, all time if `isAllByDefault`. */
export function useListRange({ isAllByDefault = false, ...of }: {
  isAllByDefault?: boolean;
  /** Of a list of days that are those of one zone. @default the page's */
  timeZone?: string;
} = {}): [ChosenRange, (next: RangeSearch) => void] {
  const [search, change] = useListSearch();
  const [range] = useRange(of);
  const isAll = isAllByDefault && search.range === undefined;
  return [isAll ? { preset: 'all', period: null, previous: null } : range, change];
}
