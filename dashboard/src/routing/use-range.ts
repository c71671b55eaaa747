import { useNavigate, useSearch } from '@tanstack/react-router';
import { chooseRange, type ChosenRange, type RangeSearch } from '../data/range.ts';
import { useNow } from '../shared/Age.tsx';
import { useTimeZone } from './use-time-zone.tsx';

/** The period of the address in the client's days, and how to change it. Every minute is soon enough for a new day. */
export function useRange(
  of: { clientId?: string; timeZone?: string } = {},
): [ChosenRange, (change: RangeSearch) => void] {
  const search = useSearch({ strict: false });
  const navigate = useNavigate();
  const now = useNow(60_000);
  const timeZone = useTimeZone(of.clientId);
  const change = (next: RangeSearch) =>
    void navigate({ to: '.', search: (kept) => ({ ...kept, ...next }), replace: true });
  return [chooseRange(search, new Date(now), of.timeZone ?? timeZone), change];
}
