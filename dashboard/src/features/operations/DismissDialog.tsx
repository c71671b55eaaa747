import { useMutation } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { dismissDeadLetters, type ReplayWish } from '../../data/deliveries.ts';
import { describeFailure } from '../../data/failure.ts';
import { plural } from '../../shared/format.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, Input } from '../../ui/input.tsx';
import { toast } from '../../ui/toast.tsx';

export interface Dismissal {
  /** In words, after "Dismiss". */
  what: string;
  wish: () => ReplayWish | Promise<ReplayWish>;
}

/** Dead letters that need no repair, and why. */
export function DismissDialog({ dismissal, onClose, onDismissed }: {
  dismissal: Dismissal;
  onClose: () => void;
  onDismissed: () => void;
}) {
  const id = useId();
  const [why, setWhy] = useState('');
  const save = useMutation({
    mutationFn: async () => await dismissDeadLetters(await dismissal.wish(), why),
    onSuccess: (answer) => {
      toast(`${plural(answer.dismissed, 'dead letter')} dismissed`);
      onDismissed();
      onClose();
    },
  });
  const failure = save.error && describeFailure(save.error);
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Dismiss ${dismissal.what}`}
      description='They stay stored, and dead in the ledger, but count as trouble no longer. You can restore them.'
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant='primary'
            disabled={why.trim() === '' || save.isPending}
            onClick={() => save.mutate()}
          >
            {save.isPending ? 'Dismissing …' : 'Dismiss'}
          </Button>
        </>
      }
    >
      <Field label='Why' htmlFor={id} hint='Everybody who finds them again reads this.'>
        <Input id={id} value={why} maxLength={500} onChange={(event) => setWhy(event.target.value)} />
      </Field>
      {failure && (
        <p role='alert' className='rounded-lg bg-bad-wash px-3 py-2 text-sm text-bad'>
          {failure.title}. {failure.advice} <span className='text-xs'>({failure.code})</span>
        </p>
      )}
    </Dialog>
  );
}
