import { getRouteApi } from '@tanstack/react-router';
import type { Position } from '../../data/paging.ts';

const route = getRouteApi('/shell/campaigns/$campaignId');

/** The cursor that the address of a campaign's tab holds, and how to move it. */
export function usePosition(idForm: RegExp): [Position | undefined, (row: Position | undefined) => void] {
  const { below } = route.useSearch();
  const navigate = route.useNavigate();
  const [occurred_at = '', id = ''] = below?.split('~') ?? [];
  const isPosition = !Number.isNaN(Date.parse(occurred_at)) && idForm.test(id);
  return [
    isPosition ? { occurred_at, id } : undefined,
    (row) => void navigate({ search: (kept) => ({ ...kept, below: row && `${row.occurred_at}~${row.id}` }) }),
  ];
}
