import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ExternalLink, Send } from 'lucide-react';
import {
  contactAddress,
  type CrmLead,
  crmLeadsQuery,
  dealAddress,
  describeCrmFailure,
  pushLead,
} from '../../data/crm.ts';
import { meetingStatuses } from '../../data/meetings.ts';
import type { LeadRow } from '../../data/leads.ts';
import { ActionFailure } from '../../shared/ActionFailure.tsx';
import { Moment } from '../../shared/moments.tsx';
import { formatMoney } from '../../shared/money.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card, CardBody, CardHeader } from '../../ui/card.tsx';
import { toast } from '../../ui/toast.tsx';

/** Where a person is in HubSpot, for operators; nothing where no account is connected. */
export function HubSpotCard({ leads }: { leads: readonly LeadRow[] }) {
  const ids = leads.flatMap(({ lead_id: id }) => id ?? []);
  const records = useQuery(crmLeadsQuery(ids));
  if (records.error && !records.data) {
    return (
      <Card aria-labelledby='in-hubspot'>
        <CardHeader id='in-hubspot' title='In HubSpot' />
        <CardBody className='grid justify-items-start gap-3'>
          <ActionFailure error={records.error} />
          <Button size='small' onClick={() => void records.refetch()}>Try again</Button>
        </CardBody>
      </Card>
    );
  }
  if (!records.data || records.data.length === 0) return null;
  return (
    <Card aria-labelledby='in-hubspot'>
      <CardHeader id='in-hubspot' title='In HubSpot' />
      <CardBody>
        <ul className='grid gap-4'>
          {records.data.map((record) => (
            <Record
              key={record.lead_id}
              record={record}
              campaignName={records.data.length > 1
                ? leads.find(({ lead_id: id }) => id === record.lead_id)?.campaign_name
                : undefined}
            />
          ))}
        </ul>
      </CardBody>
    </Card>
  );
}

function Record({ record, campaignName }: { record: CrmLead; campaignName: string | undefined }) {
  const queryClient = useQueryClient();
  const push = useMutation({
    mutationFn: () => pushLead(record.lead_id),
    onSuccess: () => toast('On its way to HubSpot'),
    onError: (error) => {
      const { title, advice } = describeCrmFailure(error);
      toast(`${title}. ${advice}`, 'bad');
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['crm', 'leads'] }),
  });
  const isWaiting = record.last_state === 'waiting';
  return (
    <li className='grid gap-2 text-sm'>
      {campaignName && <p className='font-medium'>{campaignName}</p>}
      <div className='grid gap-1'>
        {record.contact_id
          ? (
            <p className='flex flex-wrap items-center gap-x-4 gap-y-1'>
              <Outside href={contactAddress(record, record.contact_id)}>Contact</Outside>
              {record.deal_id && !record.deal_gone_at && (
                <Outside href={dealAddress(record, record.deal_id)}>Deal</Outside>
              )}
              {record.stage_name && !record.deal_gone_at && <Badge tone='brand'>{record.stage_name}</Badge>}
              {record.reported_status && (
                <Badge tone={meetingStatuses[record.reported_status as keyof typeof meetingStatuses].tone}>
                  {meetingStatuses[record.reported_status as keyof typeof meetingStatuses].label}
                </Badge>
              )}
              {record.amount !== null && record.currency && (
                <span>{formatMoney(record.amount, record.currency)}</span>
              )}
            </p>
          )
          : <p className='text-ink-soft'>{isWaiting ? 'On its way.' : 'Not pushed yet.'}</p>}
        {record.pushed_at && (
          <p className='text-ink-soft'>
            Pushed <Moment at={record.pushed_at} />
          </p>
        )}
        {record.deal_gone_at && (
          <p className='text-ink-soft'>
            The deal was deleted or merged there, so no other one is made.
          </p>
        )}
        {record.switched_off_at
          ? <p className='text-warm-ink'>The account is switched off; see Settings → CRM.</p>
          : record.last_state !== 'delivered' && record.last_error
          ? (
            <p className='text-bad'>
              {record.last_error}
              {isWaiting && '. The next attempt comes automatically'}.
            </p>
          )
          : record.last_note && <p className='text-ink-soft'>{record.last_note}.</p>}
      </div>
      {!record.switched_off_at && (
        <span>
          <Button size='small' disabled={push.isPending} onClick={() => push.mutate()}>
            <Send aria-hidden /> {record.contact_id ? 'Push again' : 'Push to HubSpot'}
          </Button>
        </span>
      )}
    </li>
  );
}

function Outside({ href, children }: { href: string; children: string }) {
  return (
    <a
      href={href}
      target='_blank'
      rel='noreferrer noopener'
      className='inline-flex items-center gap-1 underline underline-offset-4'
    >
      {children} <ExternalLink aria-hidden className='size-3.5' />
    </a>
  );
}
