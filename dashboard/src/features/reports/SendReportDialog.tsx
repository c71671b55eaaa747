import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { kindNames, type ReportKind, type ReportSettings, sendReport } from '../../data/client-reports.ts';
import { ActionDialog, CheckField } from '../../shared/ActionDialog.tsx';
import { plural } from '../../shared/format.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { MailList } from './MailList.tsx';

/** The report of the last period to some of the saved recipients, now. */
export function SendReportDialog({ saved, kind, onClose }: {
  saved: ReportSettings;
  kind: ReportKind;
  onClose: () => void;
}) {
  const queryClient = useQueryClient();
  const offered = saved.recipients.filter(({ stopped_at, email }) => stopped_at === null && email !== null);
  const [chosen, setChosen] = useState(() => offered.map(({ id }) => id));
  const send = useMutation({
    mutationFn: () => sendReport(saved.client_id, kind, chosen),
    onSettled: async () => {
      for (const key of ['client-reports', 'report-emails', 'report-settings']) {
        await queryClient.invalidateQueries({ queryKey: [key, saved.client_id] });
      }
    },
  });
  if (send.data) {
    const had = send.data.has_it.length;
    return (
      <Dialog
        open
        onOpenChange={(isOpen) => !isOpen && onClose()}
        title='What came of it'
        description={had > 0
          ? `${plural(had, 'recipient')} had it already and did not get it again.`
          : 'Each address, as the mail service answered.'}
        footer={<Button onClick={onClose}>Close</Button>}
      >
        <MailList emails={send.data.emails} />
      </Dialog>
    );
  }
  return (
    <ActionDialog
      title={`Send the ${kindNames[kind].toLowerCase()} report now`}
      description='With the saved settings. Each recipient gets the report of a period once; the schedule does not send it to them again.'
      action={`Send to ${plural(chosen.length, 'recipient')}`}
      busy='Sending …'
      isReady={chosen.length > 0}
      mutation={send}
      onSubmit={() => send.mutate()}
      onClose={onClose}
    >
      {offered.length === 0
        ? <p className='text-sm text-ink-soft'>There are no recipients yet. Add some and save first.</p>
        : offered.map(({ id, email }) => (
          <CheckField
            key={id}
            label={email ?? ''}
            isChecked={chosen.includes(id)}
            onChange={(isChecked) =>
              setChosen(isChecked ? [...chosen, id] : chosen.filter((one) => one !== id))}
          />
        ))}
    </ActionDialog>
  );
}
