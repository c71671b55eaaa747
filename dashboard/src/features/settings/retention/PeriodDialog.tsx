import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import {
  changeRetention,
  mostCounted,
  retentionPreviewQuery,
  retentionQuery,
  type RetentionSetting,
} from '../../../data/retention.ts';
import { ActionDialog } from '../../../shared/ActionDialog.tsx';
import { formatCount, plural } from '../../../shared/format.ts';
import { Moment, toTheDay } from '../../../shared/moments.tsx';
import { FailureCard } from '../../../shared/StateCard.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { toast } from '../../../ui/toast.tsx';
import { periodText, textOf } from './kinds.ts';

/** Says what another period removes, and saves it once that was read. */
export function PeriodDialog({ setting, days, onClose }: {
  setting: RetentionSetting;
  days: number | null;
  onClose: () => void;
}) {
  const queries = useQueryClient();
  const preview = useQuery(retentionPreviewQuery(setting.kind, days));
  const { title, stays, one, many } = textOf(setting.kind);
  const change = useMutation({
    mutationFn: () => changeRetention(setting.kind, days),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: retentionQuery.queryKey });
      toast(`${title} are kept ${days === null ? '' : 'for '}${periodText(days)}`);
      onClose();
    },
  });
  const rows = preview.data?.rows ?? 0;
  return (
    <ActionDialog
      title={`Keep “${title}” ${days === null ? '' : 'for '}${periodText(days)}?`}
      description={`Now they are kept ${setting.keep_days === null ? '' : 'for '}${
        periodText(setting.keep_days)
      }. ${stays}`}
      action={rows > 0 ? 'Remove and save' : 'Save'}
      busy='Saving …'
      isDangerous={rows > 0}
      isReady={preview.data !== undefined}
      mutation={change}
      onSubmit={() => change.mutate()}
      onClose={onClose}
    >
      {preview.error
        ? <FailureCard error={preview.error} onRetry={() => void preview.refetch()} className='py-4' />
        : !preview.data
        ? <Skeleton className='h-10' />
        : rows === 0
        ? <p className='text-sm'>Nothing is removed now. What was removed before does not come back.</p>
        : (
          <p className='flex items-start gap-2 text-sm'>
            <TriangleAlert aria-hidden className='mt-0.5 size-4 shrink-0 text-bad' />
            <span>
              {rows >= mostCounted ? `${formatCount(mostCounted)} ${many} or more` : plural(rows, one, many)}
              {' '}
              from before <Moment at={preview.data.before} as={toTheDay} /> {rows === 1 ? 'is' : 'are'}{' '}
              removed within minutes. This cannot be undone.
            </span>
          </p>
        )}
    </ActionDialog>
  );
}
