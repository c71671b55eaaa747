import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import {
  answerApproval,
  approvalQuery,
  type ApprovalState,
  requestApproval,
} from '../../../data/approvals.ts';
import { useSession } from '../../../data/session.ts';
import { ActionDialog } from '../../../shared/ActionDialog.tsx';
import { plural } from '../../../shared/format.ts';
import { Moment } from '../../../shared/moments.tsx';
import { FailureCard } from '../../../shared/StateCard.tsx';
import { Badge, type BadgeTone } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { Card, CardBody, CardHeader } from '../../../ui/card.tsx';
import { cn } from '../../../ui/class-names.ts';
import { Field, fieldLooks } from '../../../ui/input.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { toast } from '../../../ui/toast.tsx';

const states: Record<
  Exclude<ApprovalState, 'not_needed'>,
  { label: string; tone: BadgeTone; operator: string; client: string }
> = {
  missing: {
    label: 'Not asked',
    tone: 'neutral',
    operator: 'The export waits until the client has approved leads and emails.',
    client: 'Your agency asks for your approval before anything is sent.',
  },
  requested: {
    label: 'Waiting for the client',
    tone: 'warm',
    operator: 'The client has not answered yet.',
    client: 'Read the emails under “Emails and schedule” and the leads, then answer. Nothing is sent before.',
  },
  changes_asked: {
    label: 'Changes requested',
    tone: 'warm',
    operator: 'Make the changes, then ask again.',
    client: 'Your agency is working on your changes and will ask again.',
  },
  approved: {
    label: 'Approved',
    tone: 'good',
    operator: 'Leads and emails are as the client approved them.',
    client: 'You approved the leads and emails as they are now.',
  },
  outdated: {
    label: 'Changed since',
    tone: 'warm',
    operator: 'Leads or emails were changed after the approval: ask again.',
    client: 'Something was changed after your approval. Your agency will ask again.',
  },
};

/** Who learns of it: a request that reaches no one would be waited for in vain. */
function askedText({ people, mailed }: { people: number; mailed: number }): string {
  if (people === 0) {
    return 'Asked, but no person of this client can sign in yet: invite one under Settings → People';
  }
  if (mailed === 0) return 'Asked. No email was sent: the client sees it in its overview';
  return `The client was asked: ${plural(mailed, 'person gets', 'people get')} an email`;
}

/** Whether the client approved leads and emails: asked by operators, answered by people of the client. */
export function ApprovalCard({ campaignId }: { campaignId: string }) {
  const role = useSession()?.role;
  const queryClient = useQueryClient();
  const approval = useQuery(approvalQuery(campaignId));
  const [open, setOpen] = useState<'ask' | 'approved' | 'changes_asked'>();
  const [comment, setComment] = useState('');
  const newest = approval.data?.requests[0];
  const send = useMutation({
    mutationFn: async () => {
      if (open === 'ask' || open === undefined) return askedText(await requestApproval(campaignId, comment));
      await answerApproval(newest?.id ?? '', open, comment);
      return open === 'approved' ? 'Approved' : 'Your changes were sent';
    },
    onSuccess: async (outcome) => {
      await Promise.all([
        queryClient.invalidateQueries(approvalQuery(campaignId)),
        queryClient.invalidateQueries({ queryKey: ['export-check', campaignId] }),
        queryClient.invalidateQueries({ queryKey: ['waiting-approvals'] }),
        // Their badges say what is waited for.
        queryClient.invalidateQueries({ queryKey: ['campaign', campaignId] }),
        queryClient.invalidateQueries({ queryKey: ['campaigns'] }),
        queryClient.invalidateQueries({ queryKey: ['attention'] }),
      ]);
      toast(outcome);
      setOpen(undefined);
      setComment('');
    },
  });
  if (approval.error && !approval.data) {
    return (
      <Card>
        <FailureCard error={approval.error} onRetry={() => void approval.refetch()} className='py-4' />
      </Card>
    );
  }
  if (!approval.data) return <Skeleton className='h-32' />;
  const { state, requests } = approval.data;
  if (state === 'not_needed') return null;
  const { label, tone, ...text } = states[state];
  const titles = {
    ask: [
      'Ask for approval',
      'Ask the client',
      'The client sees leads and emails as they are now, and answers on this page.',
    ],
    approved: ['Approve leads and emails', 'Approve', 'Your agency can export the campaign after this.'],
    changes_asked: ['Ask for changes', 'Send', 'Nothing is sent to anyone until you approve.'],
  } as const;
  return (
    <Card aria-label='Approval'>
      <CardHeader title='Approval by the client'>
        <Badge tone={tone}>{label}</Badge>
      </CardHeader>
      <CardBody className='grid gap-4 text-sm'>
        <p className='text-ink-soft'>{role === 'operator' ? text.operator : text.client}</p>
        {role === 'operator' && state !== 'approved' && (
          <div>
            <Button variant={state === 'requested' ? 'secondary' : 'primary'} onClick={() => setOpen('ask')}>
              {state === 'missing' ? 'Ask for approval' : 'Ask again'}
            </Button>
          </div>
        )}
        {role === 'client' && state === 'requested' && (
          <div className='flex flex-wrap gap-2'>
            <Button variant='primary' onClick={() => setOpen('approved')}>Approve</Button>
            <Button onClick={() => setOpen('changes_asked')}>Ask for changes</Button>
          </div>
        )}
        {requests.length > 0 && (
          <ol className='grid gap-2.5 border-t border-line pt-3'>
            {requests.slice(0, 5).map((request) => (
              <li key={request.id} className='grid gap-1'>
                <span className='text-xs text-ink-soft'>
                  Asked <Moment at={request.requested_at} /> for {plural(request.lead_count, 'lead')}
                </span>
                {request.request_comment && (
                  <span className='whitespace-pre-wrap'>{request.request_comment}</span>
                )}
                {request.answered_at && (
                  <span>
                    <span className='font-medium'>
                      {request.state === 'approved' ? 'Approved' : 'Changes requested'}
                    </span>{' '}
                    <Moment at={request.answered_at} className='text-xs text-ink-soft' />
                    {request.answer_comment && (
                      <span className='block whitespace-pre-wrap'>{request.answer_comment}</span>
                    )}
                  </span>
                )}
              </li>
            ))}
          </ol>
        )}
      </CardBody>
      {open && (
        <ActionDialog
          title={titles[open][0]}
          description={titles[open][2]}
          action={titles[open][1]}
          busy='Sending …'
          isReady={open !== 'changes_asked' || comment.trim() !== ''}
          mutation={send}
          onSubmit={() => send.mutate()}
          onClose={() => setOpen(undefined)}
        >
          <Field
            label={open === 'changes_asked' ? 'What should change' : 'Comment'}
            htmlFor='approval-comment'
            {...(open === 'changes_asked' ? {} : { hint: 'Optional.' })}
          >
            <textarea
              id='approval-comment'
              rows={4}
              maxLength={2_000}
              className={cn(fieldLooks, 'h-auto w-full resize-y py-2')}
              value={comment}
              onChange={(event) => setComment(event.target.value)}
            />
          </Field>
        </ActionDialog>
      )}
    </Card>
  );
}
