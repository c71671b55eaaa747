import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useId, useState } from 'react';
import { createCampaign } from '../../data/campaign-setup.ts';
import { clientNamesQuery } from '../../data/clients.ts';
import { connectionsQuery } from '../../data/connections.ts';
import { providerNames } from '../../data/supabase.ts';
import { templatesQuery } from '../../data/templates.ts';
import { useClientId } from '../../routing/use-client.ts';
import { ActionDialog } from '../../shared/ActionDialog.tsx';
import { Field, Input } from '../../ui/input.tsx';
import { Select } from '../../ui/select.tsx';

/** A campaign of a client through one of its workspaces, with emails to start from. */
export function NewCampaignDialog({ onClose }: { onClose: () => void }) {
  const id = useId();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const chosen = useClientId();
  const clients = useQuery(clientNamesQuery);
  const connections = useQuery(connectionsQuery);
  const templates = useQuery(templatesQuery);
  const [name, setName] = useState('');
  const [clientId, setClientId] = useState(chosen ?? '');
  const usable = (connections.data ?? []).filter((row) =>
    row.removed_at === null && (row.client_id === null || row.client_id === clientId)
  );
  const [connection, setConnection] = useState('');
  const connectionId = usable.some((row) => row.id === connection)
    ? connection
    : (usable.find((row) => row.client_id === clientId) ?? usable[0])?.id ?? '';
  const [templateId, setTemplateId] = useState('');
  const create = useMutation({
    mutationFn: () => {
      const sequence = templates.data?.find((template) => template.id === templateId)?.sequence;
      return createCampaign({
        clientId,
        connectionId,
        name,
        // Tracking hurts delivery more than it helps; it is one click away.
        settings: { track_opens: false, track_clicks: false, ...(sequence ? { sequence } : {}) },
      });
    },
    onSuccess: async (campaignId) => {
      await queryClient.invalidateQueries({ queryKey: ['campaigns'] });
      await navigate({
        to: '/campaigns/$campaignId',
        params: { campaignId },
        search: (kept) => ({ ...kept, client: clientId, tab: 'setup' }),
      });
    },
  });
  const isMissingConnection = clientId !== '' && connections.data !== undefined && usable.length === 0;
  return (
    <ActionDialog
      title='New campaign'
      description='Nothing is sent: you write the emails, bring in leads, check everything and export it when it is ready.'
      action='Create campaign'
      busy='Creating …'
      isReady={name.trim() !== '' && clientId !== '' && connectionId !== ''}
      mutation={create}
      onSubmit={() => create.mutate()}
      onClose={onClose}
    >
      <Field label='Name' htmlFor={`${id}-name`}>
        <Input
          id={`${id}-name`}
          maxLength={200}
          placeholder='Bakeries in Utrecht'
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      <Field label='Client' htmlFor={`${id}-client`}>
        <Select
          id={`${id}-client`}
          className='w-full'
          value={clientId}
          onValueChange={setClientId}
          choices={[
            { value: '', label: 'Choose a client' },
            ...(clients.data ?? []).map((client) => ({ value: client.id, label: client.name })),
          ]}
        />
      </Field>
      {clientId !== '' && (
        <Field
          label='Sends through'
          htmlFor={`${id}-connection`}
          error={isMissingConnection
            ? 'This client has no connection yet: add one in the settings'
            : undefined}
        >
          <Select
            id={`${id}-connection`}
            className='w-full'
            value={connectionId}
            onValueChange={setConnection}
            choices={usable.map((row) => ({
              value: row.id,
              label: `${row.name} (${providerNames[row.provider]}${
                row.client_id === null ? ', shared' : ''
              })`,
            }))}
          />
        </Field>
      )}
      <Field label='Emails' htmlFor={`${id}-template`} hint='You can change every word of it.'>
        <Select
          id={`${id}-template`}
          className='w-full'
          value={templateId}
          onValueChange={setTemplateId}
          choices={[
            { value: '', label: 'Subject and icebreaker of each lead' },
            ...(templates.data ?? []).map((template) => ({ value: template.id, label: template.name })),
          ]}
        />
      </Field>
    </ActionDialog>
  );
}
