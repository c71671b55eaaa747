import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { type Endpoint, replayFailed } from '../../../data/outgoing.ts';
import { ActionDialog } from '../../../shared/ActionDialog.tsx';
import { formatCount } from '../../../shared/format.ts';
import { Field } from '../../../ui/input.tsx';
import { Select } from '../../../ui/select.tsx';
import { toast } from '../../../ui/toast.tsx';

const periods = [
  { value: '1', label: 'of the last day' },
  { value: '7', label: 'of the last 7 days' },
  { value: '30', label: 'of the last 30 days' },
] as const;

/** All failed events of a time, again. */
export function ReplayDialog({ endpoint, onClose }: { endpoint: Endpoint; onClose: () => void }) {
  const form = useId();
  const queryClient = useQueryClient();
  const [days, setDays] = useState<typeof periods[number]['value']>('1');
  const replay = useMutation({
    mutationFn: () => replayFailed(endpoint.id, new Date(Date.now() - Number(days) * 86_400_000)),
    onSuccess: async (count) => {
      await queryClient.invalidateQueries({ queryKey: ['list', 'outgoing-log'] });
      toast(
        count === 0
          ? 'No failed events in that time'
          : `Replaying ${formatCount(count)} ${count === 1 ? 'event' : 'events'}`,
      );
      onClose();
    },
  });
  return (
    <ActionDialog
      title='Replay failed events'
      description={`Sends what “${endpoint.name}” did not take, with the same ids, so a receiver that had it already can skip it.`}
      action='Replay'
      busy='Replaying …'
      mutation={replay}
      onSubmit={() => replay.mutate()}
      onClose={onClose}
    >
      <Field label='Failed events' htmlFor={`${form}-days`}>
        <Select
          id={`${form}-days`}
          className='w-full'
          value={days}
          onValueChange={setDays}
          choices={periods}
        />
      </Field>
    </ActionDialog>
  );
}
