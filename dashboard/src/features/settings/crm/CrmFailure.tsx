import type { ReactNode } from 'react';
import { describeCrmFailure } from '../../../data/crm.ts';
import { ActionStatus } from '../connections/ActionStatus.tsx';

/** Why HubSpot did not take it. */
export function CrmFailure({ error, children }: { error: unknown; children?: ReactNode }) {
  const { title, advice, code } = describeCrmFailure(error);
  return (
    <ActionStatus tone='bad' title={title}>
      {advice} <span className='text-xs whitespace-nowrap'>({code})</span>
      {children}
    </ActionStatus>
  );
}

export const crmFailure = (error: unknown) => <CrmFailure error={error} />;
