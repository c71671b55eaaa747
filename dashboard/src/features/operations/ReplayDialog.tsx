import { useMutation, useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { replayDeadLetters, type ReplayWish } from '../../data/deliveries.ts';
import { describeFailure } from '../../data/failure.ts';
import { formatCount, plural } from '../../shared/format.ts';
import { FailureCard } from '../../shared/StateCard.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { toast } from '../../ui/toast.tsx';

export interface Replay {
  /** In words, after "Replay". */
  what: string;
  wish: () => ReplayWish | Promise<ReplayWish>;
}

/** Counts first; what is replayed is what was counted. */
export function ReplayDialog({ replay, onClose, onReplayed }: {
  replay: Replay;
  onClose: () => void;
  onReplayed: () => void;
}) {
  const id = useId();
  const check = useQuery({
    queryKey: ['replay-check', id],
    queryFn: async () => {
      const wish = await replay.wish();
      return { wish, answer: await replayDeadLetters(wish, true) };
    },
    staleTime: Infinity,
    gcTime: 0,
    refetchInterval: false,
    retry: false,
  });
  const start = useMutation({
    mutationFn: (wish: ReplayWish) => replayDeadLetters(wish, false),
    onSuccess: (answer) => {
      toast(`${plural(answer.replayed, 'dead letter')} will be processed again within ten seconds`);
      onReplayed();
      onClose();
    },
  });
  const answer = check.data?.answer;
  const failure = start.error && describeFailure(start.error);
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Replay ${replay.what}`}
      description='First a dry run: nothing has been changed yet. A replay never counts anything twice.'
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant='primary'
            disabled={!answer || answer.replayable === 0 || start.isPending}
            onClick={() => check.data && start.mutate(check.data.wish)}
          >
            {start.isPending
              ? 'Replaying …'
              : answer && answer.replayable > 0
              ? `Replay ${formatCount(answer.replayable)}`
              : 'Replay'}
          </Button>
        </>
      }
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
            ['Could not be read, stay as they are', answer.matched - answer.replayable],
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
            ? 'They are gone: somebody replayed them already.'
            : 'None of them can be replayed, because none could be read. They are kept as they arrived.'}
        </p>
      )}
      {failure && (
        <p role='alert' className='rounded-lg bg-bad-wash px-3 py-2 text-sm text-bad'>
          {failure.title}. {failure.advice} <span className='text-xs'>({failure.code})</span>
        </p>
      )}
    </Dialog>
  );
}
