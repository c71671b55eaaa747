import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { clientNamesQuery } from '../../data/clients.ts';
import { describeFailure } from '../../data/failure.ts';
import {
  mapCampaign,
  mappableCampaignsQuery,
  type UnmappedCampaign,
  unmappedQuery,
} from '../../data/unmapped-campaigns.ts';
import { formatCount, plural } from '../../shared/format.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/input.tsx';
import { Select } from '../../ui/select.tsx';
import { toast } from '../../ui/toast.tsx';

/** Assigns a campaign to a client. The row goes at once and comes back if the database refuses. */
export function AssignDialog({ campaign, onClose }: { campaign: UnmappedCampaign; onClose: () => void }) {
  const queryClient = useQueryClient();
  const names = useQuery(clientNamesQuery);
  const [clientId, setClientId] = useState(campaign.client_id ?? '');
  const [campaignId, setCampaignId] = useState('');
  const ours = useQuery(mappableCampaignsQuery(clientId, campaign.connection_id));
  const client = names.data?.find(({ id }) => id === clientId);
  const name = campaign.name ?? 'Unnamed campaign';

  const assign = useMutation({
    mutationFn: () => mapCampaign({ unmappedId: campaign.id, clientId, campaignId: campaignId || undefined }),
    onMutate: async () => {
      await queryClient.cancelQueries({ queryKey: unmappedQuery.queryKey });
      const before = queryClient.getQueryData(unmappedQuery.queryKey);
      queryClient.setQueryData(
        unmappedQuery.queryKey,
        (rows) => rows?.filter((row) => row.id !== campaign.id),
      );
      onClose();
      return { before };
    },
    onSuccess: (answer) =>
      toast(
        `“${name}” is assigned to ${client?.name ?? 'the client'}: ${
          answer.released === 0
            ? 'no events were held'
            : answer.projected === answer.released
            ? `${plural(answer.projected, 'held event')} counted`
            : `${formatCount(answer.projected)} of ${
              plural(answer.released, 'held event')
            } counted, the rest will follow`
        }`,
      ),
    onError: (error, _, kept) => {
      if (kept) queryClient.setQueryData(unmappedQuery.queryKey, kept.before);
      const { title, advice, code } = describeFailure(error);
      toast(`“${name}” was not assigned. ${title}. ${advice} (${code})`, 'bad');
    },
    onSettled: () =>
      Promise.all(
        [unmappedQuery.queryKey, ['attention'], ['operator-health'], ['operator-clients'], ['campaigns']].map(
          (queryKey) => queryClient.invalidateQueries({ queryKey }),
        ),
      ),
  });

  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title='Assign campaign to a client'
      description={`“${name}” of ${campaign.connection_name}. ${
        campaign.held_events === 0
          ? 'No events are held for it.'
          : `${plural(campaign.held_events, 'held event')} will count for the client.`
      }`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant='primary' disabled={!client} onClick={() => assign.mutate()}>
            {client ? `Assign to ${client.name}` : 'Assign'}
          </Button>
        </>
      }
    >
      <Field label='Client' htmlFor='assign-client'>
        <Select
          id='assign-client'
          value={clientId}
          disabled={campaign.client_id !== null}
          onValueChange={(next) => {
            setClientId(next);
            setCampaignId('');
          }}
          choices={[
            { value: '', label: 'Choose a client' },
            ...(names.data ?? []).map((entry) => ({ value: entry.id, label: entry.name })),
          ]}
        />
      </Field>
      <Field
        label='Campaign'
        htmlFor='assign-campaign'
        hint='Choose an existing campaign if it was planned here and created by hand at the provider.'
      >
        <Select
          id='assign-campaign'
          value={campaignId}
          disabled={clientId === ''}
          onValueChange={setCampaignId}
          choices={[
            { value: '', label: `New campaign “${name}”` },
            ...(ours.data ?? []).map((entry) => ({ value: entry.id, label: entry.name })),
          ]}
        />
      </Field>
    </Dialog>
  );
}
