import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { isLocalProject } from '../../../data/access.ts';
import { clientNamesQuery } from '../../../data/clients.ts';
import {
  addEndpoint,
  agencyEvents,
  changeEndpoint,
  type Endpoint,
  endpointsQuery,
  eventNames,
  type EventType,
  eventTypes,
  type Format,
  formatNames,
} from '../../../data/outgoing.ts';
import { ActionDialog, CheckField } from '../../../shared/ActionDialog.tsx';
import { Field, Input } from '../../../ui/input.tsx';
import { Select } from '../../../ui/select.tsx';
import { toast } from '../../../ui/toast.tsx';

const agency = 'agency';

const hints: Record<Format, string> = {
  json: 'Signed JSON. You get the secret to verify it after you add the endpoint.',
  slack: 'A card in a channel. In Slack, add an app with an incoming webhook and paste its address.',
  teams:
    'A card in a channel. In Teams, add the workflow for webhook requests to a channel and paste its address.',
};

/** A new endpoint, or what can change of one. */
export function EndpointDialog({ clientId, endpoint, onAdded, onClose }: {
  /** The client whose page this is. */
  clientId: string | undefined;
  endpoint?: Endpoint;
  onAdded?: (name: string, secret: string | null) => void;
  onClose: () => void;
}) {
  const form = useId();
  const queryClient = useQueryClient();
  const clients = useQuery(clientNamesQuery);
  const [owner, setOwner] = useState(endpoint ? endpoint.client_id ?? agency : clientId ?? agency);
  const [name, setName] = useState(endpoint?.name ?? '');
  const [url, setUrl] = useState(endpoint?.url ?? '');
  const [format, setFormat] = useState<Format>(endpoint?.format ?? 'json');
  const [events, setEvents] = useState<EventType[]>(
    endpoint ? endpoint.events.filter((type) => type !== 'test') : ['reply.positive', 'meeting.booked'],
  );
  const offered = eventTypes.filter((type) => owner === agency || !agencyEvents.includes(type));
  const chosen = events.filter((type) => offered.includes(type));
  const save = useMutation({
    mutationFn: async () => {
      const input = { name: name.trim(), url: url.trim(), format, events: chosen };
      if (endpoint) await changeEndpoint(endpoint.id, input);
      else onAdded?.(input.name, await addEndpoint({ ...input, clientId: owner === agency ? null : owner }));
    },
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: endpointsQuery.queryKey });
      toast(endpoint ? `Saved “${name.trim()}”` : `Added “${name.trim()}”`);
      onClose();
    },
  });
  return (
    <ActionDialog
      title={endpoint ? `Change “${endpoint.name}”` : 'Add endpoint'}
      description={endpoint
        ? undefined
        : 'Each event is posted once it happens, and again if the address does not answer.'}
      action={endpoint ? 'Save' : 'Add endpoint'}
      busy='Saving …'
      isReady={name.trim() !== '' && url.trim() !== '' && chosen.length > 0}
      mutation={save}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <Field label='Name' htmlFor={`${form}-name`}>
        <Input
          id={`${form}-name`}
          autoFocus
          maxLength={120}
          autoComplete='off'
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      <div className='grid items-start gap-4 sm:grid-cols-2'>
        {!endpoint && (
          <Field label='Gets events of' htmlFor={`${form}-owner`}>
            <Select
              id={`${form}-owner`}
              className='w-full'
              value={owner}
              onValueChange={setOwner}
              choices={[
                { value: agency, label: 'All clients (the agency)' },
                ...(clients.data ?? []).map((client) => ({ value: client.id, label: client.name })),
              ]}
            />
          </Field>
        )}
        <Field label='Format' htmlFor={`${form}-format`} hint={hints[format]}>
          <Select
            id={`${form}-format`}
            className='w-full'
            value={format}
            onValueChange={setFormat}
            choices={(Object.keys(formatNames) as Format[]).map((value) => ({
              value,
              label: formatNames[value],
            }))}
          />
        </Field>
      </div>
      <Field
        label='Address'
        htmlFor={`${form}-url`}
        hint={isLocalProject()
          ? 'Begins with https:// and is reachable from the internet; on this local project http:// works too.'
          : 'Begins with https:// and is reachable from the internet.'}
      >
        <Input
          id={`${form}-url`}
          type='url'
          autoComplete='off'
          spellCheck={false}
          className='font-mono text-xs'
          value={url}
          onChange={(event) => setUrl(event.target.value)}
        />
      </Field>
      <fieldset className='grid gap-2'>
        <legend className='mb-2 text-sm font-medium'>Events</legend>
        <div className='grid gap-2 sm:grid-cols-2'>
          {offered.map((type) => (
            <CheckField
              key={type}
              label={eventNames[type]}
              isChecked={chosen.includes(type)}
              onChange={(isChecked) =>
                setEvents(isChecked ? [...chosen, type] : chosen.filter((one) => one !== type))}
            />
          ))}
        </div>
      </fieldset>
    </ActionDialog>
  );
}
