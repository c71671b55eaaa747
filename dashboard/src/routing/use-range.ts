import { useNavigate, useSearch } from '@tanstack/react-router';
import { chooseRange, type ChosenRange, type RangeSearch } from '../data/range.ts';
import { useNow } from '../shared/Age.tsx';

/** The period of the address, and how to change it. Every minute is soon enough for a new day. */
export function useRange(): [ChosenRange, (change: RangeSearch) => void] {
  const search = useSearch({ strict: false });
  const navigate = useNavigate();
  const now = useNow(60_000);
  const change = (next: RangeSearch) =>
    void navigate({ to: '.', search: (kept) => ({ ...kept, ...next }), replace: true });
  return [chooseRange(search, new Date(now)), change];
}
