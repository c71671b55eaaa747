import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { CampaignRow } from '../../../data/campaigns.ts';
import { checkExport, startExport } from '../../../data/export-check.ts';
import { exportsQuery } from '../../../data/exports.ts';
import { ActionDialog, CheckField } from '../../../shared/ActionDialog.tsx';
import { formatCount, plural } from '../../../shared/format.ts';
import { FailureCard } from '../../../shared/StateCard.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { nothingToSend } from './export-state.ts';
import { reasonSentences } from './reasons.ts';

/** Shows what an export would do, before it does anything. */
export function ExportCheck({ campaign, onClose, onStarted }: {
  campaign: CampaignRow;
  onClose: () => void;
  onStarted: (exportId: string) => void;
}) {
  const queryClient = useQueryClient();
  const [activate, setActivate] = useState(false);
  const check = useQuery({
    queryKey: ['export-check', campaign.campaign_id],
    queryFn: () => checkExport(campaign.campaign_id),
    // Counted each time the dialog opens, and not again while it is open.
    staleTime: 0,
    gcTime: 0,
    refetchInterval: false,
    retry: false,
  });
  const start = useMutation({
    mutationFn: () => startExport(campaign.campaign_id, activate),
    onSuccess: async (exportId) => {
      await queryClient.invalidateQueries(exportsQuery(campaign.campaign_id));
      onStarted(exportId);
    },
  });
  const obstacle = check.data && nothingToSend(check.data);
  const reasons = reasonSentences(check.data?.reasons);

  return (
    <ActionDialog
      title='Export leads'
      description={`Sends the verified leads of “${campaign.name}” to the provider. Nothing is sent before you confirm.`}
      action={check.data && !obstacle ? `Export ${plural(check.data.to_send, 'lead')}` : 'Export'}
      busy='Starting …'
      isReady={check.data !== undefined && obstacle === undefined}
      mutation={start}
      onSubmit={() => start.mutate()}
      onClose={onClose}
    >
      {check.isPending && (
        <div aria-busy className='grid gap-3'>
          <Skeleton className='h-12' />
          <Skeleton className='h-5 w-2/3' />
          <Skeleton className='h-5 w-1/2' />
        </div>
      )}
      {check.error && (
        <FailureCard
          error={check.error}
          onRetry={() => void check.refetch()}
          className='py-4'
        />
      )}
      {check.data && (
        <>
          <p className='text-sm'>
            <span className='mr-2 text-4xl font-semibold tracking-tight'>
              {formatCount(check.data.to_send)}
            </span>
            {check.data.to_send === 1 ? 'lead' : 'leads'} to send, of {formatCount(check.data.total)} checked
          </p>
          {obstacle && <p className='rounded-lg bg-warm-wash px-3 py-2 text-sm text-warm-ink'>{obstacle}</p>}
          {reasons.length > 0 && (
            <section className='grid gap-1.5 text-sm'>
              <h3 className='font-medium'>Skipped: {formatCount(check.data.skipped)}</h3>
              <ul className='grid gap-1.5'>
                {reasons.map((sentence) => (
                  <li key={sentence} className='border-t border-line pt-1.5 text-ink-soft'>{sentence}</li>
                ))}
                {Object.entries(check.data.missing_variables).map(([name, count]) => (
                  <li key={name} className='pl-3 text-ink-soft'>
                    {`${plural(count, 'lead')} without ${name}`}
                  </li>
                ))}
              </ul>
            </section>
          )}
          {!obstacle && (
            <CheckField
              label='Start sending after the last lead'
              hint='Otherwise the campaign stays a draft at the provider.'
              isChecked={activate}
              onChange={setActivate}
            />
          )}
        </>
      )}
    </ActionDialog>
  );
}
