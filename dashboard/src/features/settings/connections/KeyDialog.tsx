import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { type Connection, isWorkspaceChange, providers, saveConnection } from '../../../data/connections.ts';
import { ActionDialog, CheckField } from '../../../shared/ActionDialog.tsx';
import { keyFailure } from './ActionStatus.tsx';
import { KeyField } from './SecretField.tsx';
import { savedSentence } from './use-connection-actions.ts';
import { useConnectionsChanged } from './use-connection-actions.ts';

/** A new key for a connection that exists. A wrong key never replaces a working one. */
export function KeyDialog({ connection, onClose, onSaved }: {
  connection: Connection;
  onClose: () => void;
  onSaved: (sentence: string) => void;
}) {
  const changed = useConnectionsChanged();
  const [key, setKey] = useState('');
  const [isConfirmed, setConfirmed] = useState(false);
  const save = useMutation({
    mutationFn: () =>
      saveConnection({
        connectionId: connection.id,
        provider: connection.provider,
        apiKey: key.trim(),
        acceptWorkspaceChange: isConfirmed,
      }),
    // Forgotten with the answer: a key is kept no longer than needed.
    gcTime: 0,
    onSuccess: async (answer) => {
      setKey('');
      await changed();
      onSaved(savedSentence(answer));
    },
  });
  const needsConsent = isWorkspaceChange(save.error) || isConfirmed;
  return (
    <ActionDialog
      title={connection.api_key_last4
        ? `Replace the key of “${connection.name}”`
        : `Save a key for “${connection.name}”`}
      description={`The key is tested with ${
        providers[connection.provider].name
      } first. If it is refused, nothing changes.`}
      action='Test and save key'
      busy='Testing and saving …'
      isReady={key.trim().length >= 8}
      mutation={save}
      onSubmit={() => save.mutate()}
      onClose={onClose}
      failure={keyFailure}
    >
      <KeyField provider={connection.provider} value={key} onChange={setKey} hasError={save.isError} />
      {needsConsent && (
        <CheckField
          label='Yes, switch this connection to the other workspace'
          isChecked={isConfirmed}
          onChange={setConfirmed}
        />
      )}
    </ActionDialog>
  );
}
