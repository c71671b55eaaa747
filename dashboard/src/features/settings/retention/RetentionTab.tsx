import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { retentionQuery, type RetentionSetting } from '../../../data/retention.ts';
import { Ago } from '../../../shared/Ago.tsx';
import { plural } from '../../../shared/format.ts';
import { Moment, toTheDay } from '../../../shared/moments.tsx';
import { FailureCard } from '../../../shared/StateCard.tsx';
import { Card, CardBody, CardHeader } from '../../../ui/card.tsx';
import { Select } from '../../../ui/select.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { choicesOf, fromChoice, textOf, toChoice } from './kinds.ts';
import { PeriodDialog } from './PeriodDialog.tsx';

/** How long each kind of data is kept. Numbers do not depend on it. */
export function RetentionTab() {
  const settings = useQuery(retentionQuery);
  const [choice, setChoice] = useState<{ setting: RetentionSetting; days: number | null } | null>(null);
  return (
    <Card aria-labelledby='retention' className='max-w-4xl'>
      <CardHeader
        id='retention'
        title='How long data is kept'
        hint='Older data is removed automatically, a little every minute. Numbers never change by it: what was counted stays counted.'
      />
      <CardBody className='p-0'>
        {settings.error && !settings.data
          ? <FailureCard error={settings.error} onRetry={() => void settings.refetch()} />
          : !settings.data
          ? <Skeleton className='m-5 h-96' />
          : (
            <ul aria-label='Kinds of data' className='divide-y divide-line'>
              {settings.data.map((setting) => (
                <Kind
                  key={setting.kind}
                  setting={setting}
                  onChoose={(days) => setChoice({ setting, days })}
                />
              ))}
            </ul>
          )}
      </CardBody>
      {choice && <PeriodDialog {...choice} onClose={() => setChoice(null)} />}
    </Card>
  );
}

function Kind({ setting, onChoose }: {
  setting: RetentionSetting;
  onChoose: (days: number | null) => void;
}) {
  const { title, removes, stays, one, many } = textOf(setting.kind);
  return (
    <li className='grid gap-x-6 gap-y-2 px-5 py-4 sm:grid-cols-[1fr_auto] sm:items-start'>
      <div className='min-w-0'>
        <h3 className='font-medium'>{title}</h3>
        <p className='mt-0.5 text-sm text-ink-soft text-pretty'>{removes} {stays}</p>
      </div>
      <div className='grid gap-1.5 sm:w-56'>
        <Select
          aria-label={`Keep ${title}`}
          className='w-full'
          choices={choicesOf(setting)}
          value={toChoice(setting.keep_days)}
          onValueChange={(choice) => onChoose(fromChoice(choice))}
        />
        <p className='text-xs text-ink-soft'>
          {setting.removed_at
            ? (
              <>
                {plural(setting.removed_rows, one, many)} removed on{' '}
                <Moment at={setting.removed_at} as={toTheDay} />
              </>
            )
            : 'Nothing removed yet'}
          <span className='block'>
            Last checked: <Ago at={setting.checked_at} never='not yet' />
          </span>
        </p>
      </div>
    </li>
  );
}
