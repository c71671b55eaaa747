// What is known of a person beside its history.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { type LeadRow, leadStates, originQuery, verifications } from '../../data/leads.ts';
import { CampaignLink } from '../../shared/columns.tsx';
import { formatCount, plural } from '../../shared/format.ts';
import { Moment } from '../../shared/moments.tsx';
import { FailureCard } from '../../shared/StateCard.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Card, CardBody, CardHeader } from '../../ui/card.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';

/** Names and values; what has no value is left out. */
function Facts({ facts }: { facts: readonly (readonly [label: string, value: ReactNode])[] }) {
  return (
    <dl className='grid grid-cols-[minmax(6rem,auto)_minmax(0,1fr)] gap-x-4 gap-y-1.5 text-sm'>
      {facts.filter(([, value]) => value !== null && value !== undefined && value !== '').map((
        [label, value],
      ) => (
        <div key={label} className='contents'>
          <dt className='text-ink-soft wrap-anywhere'>{label}</dt>
          <dd dir='auto' className='wrap-anywhere'>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

export function FieldsCard({ lead }: { lead: LeadRow }) {
  return (
    <Card aria-labelledby='fields'>
      <CardHeader id='fields' title='Person' />
      <CardBody>
        <Facts
          facts={[
            ['Address', lead.email],
            ['As written', lead.email_as_written === lead.email ? null : lead.email_as_written],
            ['Company', lead.company_name],
            ['Job title', lead.job_title],
            ['Phone', lead.phone],
            ['City', lead.city],
            [
              'Website',
              lead.website && (
                <a
                  href={lead.website}
                  target='_blank'
                  rel='noreferrer noopener'
                  className='underline underline-offset-4'
                >
                  {lead.website}
                </a>
              ),
            ],
          ]}
        />
      </CardBody>
    </Card>
  );
}

export function CampaignsCard({ leads }: { leads: readonly LeadRow[] }) {
  return (
    <Card aria-labelledby='campaigns'>
      <CardHeader id='campaigns' title='Campaigns' hint={plural(leads.length, 'campaign')} />
      <CardBody>
        <ul className='grid gap-3'>
          {leads.map((lead) => (
            <li key={lead.key} className='grid gap-1 text-sm'>
              <span className='flex flex-wrap items-center gap-2'>
                <CampaignLink id={lead.campaign_id}>{lead.campaign_name}</CampaignLink>
                <Badge tone={leadStates[lead.state as keyof typeof leadStates].tone}>
                  {leadStates[lead.state as keyof typeof leadStates].label}
                </Badge>
                {lead.verification && (
                  <Badge tone={verifications[lead.verification].tone}>
                    {verifications[lead.verification].label}
                  </Badge>
                )}
              </span>
              <span className='text-ink-soft'>
                {lead.lead_id === null
                  ? (
                    <>
                      Added <Moment at={lead.created_at} />
                    </>
                  )
                  : `${formatCount(lead.sent_count ?? 0)} sent, ${
                    formatCount(lead.open_count ?? 0)
                  } opened, ${formatCount(lead.reply_count ?? 0)} replied`}
              </span>
            </li>
          ))}
        </ul>
      </CardBody>
    </Card>
  );
}

/** What its lists have besides the fields, each name once. */
export function VariablesCard({ leads }: { leads: readonly LeadRow[] }) {
  const variables = new Map<string, string>();
  for (const { custom_variables: some } of leads) {
    if (some === null || typeof some !== 'object' || Array.isArray(some)) continue;
    for (const [name, value] of Object.entries(some)) {
      if (!variables.has(name) && value !== null && value !== '') variables.set(name, String(value));
    }
  }
  if (variables.size === 0) return null;
  return (
    <Card aria-labelledby='variables'>
      <CardHeader id='variables' title='Variables' hint='As {{name}} in the emails of its campaigns' />
      <CardBody>
        <Facts facts={[...variables]} />
      </CardBody>
    </Card>
  );
}

/** The lists that it came with, and on what grounds it is emailed. */
export function OriginCard({ leads }: { leads: readonly LeadRow[] }) {
  const businessIds = [...new Set(leads.flatMap(({ business_id: id }) => id ?? []))];
  const origins = useQuery(originQuery(businessIds));
  return (
    <Card aria-labelledby='origin'>
      <CardHeader id='origin' title='Origin' />
      <CardBody>
        {origins.error && !origins.data
          ? <FailureCard error={origins.error} onRetry={() => void origins.refetch()} className='py-4' />
          : origins.isLoading
          ? <Skeleton className='h-10' />
          : !origins.data || origins.data.length === 0
          ? (
            <p className='text-sm text-ink-soft'>
              {businessIds.length === 0
                ? 'Found in the campaign at the provider.'
                : 'Added without an import.'}
            </p>
          )
          : (
            <ul className='grid gap-3 text-sm'>
              {origins.data.map((origin) => (
                <li key={`${origin.import_id} ${origin.row_number}`} className='grid gap-0.5'>
                  <Link
                    to='/leads'
                    search={(kept) => ({ client: kept.client, import: origin.import_id })}
                    className='font-medium wrap-anywhere underline-offset-4 hover:underline'
                  >
                    {origin.file_name}
                  </Link>
                  <span className='text-ink-soft'>
                    Row {formatCount(origin.row_number)}, imported <Moment at={origin.created_at} />
                  </span>
                  {origin.consent && <span dir='auto' className='wrap-anywhere'>{origin.consent}</span>}
                </li>
              ))}
            </ul>
          )}
      </CardBody>
    </Card>
  );
}
