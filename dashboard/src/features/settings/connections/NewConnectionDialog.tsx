import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { useClientId } from '../../../app/use-client.ts';
import { clientNamesQuery } from '../../../data/clients.ts';
import { type Provider, providers, saveConnection } from '../../../data/connections.ts';
import { useSession } from '../../../data/session.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Field, Input } from '../../../ui/input.tsx';
import { Select } from '../../../ui/select.tsx';
import { toast } from '../../../ui/toast.tsx';
import { KeyField } from './KeyField.tsx';
import { KeyFailure } from './Said.tsx';
import { savedSentence } from './saved-sentence.ts';
import { useConnectionsChanged } from './use-connection-acts.ts';

/** "shared" is no id of a client. */
const shared = 'shared';

/** Connects a workspace: an operator says for whom, a client connects its own. */
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
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isComplete) save.mutate();
  };
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title='Add a connection'
      description='The key is tested first; then the webhook is registered, and the next sync reads the workspace.'
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant='primary' type='submit' form={form} disabled={!isComplete || save.isPending}>
            {save.isPending ? 'Testing and saving …' : 'Test and connect'}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className='grid gap-4'>
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
            label='For'
            htmlFor={`${form}-owner`}
            hint={owner === shared
              ? 'New campaigns in it wait until you say whose they are.'
              : 'All campaigns in it are imported for this client.'}
          >
            <Select
              id={`${form}-owner`}
              value={owner}
              onValueChange={setOwner}
              choices={[
                { value: '', label: 'Choose' },
                { value: shared, label: 'Shared by clients' },
                ...(names.data ?? []).map((entry) => ({ value: entry.id, label: entry.name })),
              ]}
            />
          </Field>
        )}
        <Field label='Name' htmlFor={`${form}-name`} hint='Leave it empty to take the name of the workspace.'>
          <Input
            id={`${form}-name`}
            value={name}
            maxLength={200}
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
        <KeyField provider={provider} value={key} onChange={setKey} hasError={save.isError} />
        {save.error && <KeyFailure error={save.error} />}
      </form>
    </Dialog>
  );
}
