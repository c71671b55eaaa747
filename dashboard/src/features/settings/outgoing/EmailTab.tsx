import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import {
  changeOwnNotifications,
  ownNotificationsQuery,
  type PreferenceInput,
  type Preferences,
} from '../../../data/notifications.ts';
import { eventNames } from '../../../data/outgoing.ts';
import { CheckField } from '../../../shared/ActionDialog.tsx';
import { ActionFailure } from '../../../shared/ActionFailure.tsx';
import { FailureCard } from '../../../shared/StateCard.tsx';
import { timeZoneNames } from '../../../shared/time-zone.tsx';
import { Button } from '../../../ui/button.tsx';
import { Card, CardBody, CardHeader } from '../../../ui/card.tsx';
import { Field } from '../../../ui/input.tsx';
import { Select } from '../../../ui/select.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { toast } from '../../../ui/toast.tsx';

const frequencies = [
  { value: 'at_once', label: 'At once, one email per event' },
  { value: 'hourly', label: 'Every hour, in one email' },
  { value: 'daily', label: 'Every day at 8:00, in one email' },
] as const;
const languages = [
  { value: 'en', label: 'English' },
  { value: 'nl', label: 'Nederlands' },
  { value: 'de', label: 'Deutsch' },
] as const;

/** What the person who is signed in gets by email. */
export function EmailTab() {
  const own = useQuery(ownNotificationsQuery);
  return (
    <Card className='max-w-3xl'>
      <CardHeader title='Email' hint='What you get by email. Each person sets their own.' />
      <CardBody>
        {own.data
          ? <PreferenceForm key={JSON.stringify(own.data)} saved={own.data} />
          : own.error
          ? <FailureCard error={own.error} onRetry={() => void own.refetch()} />
          : <Skeleton className='h-64' />}
      </CardBody>
    </Card>
  );
}

function PreferenceForm({ saved }: { saved: Preferences }) {
  const form = useId();
  const queryClient = useQueryClient();
  const [input, setInput] = useState<PreferenceInput>({
    events: saved.events,
    frequency: saved.frequency,
    language: saved.language,
    time_zone: saved.time_zone,
  });
  const change = (part: Partial<PreferenceInput>) => setInput((before) => ({ ...before, ...part }));
  const save = useMutation({
    mutationFn: () => changeOwnNotifications(input),
    onSuccess: (next) => {
      queryClient.setQueryData(ownNotificationsQuery.queryKey, next);
      toast(next.events.length === 0 ? 'Saved. You get no emails.' : 'Saved');
    },
  });
  const zones = [
    ...new Set([
      saved.time_zone,
      Intl.DateTimeFormat().resolvedOptions().timeZone,
      'UTC',
      ...timeZoneNames(),
    ]),
  ];
  return (
    <form
      className='grid gap-5'
      onSubmit={(event) => {
        event.preventDefault();
        if (!save.isPending) save.mutate();
      }}
    >
      {!saved.is_set_up && (
        <p role='status' className='rounded-lg bg-warm-wash px-3 py-2 text-sm text-warm-ink'>
          Emails are not sent yet: your agency has to enter a sender in Settings → Agency first.
        </p>
      )}
      <fieldset className='grid gap-2'>
        <legend className='mb-2 text-sm font-medium'>Events</legend>
        <div className='grid gap-2 sm:grid-cols-2'>
          {saved.offered.map((type) => (
            <CheckField
              key={type}
              label={eventNames[type]}
              isChecked={input.events.includes(type)}
              onChange={(isChecked) =>
                change({
                  events: isChecked ? [...input.events, type] : input.events.filter((one) => one !== type),
                })}
            />
          ))}
        </div>
      </fieldset>
      <div className='grid items-start gap-4 sm:grid-cols-2'>
        <Field label='How often' htmlFor={`${form}-frequency`}>
          <Select
            id={`${form}-frequency`}
            className='w-full'
            value={input.frequency}
            onValueChange={(frequency) => change({ frequency })}
            choices={frequencies}
          />
        </Field>
        <Field label='Language' htmlFor={`${form}-language`}>
          <Select
            id={`${form}-language`}
            className='w-full'
            value={input.language}
            onValueChange={(language) => change({ language })}
            choices={languages}
          />
        </Field>
        <Field label='Time zone' htmlFor={`${form}-zone`} hint='The daily email comes at 8:00 there.'>
          <Select
            id={`${form}-zone`}
            className='w-full'
            value={input.time_zone}
            onValueChange={(time_zone) => change({ time_zone })}
            choices={zones.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
          />
        </Field>
      </div>
      {save.error && <ActionFailure error={save.error} />}
      <span>
        <Button variant='primary' type='submit' disabled={save.isPending}>
          {save.isPending ? 'Saving …' : 'Save'}
        </Button>
      </span>
    </form>
  );
}
