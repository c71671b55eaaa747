import { useMutation, useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { clientNamesQuery } from '../../../data/clients.ts';
import { type Provider, providers, saveConnection } from '../../../data/connections.ts';
import { useSession } from '../../../data/session.ts';
import { useClientId } from '../../../routing/use-client.ts';
import { ActionDialog } from '../../../shared/ActionDialog.tsx';
import { Field, Input } from '../../../ui/input.tsx';
import { Select } from '../../../ui/select.tsx';
import { toast } from '../../../ui/toast.tsx';
import { keyFailure } from './ActionStatus.tsx';
import { KeyField } from './SecretField.tsx';
import { savedSentence } from './use-connection-actions.ts';
import { useConnectionsChanged } from './use-connection-actions.ts';

/** In place of a client's id. */
const shared = 'shared';

/** Connects a workspace: an operator for a client, a client for itself. */
export function NewConnectionDialog({ onClose }: { onClose: () => void }) {
  const form = useId();
  const isOperator = useSession()?.role === 'operator';
  const chosenClient = useClientId();
  const changed = useConnectionsChanged();
  const names = useQuery({ ...clientNamesQuery, enabled: isOperator });
  const [provider, setProvider] = useState<Provider>('instantly');
  const [name, setName] = useState('');
  const [owner, setOwner] = useState(isOperator ? chosenClient ?? '' : '');
  const [key, setKey] = useState('');
  const save = useMutation({
    mutationFn: () =>
      saveConnection({
        provider,
        apiKey: key.trim(),
        name: name.trim() || undefined,
        ...(isOperator ? { clientId: owner === shared ? null : owner } : {}),
      }),
    gcTime: 0,
    onSuccess: async (answer) => {
      setKey('');
      await changed();
      toast(savedSentence(answer), answer.webhook.registered ? 'good' : 'bad');
      onClose();
    },
  });
  const isComplete = key.trim().length >= 8 && (!isOperator || owner !== '');
  return (
    <ActionDialog
      title='Add a connection'
      description='The key is tested first. Then the webhook is registered and the workspace is read for the first time.'
      action='Test and connect'
      busy='Testing and saving …'
      isReady={isComplete}
      mutation={save}
      onSubmit={() => save.mutate()}
      onClose={onClose}
      failure={keyFailure}
    >
      <Field label='Provider' htmlFor={`${form}-provider`}>
        <Select
          id={`${form}-provider`}
          value={provider}
          onValueChange={setProvider}
          choices={Object.entries(providers).map(([value, entry]) => ({
            value: value as Provider,
            label: entry.name,
          }))}
        />
      </Field>
      {isOperator && (
        <Field
          label='Client'
          htmlFor={`${form}-owner`}
          hint={owner === shared
            ? 'New campaigns are held until you assign them to a client.'
            : 'All its campaigns are imported for this client.'}
        >
          <Select
            id={`${form}-owner`}
            value={owner}
            onValueChange={setOwner}
            choices={[
              { value: '', label: 'Choose a client' },
              { value: shared, label: 'Shared by clients' },
              ...(names.data ?? []).map((entry) => ({ value: entry.id, label: entry.name })),
            ]}
          />
        </Field>
      )}
      <Field label='Name' htmlFor={`${form}-name`} hint='Leave empty to use the workspace name.'>
        <Input
          id={`${form}-name`}
          value={name}
          maxLength={200}
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      <KeyField provider={provider} value={key} onChange={setKey} hasError={save.isError} />
    </ActionDialog>
  );
}
