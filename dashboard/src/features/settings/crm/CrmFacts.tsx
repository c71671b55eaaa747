import type { ReactNode } from 'react';
import { type CrmField, crmFields } from '../../../../../supabase/functions/_shared/crm/choices.ts';
import type { CrmConnection } from '../../../data/crm.ts';
import { Ago } from '../../../shared/Ago.tsx';
import { formatCount } from '../../../shared/format.ts';
import { eventTexts, fieldNames, statusNames } from './crm-text.ts';

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className='min-w-0'>
      <dt className='text-xs text-ink-soft'>{label}</dt>
      <dd className='wrap-anywhere'>{children}</dd>
    </div>
  );
}

/** How an account fares, and what it is set to. */
export function CrmFacts({ connection, waiting, failed }: {
  connection: CrmConnection;
  /** Undefined = not known. */
  waiting: number | undefined;
  failed: number | undefined;
}) {
  const stageName = (id: string | null) => connection.stages.find((stage) => stage.id === id)?.name ?? id;
  const saying = connection.stages.filter(({ status }) => status !== null);
  const mapped = crmFields.filter((field) => connection.mapping[field]);
  return (
    <div className='grid gap-4 text-sm'>
      <dl className='grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-3'>
        <Fact label='Account'>
          <a
            href={`https://${connection.account_host}/contacts/${connection.account_id}`}
            target='_blank'
            rel='noreferrer noopener'
            className='underline underline-offset-4'
          >
            {connection.account_id}
          </a>
        </Fact>
        <Fact label='Token'>
          <span className='font-mono text-xs'>…{connection.token_last4}</span>
        </Fact>
        <Fact label='Last push'>
          <Ago at={connection.last_push_at} never='none yet' />
        </Fact>
        <Fact label='Deals last read'>
          <Ago at={connection.last_read_at} never='not yet' />
        </Fact>
        <Fact label='Waiting'>{formatCount(waiting)}</Fact>
        <Fact label='Failed, 30 days'>
          <span className={failed ? 'text-bad' : ''}>{formatCount(failed)}</span>
        </Fact>
      </dl>
      <div className='grid gap-6 rounded-lg border border-line bg-raised/40 px-3.5 py-3 sm:grid-cols-2 xl:grid-cols-3'>
        <List
          title='Pushed'
          rows={[
            ...connection.events.map((event) =>
              [eventTexts[event].label, whereTo(connection, event, stageName)] as const
            ),
          ]}
        />
        <List
          title={`Stages of “${connection.pipeline_name}”`}
          none='No stage says anything about meetings.'
          rows={saying.map(({ name, status }) => [name, status && statusNames[status]] as const)}
        />
        <List
          title='Fields'
          none='Only the email address.'
          rows={mapped.map((field: CrmField) => [fieldNames[field], connection.mapping[field]] as const)}
        />
      </div>
    </div>
  );
}

function whereTo(
  connection: CrmConnection,
  event: CrmConnection['events'][number],
  stageName: (id: string | null) => string | null,
) {
  if (event === 'lead.unsubscribed') return connection.unsubscribed_property;
  const stage = event === 'meeting.booked' ? connection.meeting_stage_id : connection.lead_stage_id;
  return stage === null ? 'the deal stays' : stageName(stage);
}

/** Ours on the left, HubSpot's on the right. */
function List({ title, rows, none }: {
  title: string;
  rows: readonly (readonly [label: string, value: ReactNode])[];
  none?: string;
}) {
  return (
    <section className='min-w-0'>
      <h3 className='mb-1.5 text-xs font-medium text-ink-soft'>{title}</h3>
      {rows.length === 0 ? <p>{none}</p> : (
        <dl className='grid grid-cols-[auto_1fr] gap-x-4 gap-y-1'>
          {rows.map(([label, value]) => (
            <div key={label} className='contents'>
              <dt className='wrap-anywhere'>{label}</dt>
              <dd className='text-ink-soft wrap-anywhere'>{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
