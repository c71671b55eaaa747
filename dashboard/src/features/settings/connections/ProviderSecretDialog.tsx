import { useMutation } from '@tanstack/react-query';
import { useId, useState } from 'react';
import {
  type Connection,
  minSecretLength,
  providers,
  saveProviderSecret,
  type SecretUse,
} from '../../../data/connections.ts';
import { ActionDialog } from '../../../shared/ActionDialog.tsx';
import { keyFailure } from './ActionStatus.tsx';
import { SecretField } from './SecretField.tsx';

const uses: { value: SecretUse; label: string; help: string }[] = [
  {
    value: 'body',
    label: 'Included in each delivery',
    help: 'Deliveries that contain it are accepted without our token in the address.',
  },
  {
    value: 'signature',
    label: 'Signs each delivery',
    help: 'Deliveries signed with another key are rejected. Unsigned deliveries still need our token.',
  },
];

const places: Record<SecretUse, string> = {
  body:
    'Copy the value of secret_key from a delivery of that webhook. Do not use “secretkey” from Smartlead’s test delivery: it is a placeholder.',
  signature: 'The webhook secret that Smartlead uses to create the X-Smartlead-Signature header.',
};

/** A webhook secret that the provider chose. It is saved and never shown again. */
export function ProviderSecretDialog({ connection, onClose, onSaved }: {
  connection: Connection;
  onClose: () => void;
  onSaved: (sentence: string) => void;
}) {
  const form = useId();
  const [use, setUse] = useState<SecretUse>('body');
  const [secret, setSecret] = useState('');
  const name = providers[connection.provider].name;
  const save = useMutation({
    mutationFn: () => saveProviderSecret(connection.id, secret.trim(), use),
    // Forgotten with the answer: a secret is kept no longer than needed.
    gcTime: 0,
    onSuccess: () => {
      setSecret('');
      onSaved(
        use === 'body'
          ? `${name} secret saved. Deliveries that contain it are accepted`
          : `${name} signing key saved. Signatures are checked from the next minute on`,
      );
    },
  });
  const isComplete = secret.trim().length >= minSecretLength;
  return (
    <ActionDialog
      title={`Save a ${name} webhook secret`}
      description={`Only for a webhook that was created by hand at ${name}, for “${connection.name}”. Webhooks that we register already carry our secret.`}
      action='Save secret'
      busy='Saving …'
      isReady={isComplete}
      mutation={save}
      onSubmit={() => save.mutate()}
      onClose={onClose}
      failure={keyFailure}
    >
      <fieldset className='grid gap-2'>
        <legend className='mb-1.5 text-sm font-medium'>How {name} uses it</legend>
        {uses.map((choice) => (
          <label
            key={choice.value}
            className='flex cursor-pointer items-start gap-2.5 rounded-lg border border-line px-3 py-2.5 text-sm has-checked:border-brand has-checked:bg-brand-wash/50'
          >
            <input
              type='radio'
              name={`${form}-use`}
              className='mt-0.5 size-4 accent-brand'
              checked={use === choice.value}
              onChange={() => setUse(choice.value)}
            />
            <span className='grid gap-0.5'>
              <span className='font-medium'>{choice.label}</span>
              <span className='text-xs text-ink-soft'>{choice.help}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <SecretField
        label='Secret'
        what='secret'
        value={secret}
        onChange={setSecret}
        hasError={save.isError || (secret !== '' && !isComplete)}
      >
        <p>{places[use]}</p>
        {secret !== '' && !isComplete && (
          <p role='status' className='text-bad'>It must have at least {minSecretLength} characters.</p>
        )}
        <p>
          It is encrypted before it is stored and cannot be read again. A new secret replaces the old one
          immediately.
        </p>
      </SecretField>
    </ActionDialog>
  );
}
