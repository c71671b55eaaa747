import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { type ReportSettings, reportSettingsQuery, setReportSettings } from '../../data/report-settings.ts';
import { ActionDialog, CheckField } from '../../shared/ActionDialog.tsx';
import { parseAmount } from '../../shared/format.ts';
import { Field, Input } from '../../ui/input.tsx';
import { toast } from '../../ui/toast.tsx';

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
      void queryClient.invalidateQueries({ queryKey: ['costs'] });
      toast(`Saved the report settings of ${settings.name}`);
      onClose();
    },
  });
  const isComplete = amount !== undefined && hasCurrency;
  return (
    <ActionDialog
      title={`Reports for ${settings.name}`}
      description='The client sees changes immediately.'
      action='Save settings'
      busy='Saving …'
      isReady={isComplete}
      mutation={save}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <CheckField
        label='The client may see costs'
        hint='Money spent, cost per reply and return.'
        isChecked={maySeeCosts}
        onChange={setMaySeeCosts}
      />
      <CheckField
        label='The client may see and manage its connection'
        hint='The provider, the last characters of the key and the webhook. The client can save, pause and remove the connection. Shared workspaces stay hidden.'
        isChecked={maySeeConnection}
        onChange={setMaySeeConnection}
      />
      <div className='grid gap-4 sm:grid-cols-[1fr_8rem]'>
        <Field
          label='Value of a positive reply'
          htmlFor={`${form}-value`}
          hint='Leave empty if unknown.'
          error={amount === undefined ? 'Enter an amount such as 250 or 99.50.' : undefined}
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
          error={hasCurrency ? undefined : 'Enter three letters, such as EUR.'}
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
    </ActionDialog>
  );
}
