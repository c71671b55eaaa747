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

/** Permissions that a token lacks, by their names in HubSpot. */
export function MissingScopes({ scopes }: { scopes: readonly string[] }) {
  return (
    <ActionStatus
      tone='bad'
      title={scopes.length === 1 ? 'The token lacks a permission' : 'The token lacks permissions'}
    >
      <ul className='my-1 font-mono text-xs'>
        {scopes.map((scope) => <li key={scope} className='wrap-anywhere'>{scope}</li>)}
      </ul>
      Add them in HubSpot, then check the token again.
    </ActionStatus>
  );
}
