import { type Provider, providers } from '../../../data/connections.ts';
import { SecretField } from './SecretField.tsx';

/** An API key, with where to make it and what it must be allowed to do. */
export function KeyField({ provider, value, onChange, hasError }: {
  provider: Provider;
  value: string;
  onChange: (key: string) => void;
  hasError: boolean;
}) {
  const { name, keyPlace, scopes } = providers[provider];
  return (
    <SecretField label={`${name} API key`} what='key' value={value} onChange={onChange} hasError={hasError}>
      <p>{keyPlace}</p>
      {scopes && <p>{scopes}</p>}
      <p>
        It is encrypted before it is stored; nobody can read it again, only its last four characters stay
        visible.
      </p>
    </SecretField>
  );
}
