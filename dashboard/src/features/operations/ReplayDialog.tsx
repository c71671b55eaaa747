import { useMutation, useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { type DeadLetterCriteria, replayDeadLetters } from '../../data/dead-letters.ts';
import { ActionDialog } from '../../shared/ActionDialog.tsx';
import { formatCount, plural } from '../../shared/format.ts';
import { FailureCard } from '../../shared/StateCard.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { toast } from '../../ui/toast.tsx';

/** Some dead letters that something is to be done with. */
export interface DeadLetterSelection {
  /** In words, after a verb. */
  what: string;
  criteria: () => DeadLetterCriteria | Promise<DeadLetterCriteria>;
}

/** Counts first; what is replayed is what was counted. */
export function ReplayDialog({ selection, onClose, onReplayed }: {
  selection: DeadLetterSelection;
  onClose: () => void;
  onReplayed: () => void;
}) {
  const id = useId();
  const check = useQuery({
    queryKey: ['replay-check', id],
    queryFn: async () => {
      const criteria = await selection.criteria();
      return { criteria, answer: await replayDeadLetters(criteria, true) };
    },
    staleTime: Infinity,
    gcTime: 0,
    refetchInterval: false,
    retry: false,
  });
  const start = useMutation({
    mutationFn: (criteria: DeadLetterCriteria) => replayDeadLetters(criteria, false),
    onSuccess: (answer) => {
      toast(`${plural(answer.replayed, 'dead letter')} will be processed again within ten seconds`);
      onReplayed();
      onClose();
    },
  });
  const answer = check.data?.answer;
  return (
    <ActionDialog
      title={`Replay ${selection.what}`}
      description='This is a dry run: nothing has changed yet. Replaying never counts anything twice.'
      action={answer && answer.replayable > 0 ? `Replay ${formatCount(answer.replayable)}` : 'Replay'}
      busy='Replaying …'
      isReady={answer !== undefined && answer.replayable > 0}
      mutation={start}
      onSubmit={() => check.data && start.mutate(check.data.criteria)}
      onClose={onClose}
    >
      {check.isPending && <Skeleton className='h-16' />}
      {check.error && (
        <FailureCard
          error={check.error}
          onRetry={() => void check.refetch()}
          className='py-4'
        />
      )}
      {answer && (
        <dl aria-label='Dry run' className='grid gap-1.5 text-sm'>
          {([
            ['Found', answer.matched],
            ['Can be replayed', answer.replayable],
            ['Unreadable, left as they are', answer.matched - answer.replayable],
          ] as const).map(([label, count]) => (
            <div key={label} className='flex justify-between gap-4 border-t border-line pt-1.5'>
              <dt className='text-ink-soft'>{label}</dt>
              <dd className='font-medium'>{formatCount(count)}</dd>
            </div>
          ))}
        </dl>
      )}
      {answer && answer.replayable === 0 && (
        <p className='rounded-lg bg-warm-wash px-3 py-2 text-sm text-warm-ink'>
          {answer.matched === 0
            ? 'They have already been replayed.'
            : 'None of them can be replayed, because none could be read. They are kept as they arrived.'}
        </p>
      )}
    </ActionDialog>
  );
}
