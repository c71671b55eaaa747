import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import {
  leadMeetingsQuery,
  type MeetingRow,
  type MeetingStatus,
  meetingStatuses,
  recordMeeting,
  removeMeeting,
} from '../../data/meetings.ts';
import { dayIn } from '../../data/range.ts';
import { ActionDialog } from '../../shared/ActionDialog.tsx';
import { formatMoment, useZone, zoneName } from '../../shared/moments.tsx';
import { parseAmount } from '../../shared/money.ts';
import { FailureCard } from '../../shared/StateCard.tsx';
import { fromWallClock, wallClock } from '../../shared/wall-clock.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, Input } from '../../ui/input.tsx';
import { Select } from '../../ui/select.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { toast } from '../../ui/toast.tsx';

export interface MeetingLead {
  leadId: string;
  campaignName: string;
}

/** Records, changes or removes a meeting of a person: in the campaign that is chosen where there are several. */
export function MeetingDialog({ leads, meetingId, onClose }: {
  leads: readonly MeetingLead[];
  /** The one to change; without it, the newest. */
  meetingId?: string;
  onClose: () => void;
}) {
  const meetings = useQuery(leadMeetingsQuery(leads.map(({ leadId }) => leadId)));
  const zone = useZone();
  const [choice, setChoice] = useState(meetingId);
  const [isRemoving, setRemoving] = useState(false);
  if (!meetings.data) {
    return (
      <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()} title='Meeting'>
        {meetings.error
          ? <FailureCard error={meetings.error} onRetry={() => void meetings.refetch()} className='py-4' />
          : <Skeleton className='h-56 w-full' />}
      </Dialog>
    );
  }
  const choices = [
    ...meetings.data.map((meeting) => ({ value: meeting.meeting_id, label: nameOf(meeting, zone) })),
    ...leads.map(({ leadId, campaignName }) => ({
      value: leadId,
      label: `${meetings.data.length > 0 ? 'Another' : 'New'} meeting${
        leads.length > 1 ? `, ${campaignName}` : ''
      }`,
    })),
  ];
  const chosen = choice ?? choices[0]?.value ?? '';
  const meeting = meetings.data.find(({ meeting_id }) => meeting_id === chosen);
  if (meeting && isRemoving) {
    return <Removal meeting={meeting} onBack={() => setRemoving(false)} onClose={onClose} />;
  }
  return (
    <Form
      key={chosen}
      leadId={meeting?.lead_id ?? chosen}
      meeting={meeting}
      choices={choices}
      choice={chosen}
      onChoice={setChoice}
      onRemove={() => setRemoving(true)}
      onClose={onClose}
    />
  );
}

const nameOf = (meeting: MeetingRow, zone: string) =>
  `${meetingStatuses[meeting.status].label}, ${formatMoment(meeting.occurs_at ?? meeting.booked_at, zone)}`;

function useRead(onClose: () => void) {
  const client = useQueryClient();
  return (text: string) => {
    for (const key of ['meetings', 'pipeline', 'timeline', 'range-stats', 'costs', 'list']) {
      void client.invalidateQueries({ queryKey: [key] });
    }
    toast(text);
    onClose();
  };
}

