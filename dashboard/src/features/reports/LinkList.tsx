import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type ReportLink, reportLinksQuery, revokeReportLink } from '../../data/report-links.ts';
import { ActionFailure } from '../../shared/ActionFailure.tsx';
import { Ago } from '../../shared/Ago.tsx';
import { plural } from '../../shared/format.ts';
import { inZone, Moment, toTheDay, useZone } from '../../shared/moments.tsx';
import { FailureCard } from '../../shared/StateCard.tsx';
import { Badge, type BadgeTone } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';

const states: Record<ReportLink['state'], { label: string; tone: BadgeTone }> = {
  working: { label: 'Working', tone: 'good' },
  expired: { label: 'Expired', tone: 'neutral' },
  revoked: { label: 'Revoked', tone: 'neutral' },
};

/** The links of a report with their openings; those that work can be revoked. */
export function LinkList({ reportId }: { reportId: string }) {
  const links = useQuery(reportLinksQuery(reportId));
  return (
    <section className='grid gap-2 border-t border-line pt-4'>
      <h3 className='text-sm font-medium'>Links</h3>
      {links.error
        ? <FailureCard error={links.error} onRetry={() => void links.refetch()} className='py-4' />
        : !links.data
        ? <Skeleton className='h-16' />
        : links.data.length === 0
        ? <p className='text-sm text-ink-soft'>This report has not been shared yet.</p>
        : (
          <ul className='grid divide-y divide-line'>
            {links.data.map((link) => <LinkRow key={link.id} link={link} />)}
          </ul>
        )}
    </section>
  );
}

function LinkRow({ link }: { link: ReportLink }) {
  const zone = useZone();
  const queryClient = useQueryClient();
  const [isAsked, setAsked] = useState(false);
  const revoke = useMutation({
    mutationFn: () => revokeReportLink(link.id),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['report-links', link.report_id] }),
  });
  const name = link.label ?? 'Unnamed link';
  const isWorking = link.state === 'working';
  return (
    <li className='grid gap-1 py-3 text-sm'>
      <div className='flex items-start justify-between gap-3'>
        <div className='min-w-0'>
          <p className='font-medium wrap-anywhere'>{name}</p>
          <p className='text-ink-soft'>
            {link.opens === 0 ? 'Not opened yet' : (
              <>
                Opened {plural(link.opens, 'time')}, last <Ago at={link.last_opened_at} />
              </>
            )}
          </p>
          <p className='text-ink-soft'>
            {link.revoked_at
              ? `Revoked on ${inZone(link.revoked_at, zone, toTheDay)}`
              : `${isWorking ? 'Works until' : 'Expired on'} ${inZone(link.expires_at, zone, toTheDay)}`}
            {link.has_password && ', with a password'}
          </p>
        </div>
        <div className='grid shrink-0 justify-items-end gap-2'>
          <Badge tone={states[link.state].tone}>{states[link.state].label}</Badge>
          {isWorking && !isAsked && (
            <Button
              size='small'
              aria-label={`Revoke ${name}`}
              onClick={() => setAsked(true)}
            >
              Revoke
            </Button>
          )}
        </div>
      </div>
      {link.locked_until && (
        <p className='text-warm-ink'>
          Locked until <Moment at={link.locked_until} />, after ten wrong passwords.
        </p>
      )}
      {isWorking && isAsked && (
        <div className='flex flex-wrap items-center justify-between gap-2 rounded-lg bg-raised px-3 py-2'>
          <span>It stops working at once, for everybody who has it.</span>
          <span className='flex gap-2'>
            <Button size='small' onClick={() => setAsked(false)}>Keep it</Button>
            <Button
              size='small'
              variant='danger'
              disabled={revoke.isPending}
              onClick={() => revoke.mutate()}
            >
              {revoke.isPending ? 'Revoking …' : 'Revoke the link'}
            </Button>
          </span>
        </div>
      )}
      {revoke.error && <ActionFailure error={revoke.error} />}
    </li>
  );
}
