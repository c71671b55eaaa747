import { useMutation } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { describeFailure } from '../../data/failure.ts';
import { acknowledgeAlert, type AlertRow } from '../../data/machinery.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, Input } from '../../ui/input.tsx';
import { toast } from '../../ui/toast.tsx';

/** "I have seen it": the alert stays open, but nobody else need look. */
export function AcknowledgeDialog({ alert, onClose, onDone }: {
  alert: AlertRow;
  onClose: () => void;
  onDone: () => Promise<unknown>;
}) {
  const id = useId();
  const [note, setNote] = useState('');
  const save = useMutation({
    mutationFn: () => acknowledgeAlert({ id: alert.id, note }),
    onSuccess: async () => {
      await onDone();
      toast(`“${alert.title}” is acknowledged`);
      onClose();
    },
  });
  const failure = save.error && describeFailure(save.error);
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Acknowledge “${alert.title}”`}
      description='It no longer counts as new and is not posted again. It stays open until it is over; the next one of its kind shows again.'
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant='primary' disabled={save.isPending} onClick={() => save.mutate()}>
            {save.isPending ? 'Saving …' : 'Acknowledge'}
          </Button>
        </>
      }
    >
      <Field label='Note' htmlFor={id} hint='For your colleagues; may stay empty.'>
        <Input id={id} value={note} maxLength={500} onChange={(event) => setNote(event.target.value)} />
      </Field>
      {failure && (
        <p role='alert' className='rounded-lg bg-bad-wash px-3 py-2 text-sm text-bad'>
          {failure.title}. {failure.advice} <span className='text-xs'>({failure.code})</span>
        </p>
      )}
    </Dialog>
  );
}
