import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { type CrmConnection, retryFailed } from '../../../data/crm.ts';
import { ActionDialog } from '../../../shared/ActionDialog.tsx';
import { formatCount } from '../../../shared/format.ts';
import { Field } from '../../../ui/input.tsx';
import { Select } from '../../../ui/select.tsx';
import { toast } from '../../../ui/toast.tsx';
import { crmFailure } from './CrmFailure.tsx';

const periods = [
  { value: '1', label: 'of the last day' },
  { value: '7', label: 'of the last 7 days' },
  { value: '30', label: 'of the last 30 days' },
] as const;

/** All failed pushes of a time, again. */
export function RetryDialog({ connection, onClose }: { connection: CrmConnection; onClose: () => void }) {
  const form = useId();
  const queryClient = useQueryClient();
  const [days, setDays] = useState<typeof periods[number]['value']>('7');
  const retry = useMutation({
    mutationFn: () => retryFailed(connection.id, new Date(Date.now() - Number(days) * 86_400_000)),
    onSuccess: async (count) => {
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: ['list', 'crm-log'] }),
        queryClient.invalidateQueries({ queryKey: ['crm'] }),
      ]);
      toast(
        count === 0
          ? 'Nothing failed in that time'
          : `Pushing ${formatCount(count)} ${count === 1 ? 'lead' : 'leads'} again`,
      );
      onClose();
    },
  });
  return (
    <ActionDialog
      title='Retry failed pushes'
      description='A lead that is in HubSpot already is not made twice.'
      action='Retry'
      busy='Retrying …'
      mutation={retry}
      onSubmit={() => retry.mutate()}
      onClose={onClose}
      failure={crmFailure}
    >
      <Field label='Failed pushes' htmlFor={`${form}-days`}>
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
