import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ClipboardCheck } from 'lucide-react';
import { waitingApprovalsQuery } from '../../data/approvals.ts';
import { useSession } from '../../data/session.ts';
import { plural } from '../../shared/format.ts';
import { Moment } from '../../shared/moments.tsx';
import { Card } from '../../ui/card.tsx';

/** Campaigns that are not sent before the client answers; nothing where none waits. */
export function WaitingApprovals({ clientId }: { clientId: string }) {
  const isOperator = useSession()?.role === 'operator';
  const waiting = useQuery(waitingApprovalsQuery(clientId)).data;
  if (!waiting?.length) return null;
  return (
    <Card aria-labelledby='waiting-approvals' className='mb-4 border-warm/40'>
      <div className='flex items-start gap-3 px-5 py-4'>
        <span className='grid size-9 shrink-0 place-items-center rounded-full bg-warm-wash text-warm-ink'>
          <ClipboardCheck aria-hidden className='size-4.5' />
        </span>
        <div className='grid min-w-0 flex-1 gap-3'>
          <div>
            <h2 id='waiting-approvals' className='text-sm font-semibold'>
              {isOperator ? 'Waiting for the client’s approval' : 'Waiting for your approval'}
            </h2>
            <p className='text-sm text-ink-soft'>
              {isOperator
                ? 'Nothing of these campaigns is sent before the client answers.'
                : 'Nothing of these campaigns is sent before you answer.'}
            </p>
          </div>
          <ul className='grid gap-2'>
            {waiting.map(({ id, campaign_id, campaigns, lead_count, requested_at }) => (
              <li key={id} className='flex flex-wrap items-baseline gap-x-3 gap-y-0.5 text-sm'>
                <Link
                  to='/campaigns/$campaignId'
                  params={{ campaignId: campaign_id }}
                  search={({ client }) => ({ client, tab: 'check' as const })}
                  className='min-w-0 font-medium wrap-anywhere text-brand hover:underline'
                >
                  {campaigns.name}
                </Link>
                <span className='text-xs text-ink-soft'>
                  {plural(lead_count, 'lead')}, asked <Moment at={requested_at} />
                </span>
              </li>
            ))}
          </ul>
        </div>
      </div>
    </Card>
  );
}
