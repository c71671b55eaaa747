import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import {
  changeReportSettings,
  kindNames,
  type RecipientInput,
  type ReportKind,
  type ReportSettings,
  type ReportSettingsInput,
  reportSettingsQuery,
  type Turn,
} from '../../data/client-reports.ts';
import { CheckField } from '../../shared/ActionDialog.tsx';
import { ActionFailure } from '../../shared/ActionFailure.tsx';
import { inZone, timeOfDay } from '../../shared/moments.tsx';
import { Button } from '../../ui/button.tsx';
import { Card, CardBody, CardHeader } from '../../ui/card.tsx';
import { cn } from '../../ui/class-names.ts';
import { Field, fieldLooks } from '../../ui/input.tsx';
import { Select } from '../../ui/select.tsx';
import { toast } from '../../ui/toast.tsx';
import { RecipientsField } from './RecipientsField.tsx';
import { ReportPreview } from './ReportPreview.tsx';
import { weekdays } from './report-text.ts';

const languages = [
  { value: 'en', label: 'English' },
  { value: 'nl', label: 'Nederlands' },
  { value: 'de', label: 'Deutsch' },
] as const;
const kinds = ['weekly', 'monthly'] as const;
/** When a report that was off is first offered to be sent. */
const usualTurn: Turn = { send_on: 1, send_hour: 8 };
const maxNote = 1_000;

/** When, to whom and how; beside it the report as these settings make it. */
export function ReportSetup({ saved }: { saved: ReportSettings }) {
  const form = useId();
  const queryClient = useQueryClient();
  const [input, setInput] = useState<ReportSettingsInput>(() => inputOf(saved));
  const change = (part: Partial<ReportSettingsInput>) => setInput((before) => ({ ...before, ...part }));
  const save = useMutation({
    mutationFn: () => changeReportSettings(saved.client_id, input),
    onSuccess: (next) => {
      queryClient.setQueryData(reportSettingsQuery(saved.client_id).queryKey, next);
      toast(input.weekly || input.monthly ? 'Saved' : 'Saved. No report is sent automatically.');
    },
  });
  const isOn = input.weekly !== null || input.monthly !== null;
  const lacksRecipient = isOn && input.recipients.length === 0;
  return (
    <div className='grid items-start gap-6 xl:grid-cols-[26rem_minmax(0,1fr)]'>
      <Card>
        <CardHeader
          title='Schedule'
          hint='Sent by email, by the client’s clock. A missed report is sent late, once.'
        />
        <CardBody>
          <form
            className='grid gap-5'
            onSubmit={(event) => {
              event.preventDefault();
              if (!save.isPending && !lacksRecipient) save.mutate();
            }}
          >
            {!saved.is_set_up && (
              <p role='status' className='rounded-lg bg-warm-wash px-3 py-2 text-sm text-warm-ink'>
                Emails are not sent yet: enter a sender in Settings → Agency first.
              </p>
            )}
            {kinds.map((kind) => (
              <TurnField
                key={kind}
                kind={kind}
                turn={input[kind]}
                saved={saved[kind]}
                timeZone={saved.time_zone}
                onChange={(turn) => change({ [kind]: turn })}
              />
            ))}
            <RecipientsField
              saved={saved}
              recipients={input.recipients}
              onChange={(recipients) => change({ recipients })}
              problem={lacksRecipient ? 'Add at least one recipient, or switch the reports off.' : undefined}
            />
            <Field label='Language' htmlFor={`${form}-language`}>
              <Select
                id={`${form}-language`}
                className='w-full'
                value={input.language}
                onValueChange={(language) => change({ language })}
                choices={languages}
              />
            </Field>
            <Field
              label='Your note (optional)'
              htmlFor={`${form}-note`}
              hint='Above every report until you change it.'
            >
              <textarea
                id={`${form}-note`}
                rows={3}
                maxLength={maxNote}
                className={cn(fieldLooks, 'h-auto w-full py-2')}
                value={input.note}
                onChange={(event) => change({ note: event.target.value })}
              />
            </Field>
            <CheckField
              label='With replies worth reading'
              hint='Up to five replies with name and words of the person.'
              isChecked={input.with_replies}
              onChange={(with_replies) => change({ with_replies })}
            />
            <CheckField
              label='Attach the report as PDF'
              hint='The same report, to be filed or passed on.'
              isChecked={input.attach_pdf}
              onChange={(attach_pdf) => change({ attach_pdf })}
            />
            {save.error && <ActionFailure error={save.error} />}
            <span>
              <Button variant='primary' type='submit' disabled={save.isPending || lacksRecipient}>
                {save.isPending ? 'Saving …' : 'Save'}
              </Button>
            </span>
          </form>
        </CardBody>
      </Card>
      <ReportPreview
        saved={saved}
        attachPdf={input.attach_pdf}
        draft={{ language: input.language, with_replies: input.with_replies, note: input.note.trim() }}
      />
    </div>
  );
}

