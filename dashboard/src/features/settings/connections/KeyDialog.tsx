import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { type Connection, isWorkspaceChange, providers, saveConnection } from '../../../data/connections.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { KeyField } from './KeyField.tsx';
import { KeyFailure } from './Said.tsx';
import { savedSentence } from './saved-sentence.ts';
import { useConnectionsChanged } from './use-connection-acts.ts';

/** A new key for a connection that exists. A wrong key never replaces a working one. */
export function KeyDialog({ connection, onClose, onSaved }: {
  connection: Connection;
  onClose: () => void;
  onSaved: (sentence: string) => void;
}) {
  const form = useId();
  const changed = useConnectionsChanged();
  const [key, setKey] = useState('');
  const [isMeant, setMeant] = useState(false);
  const save = useMutation({
    mutationFn: () =>
      saveConnection({
        connectionId: connection.id,
        provider: connection.provider,
        apiKey: key.trim(),
        acceptWorkspaceChange: isMeant,
      }),
    // Forgotten with the answer: a key stands nowhere longer than it must.
    gcTime: 0,
    onSuccess: async (answer) => {
      setKey('');
      await changed();
      onSaved(savedSentence(answer));
    },
  });
  const needsConsent = isWorkspaceChange(save.error) || isMeant;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (key.trim().length >= 8) save.mutate();
  };
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={connection.api_key_last4
        ? `Replace the key of “${connection.name}”`
        : `Save a key for “${connection.name}”`}
      description={`The key is tested at ${
        providers[connection.provider].name
      } first. If it is refused, nothing changes.`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant='primary'
            type='submit'
            form={form}
            disabled={key.trim().length < 8 || save.isPending}
          >
            {save.isPending ? 'Testing and saving …' : 'Test and save key'}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className='grid gap-4'>
        <KeyField provider={connection.provider} value={key} onChange={setKey} hasError={save.isError} />
        {save.error && <KeyFailure error={save.error} />}
        {needsConsent && (
          <label className='flex items-start gap-2.5 text-sm'>
            <input
              type='checkbox'
              className='mt-0.5 size-4 accent-brand'
              checked={isMeant}
              onChange={(event) => setMeant(event.target.checked)}
            />
            <span>Yes, this connection changes to the other workspace</span>
          </label>
        )}
      </form>
    </Dialog>
  );
}
