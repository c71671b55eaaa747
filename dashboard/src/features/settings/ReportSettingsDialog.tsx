import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import {
  parseAmount,
  type ReportSettings,
  reportSettingsQuery,
  setReportSettings,
} from '../../data/cost-entries.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, Input } from '../../ui/input.tsx';
import { toast } from '../../ui/toast.tsx';
import { ActFailure } from './ActFailure.tsx';

export function ReportSettingsDialog(
  { settings, onClose }: { settings: ReportSettings; onClose: () => void },
) {
  const form = useId();
  const queryClient = useQueryClient();
  const [maySeeCosts, setMaySeeCosts] = useState(settings.may_see_costs);
  const [maySeeConnection, setMaySeeConnection] = useState(settings.may_see_connection);
  const [value, setValue] = useState(settings.positive_reply_value?.toFixed(2) ?? '');
  const [currency, setCurrency] = useState(settings.currency);
  const amount = value.trim() === '' ? null : parseAmount(value);
  const hasCurrency = /^[A-Z]{3}$/.test(currency);
  const save = useMutation({
    mutationFn: () =>
      setReportSettings(settings.id, {
        maySeeCosts,
        maySeeConnection,
        positiveReplyValue: amount ?? null,
        currency,
      }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: reportSettingsQuery.queryKey });
      void queryClient.invalidateQueries({ queryKey: ['client-costs'] });
      toast(`The report settings of ${settings.name} are saved`);
      onClose();
    },
  });
  const isComplete = amount !== undefined && hasCurrency;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isComplete) save.mutate();
  };
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Reports of ${settings.name}`}
      description='The client sees the change at once.'
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant='primary' type='submit' form={form} disabled={!isComplete || save.isPending}>
            {save.isPending ? 'Saving …' : 'Save settings'}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className='grid gap-4'>
        <Permission
          label='The client may see costs'
          hint='What was spent, cost per reply and the return on it.'
          isGiven={maySeeCosts}
          onChange={setMaySeeCosts}
        />
        <Permission
          label='The client may see and manage its connection'
          hint='Which provider sends, the end of the key, the webhook; to save, pause and remove it. A shared workspace stays yours.'
          isGiven={maySeeConnection}
          onChange={setMaySeeConnection}
        />
        <div className='grid gap-4 sm:grid-cols-[1fr_8rem]'>
          <Field
            label='Value of a positive reply'
            htmlFor={`${form}-value`}
            hint='Leave it empty if nobody knows.'
            error={amount === undefined ? 'Write an amount such as 250 or 99.50.' : undefined}
          >
            <Input
              id={`${form}-value`}
              inputMode='decimal'
              value={value}
              aria-invalid={amount === undefined}
              onChange={(event) => setValue(event.target.value)}
            />
          </Field>
          <Field
            label='Currency'
            htmlFor={`${form}-currency`}
            error={hasCurrency ? undefined : 'Three letters, such as EUR.'}
          >
            <Input
              id={`${form}-currency`}
              value={currency}
              maxLength={3}
              aria-invalid={!hasCurrency}
              onChange={(event) => setCurrency(event.target.value.toUpperCase())}
            />
          </Field>
        </div>
        {save.error && <ActFailure error={save.error} />}
      </form>
    </Dialog>
  );
}

function Permission({ label, hint, isGiven, onChange }: {
  label: string;
  hint: string;
  isGiven: boolean;
  onChange: (isGiven: boolean) => void;
}) {
  return (
    <label className='flex items-start gap-2.5 text-sm'>
      <input
        type='checkbox'
        className='mt-0.5 size-4 accent-brand'
        checked={isGiven}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span>
        {label}
        <span className='block text-xs text-ink-soft'>{hint}</span>
      </span>
    </label>
  );
}
