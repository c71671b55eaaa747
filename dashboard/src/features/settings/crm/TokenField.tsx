import { ActionStatus } from '../connections/ActionStatus.tsx';
import { SecretField } from '../connections/SecretField.tsx';
import { neededScopes } from '../../../../../supabase/functions/_shared/crm/hubspot/scopes.ts';

/** HubSpot's token, with where to make it and what it must be allowed to do. */
export function TokenField({ value, onChange, hasError }: {
  value: string;
  onChange: (token: string) => void;
  hasError: boolean;
}) {
  return (
    <SecretField
      label='HubSpot token'
      what='token'
      value={value}
      onChange={onChange}
      hasError={hasError}
    >
      <p>
        In HubSpot: Development → Keys → Service keys, or the access token of a private app. Give it these
        permissions:
      </p>
      <ul className='grid gap-x-4 font-mono sm:grid-cols-2'>
        {neededScopes.map((scope) => <li key={scope} className='wrap-anywhere'>{scope}</li>)}
      </ul>
      <p>
        It is encrypted before it is stored and cannot be read again. Only its last four characters stay
        visible.
      </p>
    </SecretField>
  );
}

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
