import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { type Connection, providers, removeConnection } from '../../../data/connections.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Field, Input } from '../../../ui/input.tsx';
import { KeyFailure } from './Said.tsx';
import { useConnectionsChanged } from './use-connection-acts.ts';

/** Takes key, secrets and webhook away. What happened stays readable. */
export function RemoveDialog({ connection, onClose, onRemoved }: {
  connection: Connection;
  onClose: () => void;
  onRemoved: (sentence: string) => void;
}) {
  const form = useId();
  const changed = useConnectionsChanged();
  const [typed, setTyped] = useState('');
  const name = providers[connection.provider].name;
  const remove = useMutation({
    mutationFn: () => removeConnection(connection.id, typed),
    onSuccess: async (answer) => {
      await changed();
      onRemoved(
        answer.webhook_removed
          ? 'Key, secrets and webhook are removed; the numbers stay'
          : `Key and secrets are removed; the webhook could not be deleted at ${name}, delete it there`,
      );
    },
  });
  const isConfirmed = typed.trim() === connection.name;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isConfirmed) remove.mutate();
  };
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Remove “${connection.name}”?`}
      description={`The key, the webhook secrets and the webhook at ${name} are deleted. Nothing is synced, exported or received any more. Numbers, leads and messages stay.`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant='danger' type='submit' form={form} disabled={!isConfirmed || remove.isPending}>
            {remove.isPending ? 'Removing …' : 'Remove connection'}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className='grid gap-4'>
        <Field label={`Type “${connection.name}” to confirm`} htmlFor={`${form}-name`}>
          <Input
            id={`${form}-name`}
            autoComplete='off'
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </Field>
        {remove.error && <KeyFailure error={remove.error} />}
      </form>
    </Dialog>
  );
}