function TurnField({ kind, turn, saved, timeZone, onChange }: {
  kind: ReportKind;
  turn: Turn | null;
  saved: ReportSettings['weekly'];
  timeZone: string;
  onChange: (turn: Turn | null) => void;
}) {
  const isSaved = saved !== null && turn?.send_on === saved.send_on && turn.send_hour === saved.send_hour;
  const name = kindNames[kind].toLowerCase();
  return (
    <div className='grid gap-2'>
      <CheckField
        label={`${kindNames[kind]} report`}
        hint={kind === 'weekly' ? 'About the last week, Monday to Sunday.' : 'About the last calendar month.'}
        isChecked={turn !== null}
        onChange={(isChecked) => onChange(isChecked ? usualTurn : null)}
      />
      {turn && (
        <div className='ml-6.5 flex flex-wrap gap-2'>
          <Select
            aria-label={`Day of the ${name} report`}
            value={String(turn.send_on)}
            onValueChange={(value) => onChange({ ...turn, send_on: Number(value) })}
            choices={kind === 'weekly'
              ? weekdays.map((label, index) => ({ value: String(index + 1), label }))
              : Array.from({ length: 28 }, (_, index) => ({
                value: String(index + 1),
                label: `Day ${index + 1} of the month`,
              }))}
          />
          <Select
            aria-label={`Hour of the ${name} report`}
            value={String(turn.send_hour)}
            onValueChange={(value) => onChange({ ...turn, send_hour: Number(value) })}
            choices={Array.from({ length: 24 }, (_, hour) => ({ value: String(hour), label: `${hour}:00` }))}
          />
        </div>
      )}
      {isSaved && (
        <p className='ml-6.5 text-xs text-ink-soft'>
          {saved.is_due
            ? 'The last one is due and is sent within a few minutes.'
            : saved.next_at && `Next on ${whenText(saved.next_at, timeZone)}`}
        </p>
      )}
      {isSaved && saved.last_error && (
        <p role='alert' className='ml-6.5 text-xs text-bad'>It could not be made: {saved.last_error}</p>
      )}
    </div>
  );
}

const whenText = (moment: string, timeZone: string): string =>
  inZone(moment, timeZone, { weekday: 'long', day: 'numeric', month: 'short', ...timeOfDay });

const turnOf = (saved: ReportSettings['weekly']): Turn | null =>
  saved && { send_on: saved.send_on, send_hour: saved.send_hour };

const inputOf = (saved: ReportSettings): ReportSettingsInput => ({
  weekly: turnOf(saved.weekly),
  monthly: turnOf(saved.monthly),
  language: saved.language,
  with_replies: saved.with_replies,
  attach_pdf: saved.attach_pdf,
  note: saved.note ?? '',
  recipients: saved.recipients.flatMap(({ user_id, email }): RecipientInput[] =>
    user_id ? [{ user_id }] : email ? [{ email }] : []
  ),
});
