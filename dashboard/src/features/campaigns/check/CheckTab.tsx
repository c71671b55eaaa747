import { useQuery } from '@tanstack/react-query';
import { CircleAlert, CircleCheck, Info, OctagonAlert } from 'lucide-react';
import { checkExport, type LeftOut, maxLeftOut, readLeftOut } from '../../../data/export-check.ts';
import { CsvButton } from '../../../shared/CsvButton.tsx';
import { formatCount, formatDay, plural } from '../../../shared/format.ts';
import { formatMoney } from '../../../shared/money.ts';
import { FailureCard } from '../../../shared/StateCard.tsx';
import { Card, CardBody, CardHeader } from '../../../ui/card.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { reasonLabel } from '../export/reasons.ts';
import { ApprovalCard } from './ApprovalCard.tsx';

const looks = {
  stops: { Icon: OctagonAlert, tone: 'text-bad', label: 'Stops the export' },
  warns: { Icon: CircleAlert, tone: 'text-warm-ink', label: 'Check this' },
  tells: { Icon: Info, tone: 'text-ink-soft', label: 'Good to know' },
} as const;

/** One page before the export: what would go wrong, when it would end, what it costs, and the client's approval. */
export function CheckTab({ campaignId }: { campaignId: string }) {
  const check = useQuery({
    queryKey: ['export-check', campaignId],
    queryFn: () => checkExport(campaignId),
    staleTime: 0,
    gcTime: 0,
    refetchInterval: false,
    retry: false,
  });
  const data = check.data;
  const stops = data?.findings.some(({ level }) => level === 'stops');
  return (
    <div className='grid gap-5 lg:grid-cols-[3fr_2fr]'>
      <Card aria-busy={check.isPending}>
        <CardHeader
          title='Before the export'
          hint={data
            ? `${plural(data.to_send, 'lead')} to send, of ${
              formatCount(data.total)
            } checked. Nothing is sent by this check.`
            : 'Everything that would go wrong.'}
        >
          {data && data.skipped > 0 && <LeftOutButton campaignId={campaignId} name='left-out-leads' />}
        </CardHeader>
        <CardBody>
          {check.isPending && (
            <div className='grid gap-3'>
              <Skeleton className='h-6 w-3/4' />
              <Skeleton className='h-6 w-2/3' />
              <Skeleton className='h-6 w-1/2' />
            </div>
          )}
          {check.error && (
            <FailureCard
              error={check.error}
              onRetry={() => void check.refetch()}
              className='py-4'
            />
          )}
          {data && data.findings.length === 0 && (
            <p className='flex items-center gap-2.5 text-sm'>
              <CircleCheck aria-hidden className='size-5 text-good' />{' '}
              Nothing to mend. This campaign can be exported.
            </p>
          )}
          {data && data.findings.length > 0 && (
            <ul className='grid'>
              {data.findings.map(({ code, level, message, left_out: leftOut }) => {
                const { Icon, tone, label } = looks[level];
                return (
                  <li
                    key={`${code}${message}`}
                    className='flex items-start gap-3 border-t border-line py-2.5 text-sm first:border-0'
                  >
                    <Icon aria-label={label} className={`mt-0.5 size-4.5 shrink-0 ${tone}`} />
                    <span className='min-w-0 flex-1'>
                      {message}
                      {leftOut && leftOut.leads > maxLeftOut && (
                        <span className='text-ink-soft'>
                          {`. The file holds the first ${formatCount(maxLeftOut)}.`}
                        </span>
                      )}
                    </span>
                    {leftOut && (
                      <span className='-my-1.5 shrink-0'>
                        <LeftOutButton
                          campaignId={campaignId}
                          name={['left-out', leftOut.reason.replaceAll('_', '-'), leftOut.variable].filter(
                            Boolean,
                          ).join('-')}
                          finding={leftOut}
                        />
                      </span>
                    )}
                  </li>
                );
              })}
            </ul>
          )}
        </CardBody>
      </Card>
      <div className='grid content-start gap-5'>
        {data?.estimate && (
          <Card>
            <CardHeader title='How long it takes' />
            <CardBody className='grid gap-1 text-sm'>
              <p className='text-2xl font-semibold tracking-tight'>
                {data.estimate.ends_on
                  ? `Ends on ${formatDay(data.estimate.ends_on)}`
                  : 'Does not end in time'}
              </p>
              <p className='text-ink-soft'>
                {`${plural(data.to_send, 'lead')} and ${
                  plural(data.estimate.emails, 'email')
                } with follow-ups, at most ${formatCount(data.estimate.most_a_day)} a day, from ${
                  formatDay(data.estimate.first_day)
                }${
                  data.estimate.first_mails_until
                    ? `; the last lead is first emailed on ${formatDay(data.estimate.first_mails_until)}`
                    : ''
                }. Replies make it shorter.`}
              </p>
            </CardBody>
          </Card>
        )}
        {data?.costs && (
          <Card>
            <CardHeader title='What it costs' />
            <CardBody className='text-sm'>
              {data.costs.length === 0
                ? (
                  <p className='text-ink-soft'>
                    No costs are recorded for this campaign. Add them in the settings.
                  </p>
                )
                : data.costs.map(({ currency, cost, cost_per_lead }) => (
                  <p key={currency}>
                    <span className='text-2xl font-semibold tracking-tight'>
                      {formatMoney(cost, currency)}
                    </span>
                    {cost_per_lead !== null && (
                      <span className='text-ink-soft'>
                        {` · ${formatMoney(cost_per_lead, currency)} per lead`}
                      </span>
                    )}
                  </p>
                ))}
            </CardBody>
          </Card>
        )}
        <ApprovalCard campaignId={campaignId} />
        {data && !stops && data.to_send > 0 && (
          <p className='text-sm text-ink-soft'>“Export leads” above sends them to the provider.</p>
        )}
      </div>
    </div>
  );
}

/** The leads that are left out, of one finding or of all, as a file to mend them by. */
function LeftOutButton({ campaignId, name, finding }: {
  campaignId: string;
  name: string;
  finding?: LeftOut;
}) {
  return (
    <CsvButton
      name={name}
      headings={['Company', 'Email', 'Reason', 'Missing variables']}
      rows={async function* () {
        yield (await readLeftOut(campaignId, finding)).map((row) => [
          row.name,
          row.email,
          reasonLabel(row.reason),
          row.detail,
        ]);
      }}
    />
  );
}
