import { useMutation } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { type Connection, providers, removeConnection } from '../../../data/connections.ts';
import { ActionDialog } from '../../../shared/ActionDialog.tsx';
import { Field, Input } from '../../../ui/input.tsx';
import { keyFailure } from './ActionStatus.tsx';
import { useConnectionsChanged } from './use-connection-actions.ts';

/** Removes key, secrets and webhook. The history stays readable. */
export function RemoveDialog({ connection, onClose, onRemoved }: {
  connection: Connection;
  onClose: () => void;
  onRemoved: (sentence: string) => void;
}) {
  const id = useId();
  const changed = useConnectionsChanged();
  const [typed, setTyped] = useState('');
  const name = providers[connection.provider].name;
  const remove = useMutation({
    mutationFn: () => removeConnection(connection.id, typed),
    onSuccess: async (answer) => {
      await changed();
      onRemoved(
        answer.webhook_removed
          ? 'Key, secrets and webhook removed. Results are kept'
          : `Key and secrets removed. The webhook could not be deleted at ${name}: delete it there`,
      );
    },
  });
  return (
    <ActionDialog
      title={`Remove “${connection.name}”?`}
      description={`The key, the webhook secrets and the webhook at ${name} are deleted. Syncs, exports and incoming events stop. Results, leads and messages are kept.`}
      action='Remove connection'
      busy='Removing …'
      isDangerous
      isReady={typed.trim() === connection.name}
      mutation={remove}
      onSubmit={() => remove.mutate()}
      onClose={onClose}
      failure={keyFailure}
    >
      <Field label={`Type “${connection.name}” to confirm`} htmlFor={id}>
        <Input id={id} autoComplete='off' value={typed} onChange={(event) => setTyped(event.target.value)} />
      </Field>
    </ActionDialog>
  );
}
