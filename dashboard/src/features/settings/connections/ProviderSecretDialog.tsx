import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import {
  type Connection,
  providers,
  saveProviderSecret,
  type SecretUse,
  shortestSecret,
} from '../../../data/connections.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { KeyFailure } from './Said.tsx';
import { SecretField } from './SecretField.tsx';

const uses: { value: SecretUse; label: string; help: string }[] = [
  {
    value: 'body',
    label: 'It stands in each delivery',
    help: 'Deliveries that carry it are accepted without our token in the address.',
  },
  {
    value: 'signature',
    label: 'It signs each delivery',
    help: 'A delivery that is signed with another key is refused. An unsigned one still needs our token.',
  },
];

const places: Record<SecretUse, string> = {
  body:
    'Copy the value of secret_key from a delivery of that webhook. Smartlead’s test delivery shows only the placeholder “secretkey”: that is not it.',
  signature: 'The webhook secret with which Smartlead makes the header X-Smartlead-Signature.',
};

/** A webhook secret that the provider chose. It goes in and is never shown again. */
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
    // Forgotten with the answer: a secret stands nowhere longer than it must.
    gcTime: 0,
    onSuccess: () => {
      setSecret('');
      onSaved(
        use === 'body'
          ? `${name}’s secret is saved; deliveries that carry it are accepted`
          : `${name}’s signing key is saved; signed deliveries are checked within a minute`,
      );
    },
  });
  const isComplete = secret.trim().length >= shortestSecret;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isComplete) save.mutate();
  };
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Save a webhook secret of ${name}`}
      description={`Only for a webhook that somebody made by hand at ${name}, for “${connection.name}”. The webhooks that we register carry a secret of ours already.`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant='primary' type='submit' form={form} disabled={!isComplete || save.isPending}>
            {save.isPending ? 'Saving …' : 'Save secret'}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className='grid gap-4'>
        <fieldset className='grid gap-2'>
          <legend className='mb-1.5 text-sm font-medium'>What {name} does with it</legend>
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
            <p role='status' className='text-bad'>It has at least {shortestSecret} characters.</p>
          )}
          <p>
            It is encrypted before it is stored; nobody can read it again. A new one replaces the one before
            at once.
          </p>
        </SecretField>
        {save.error && <KeyFailure error={save.error} />}
      </form>
    </Dialog>
  );
}