function Form({ leadId, meeting, choices, choice, onChoice, onRemove, onClose }: {
  leadId: string;
  meeting: MeetingRow | undefined;
  choices: { value: string; label: string }[];
  choice: string;
  onChoice: (next: string) => void;
  onRemove: () => void;
  onClose: () => void;
}) {
  const id = useId();
  const done = useRead(onClose);
  const zone = useZone();
  const [status, setStatus] = useState<MeetingStatus>(meeting?.status ?? 'booked');
  const [occursAt, setOccursAt] = useState(
    meeting?.occurs_at ? wallClock(meeting.occurs_at, zone).slice(0, 16) : '',
  );
  const [since, setSince] = useState('');
  const [value, setValue] = useState(meeting?.value?.toString() ?? '');
  const [note, setNote] = useState(meeting?.note ?? '');
  const amount = /^0+([.,]0*)?$/.test(value.trim()) ? 0 : parseAmount(value);
  const isWrong = value.trim() !== '' && amount === undefined;
  const save = useMutation({
    mutationFn: () =>
      recordMeeting({
        leadId,
        meetingId: meeting?.meeting_id,
        status,
        since: since === '' ? undefined : fromWallClock(`${since}T12:00`, zone).toISOString(),
        occursAt: occursAt === '' ? undefined : fromWallClock(occursAt, zone).toISOString(),
        value: amount,
        note,
      }),
    onSuccess: () => done(`Meeting recorded: ${meetingStatuses[status].label.toLowerCase()}`),
  });
  return (
    <ActionDialog
      title='Meeting'
      description='What you enter here counts before the label of the sending tool.'
      action='Save meeting'
      busy='Saving …'
      isReady={!isWrong}
      mutation={save}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      {choices.length > 1 && (
        <Field label='Which meeting' htmlFor={`${id}-which`}>
          <Select id={`${id}-which`} choices={choices} value={choice} onValueChange={onChoice} />
        </Field>
      )}
      <div className='grid items-start gap-4 sm:grid-cols-2 [&_input]:min-w-0'>
        <Field label='Status' htmlFor={`${id}-status`}>
          <Select
            id={`${id}-status`}
            choices={Object.entries(meetingStatuses).map(([key, { label }]) => ({
              value: key as MeetingStatus,
              label,
            }))}
            value={status}
            onValueChange={setStatus}
          />
        </Field>
        <Field label='Since' htmlFor={`${id}-since`} hint='The day it became so. Empty: today, or as it was.'>
          <Input
            id={`${id}-since`}
            type='date'
            max={dayIn(zone, new Date())}
            value={since}
            onChange={(event) => setSince(event.target.value)}
          />
        </Field>
        <Field label='Takes place' htmlFor={`${id}-at`} hint={`In ${zoneName(zone)}. Empty: not known.`}>
          <Input
            id={`${id}-at`}
            type='datetime-local'
            value={occursAt}
            onChange={(event) => setOccursAt(event.target.value)}
          />
        </Field>
        <Field
          label='Value'
          htmlFor={`${id}-value`}
          hint={meeting ? `In ${meeting.currency}.` : 'In the client’s currency.'}
          error={isWrong ? 'Enter an amount, such as 2500 or 2500.50' : undefined}
        >
          <Input
            id={`${id}-value`}
            inputMode='decimal'
            aria-invalid={isWrong}
            value={value}
            onChange={(event) => setValue(event.target.value)}
          />
        </Field>
      </div>
      <Field label='Note' htmlFor={`${id}-note`} hint='The client sees it too.'>
        <Input
          id={`${id}-note`}
          maxLength={2_000}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
      </Field>
      {meeting && (
        <Button variant='ghost' size='small' className='justify-self-start text-bad' onClick={onRemove}>
          Remove this meeting
        </Button>
      )}
    </ActionDialog>
  );
}

function Removal({ meeting, onBack, onClose }: {
  meeting: MeetingRow;
  onBack: () => void;
  onClose: () => void;
}) {
  const done = useRead(onClose);
  const remove = useMutation({
    mutationFn: () => removeMeeting(meeting.meeting_id),
    onSuccess: () => done('Meeting removed'),
  });
  return (
    <ActionDialog
      title='Remove this meeting'
      description={`${
        nameOf(meeting, useZone())
      }. Remove it if there never was one; if it fell through, set it to “Cancelled”. A later label or the CRM can bring it back.`}
      action='Remove meeting'
      busy='Removing …'
      isDangerous
      mutation={remove}
      onSubmit={() => remove.mutate()}
      onClose={onBack}
    />
  );
}
