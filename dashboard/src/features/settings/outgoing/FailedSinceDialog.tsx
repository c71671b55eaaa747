import { useMutation } from '@tanstack/react-query';
import { type ComponentProps, useId, useState } from 'react';
import { ActionDialog } from '../../../shared/ActionDialog.tsx';
import { Field } from '../../../ui/input.tsx';
import { Select } from '../../../ui/select.tsx';
import { toast } from '../../../ui/toast.tsx';

const periods = [
  { value: '1', label: 'of the last day' },
  { value: '7', label: 'of the last 7 days' },
  { value: '30', label: 'of the last 30 days' },
] as const;

/** All that failed in a time, once more. */
export function FailedSinceDialog({ label, days: first, run, done, onDone, ...dialog }:
  & Pick<
    ComponentProps<typeof ActionDialog>,
    'title' | 'description' | 'action' | 'busy' | 'onClose' | 'failure'
  >
  & {
    /** What the chosen time is of. */
    label: string;
    /** Chosen at first. */
    days: typeof periods[number]['value'];
    /** Starts it and returns how many they are. */
    run: (since: Date) => Promise<number>;
    /** The words of the note that follows. */
    done: (count: number) => string;
    onDone: () => Promise<unknown>;
  }) {
  const form = useId();
  const [days, setDays] = useState(first);
  const again = useMutation({
    mutationFn: () => run(new Date(Date.now() - Number(days) * 86_400_000)),
    onSuccess: async (count) => {
      await onDone();
      toast(done(count));
      dialog.onClose();
    },
  });
  return (
    <ActionDialog {...dialog} mutation={again} onSubmit={() => again.mutate()}>
      <Field label={label} htmlFor={`${form}-days`}>
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
