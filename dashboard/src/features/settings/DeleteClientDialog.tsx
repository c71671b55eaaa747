import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { CircleAlert, CircleCheck, LoaderCircle } from 'lucide-react';
import { useEffect, useId, useState } from 'react';
import { type ClientSettings, deleteClient, hasEnded, removalQuery } from '../../data/client-settings.ts';
import { ActionDialog } from '../../shared/ActionDialog.tsx';
import { formatCount, plural } from '../../shared/format.ts';
import { FailureCard } from '../../shared/StateCard.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, Input } from '../../ui/input.tsx';

/** Asks for the name, then shows what is removed while it happens. */
export function DeleteClientDialog({ client, onClose }: { client: ClientSettings; onClose: () => void }) {
  const id = useId();
  const queryClient = useQueryClient();
  const [typed, setTyped] = useState('');
  const remove = useMutation({
    mutationFn: () => deleteClient(client.id, typed),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['client-settings'] }),
  });
  if (remove.data) return <Removal name={client.name} jobId={remove.data} onClose={onClose} />;
  const isUnderWay = client.removal_requested_at !== null;
  return (
    <ActionDialog
      title={isUnderWay ? `${client.name} is being deleted` : `Delete ${client.name}?`}
      description={isUnderWay
        ? 'Type the name to see how far it is, or to continue if it stopped.'
        : 'Its campaigns here, leads, messages, numbers, costs, connections and the accounts that its people were invited with are deleted for good. Campaigns at the provider keep sending: stop them there first. To keep the numbers, archive the client instead.'}
      action={isUnderWay ? 'Show progress' : 'Delete client'}
      busy='Deleting …'
      isDangerous
      isReady={typed.trim() === client.name.trim()}
      mutation={remove}
      onSubmit={() => remove.mutate()}
      onClose={onClose}
    >
      <Field label={`Type “${client.name}” to confirm`} htmlFor={id}>
        <Input id={id} autoComplete='off' value={typed} onChange={(event) => setTyped(event.target.value)} />
      </Field>
    </ActionDialog>
  );
}

const tables: Record<string, string> = {
  people: 'people',
  accounts: 'accounts of its people',
  businesses: 'leads',
  synced_leads: 'leads at the provider',
  email_events: 'events',
  webhook_events: 'raw deliveries',
  messages: 'messages',
  campaigns: 'campaigns',
  provider_connections: 'connections',
  suppressions: 'suppressed addresses',
  cost_entries: 'costs',
  export_receipts: 'export receipts',
};

function Removal({ name, jobId, onClose }: { name: string; jobId: string; onClose: () => void }) {
  const queryClient = useQueryClient();
  const removal = useQuery(removalQuery(jobId));
  const isOver = hasEnded(removal.data);
  useEffect(() => {
    if (isOver) void queryClient.invalidateQueries();
  }, [isOver, queryClient]);
  const { status, result, error_message: problem } = removal.data ?? {};
  const isDeleted = status === 'completed';
  const removed = Object.entries(result?.removed ?? {}).sort(([, one], [, other]) => other - one);
  const named = removed.filter(([table]) => table in tables);
  const others = removed.filter(([table]) => !(table in tables)).reduce((sum, [, count]) => sum + count, 0);
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={isDeleted ? `${name} is deleted` : `Deleting ${name}`}
      description={isDeleted
        ? undefined
        : 'Its people are signed out already. You can close this: the work continues, and Operations, Jobs shows it.'}
      footer={<Button variant={isDeleted ? 'primary' : 'secondary'} onClick={onClose}>Close</Button>}
    >
      {removal.error && !removal.data
        ? <FailureCard error={removal.error} onRetry={() => void removal.refetch()} className='py-4' />
        : (
          <div className='grid gap-3 text-sm'>
            <p role='status' className='flex items-center gap-2 font-medium'>
              {isDeleted
                ? <CircleCheck aria-hidden className='size-4 text-good' />
                : status === 'failed'
                ? <CircleAlert aria-hidden className='size-4 text-bad' />
                : <LoaderCircle aria-hidden className='size-4 animate-spin text-brand' />}
              {status === 'failed'
                ? problem ?? 'It stopped. Delete the client again to continue.'
                : isDeleted && named.length === 0
                ? 'Its settings were removed; there was nothing else of it.'
                : `${plural(removal.data?.done ?? 0, 'record')} removed${isDeleted ? '' : ' so far'}`}
            </p>
            {named.length > 0 && (
              <ul className='grid gap-x-6 gap-y-1 sm:grid-cols-2'>
                {named.map(([table, count]) => (
                  <li key={table} className='flex justify-between gap-3 border-t border-line pt-1'>
                    <span className='text-ink-soft'>{tables[table]}</span>
                    <span className='font-medium'>{formatCount(count)}</span>
                  </li>
                ))}
                {others > 0 && (
                  <li className='flex justify-between gap-3 border-t border-line pt-1'>
                    <span className='text-ink-soft'>settings and other records</span>
                    <span className='font-medium'>{formatCount(others)}</span>
                  </li>
                )}
              </ul>
            )}
            {result && result.webhooks_not_removed.length > 0 && (
              <p className='rounded-lg bg-warm-wash px-3 py-2 text-warm-ink'>
                The provider did not remove our webhook of{' '}
                {result.webhooks_not_removed.join(', ')}. Delete it there; its deliveries are refused
                meanwhile.
              </p>
            )}
          </div>
        )}
    </Dialog>
  );
}
