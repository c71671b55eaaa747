import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import {
  type CampaignSettings,
  countries,
  type Country,
  holidaysQuery,
} from '../../../data/campaign-setup.ts';
import { dayIn } from '../../../data/range.ts';
import { CheckField } from '../../../shared/ActionDialog.tsx';
import { formatDay } from '../../../shared/format.ts';
import { timeZoneNames } from '../../../shared/time-zone.tsx';
import { Card, CardBody, CardHeader } from '../../../ui/card.tsx';
import { cn } from '../../../ui/class-names.ts';
import { Field, Input } from '../../../ui/input.tsx';
import { type Choice, Select } from '../../../ui/select.tsx';

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
/** A week starts on Monday here. */
const week = [1, 2, 3, 4, 5, 6, 0];

const zones: readonly Choice[] = timeZoneNames().map((value) => ({
  value,
  label: value.replaceAll('_', ' '),
}));

/** When emails go out: days, hours, first and last day, and the holidays that are left out. */
export function ScheduleCard({ settings, onChange, isLocked, isReader, isExported }: {
  settings: CampaignSettings;
  onChange: (change: Partial<CampaignSettings>) => void;
  /** Exported: only the holidays still change. */
  isLocked: boolean;
  /** A client: nothing changes here, the holidays neither. */
  isReader: boolean;
  isExported: boolean;
}) {
  const id = useId();
  const today = dayIn(settings.time_zone, new Date());
  const year = `${Number(today.slice(0, 4)) + 1}${today.slice(4)}`;
  const holidays = useQuery(
    holidaysQuery(
      settings.holiday_countries,
      today,
      year.endsWith('02-29') ? `${year.slice(0, 5)}02-28` : year,
    ),
  );
  const toggle = <Value,>(list: readonly Value[], value: Value) =>
    list.includes(value) ? list.filter((one) => one !== value) : [...list, value];
  const hasZone = zones.some(({ value }) => value === settings.time_zone);
  return (
    <Card>
      <CardHeader title='Schedule' hint='In the time zone of the people you write to.' />
      <CardBody className='grid gap-5'>
        <div className='grid gap-4 sm:grid-cols-2 lg:grid-cols-4'>
          <div className='sm:col-span-2'>
            <Field label='Time zone' htmlFor={`${id}-zone`}>
              <Select
                id={`${id}-zone`}
                className='w-full'
                disabled={isLocked}
                value={settings.time_zone}
                onValueChange={(time_zone) => onChange({ time_zone })}
                choices={hasZone
                  ? zones
                  : [{ value: settings.time_zone, label: settings.time_zone }, ...zones]}
              />
            </Field>
          </div>
          <Field label='From' htmlFor={`${id}-from`}>
            <Input
              id={`${id}-from`}
              type='time'
              disabled={isLocked}
              value={settings.sending_from}
              onChange={(event) => onChange({ sending_from: event.target.value })}
            />
          </Field>
          <Field
            label='Until'
            htmlFor={`${id}-to`}
            error={settings.sending_from >= settings.sending_to
              ? 'Has to be later than the start'
              : undefined}
          >
            <Input
              id={`${id}-to`}
              type='time'
              disabled={isLocked}
              value={settings.sending_to}
              onChange={(event) => onChange({ sending_to: event.target.value })}
            />
          </Field>
        </div>
        <fieldset className='grid gap-2' disabled={isLocked}>
          <legend className='mb-2 text-sm font-medium'>Sending days</legend>
          <div className='flex flex-wrap gap-1.5'>
            {week.map((day) => {
              const isOn = settings.sending_days.includes(day);
              return (
                <button
                  key={day}
                  type='button'
                  aria-pressed={isOn}
                  className={cn(
                    'h-9 min-w-12 rounded-lg border px-2 text-sm font-medium disabled:opacity-60',
                    isOn
                      ? 'border-brand bg-brand-wash text-brand'
                      : 'border-line text-ink-soft hover:bg-raised',
                  )}
                  onClick={() => onChange({ sending_days: toggle(settings.sending_days, day).sort() })}
                >
                  {days[day]}
                </button>
              );
            })}
          </div>
          {settings.sending_days.length === 0 && <p className='text-sm text-bad'>Choose at least one day</p>}
        </fieldset>
        <div className='grid gap-4 sm:grid-cols-2'>
          <Field label='First day' htmlFor={`${id}-start`} hint='Empty: as soon as the campaign is started.'>
            <Input
              id={`${id}-start`}
              type='date'
              disabled={isLocked}
              value={settings.start_on ?? ''}
              onChange={(event) => onChange({ start_on: event.target.value || null })}
            />
          </Field>
          <Field
            label='Last day'
            htmlFor={`${id}-end`}
            hint='Empty: until every email is sent.'
            error={settings.start_on && settings.end_on && settings.end_on < settings.start_on
              ? 'Is before the first day'
              : undefined}
          >
            <Input
              id={`${id}-end`}
              type='date'
              disabled={isLocked}
              value={settings.end_on ?? ''}
              onChange={(event) => onChange({ end_on: event.target.value || null })}
            />
          </Field>
        </div>
        <fieldset className='grid gap-2' disabled={isReader}>
          <legend className='mb-2 text-sm font-medium'>Public holidays to leave out</legend>
          <div className='flex flex-wrap gap-x-5 gap-y-2'>
            {Object.entries(countries).map(([code, label]) => (
              <CheckField
                key={code}
                label={label}
                isChecked={settings.holiday_countries.includes(code)}
                onChange={() =>
                  onChange({ holiday_countries: toggle(settings.holiday_countries, code as Country).sort() })}
              />
            ))}
          </div>
          <p className='text-xs text-ink-soft'>
            No provider knows holidays, so the campaign is paused on the day and resumed after it.
            {isExported && !isReader && ' This still changes after the export.'}
            {holidays.data && holidays.data.length > 0 && (
              <>
                {' '}Next:{' '}
                {holidays.data.slice(0, 3).map(({ day, name }) => `${name} (${formatDay(day)})`).join(', ')}.
              </>
            )}
          </p>
        </fieldset>
      </CardBody>
    </Card>
  );
}
