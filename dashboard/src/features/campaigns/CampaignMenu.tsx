import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import {
  CirclePause,
  CirclePlay,
  Copy,
  Ellipsis,
  ExternalLink,
  FileUp,
  MessageCircleQuestionMark,
  Trash2,
} from 'lucide-react';
import { useState } from 'react';
import {
  campaignLink,
  deleteCampaign,
  duplicateCampaign,
  pauseOrResume,
  whyQuery,
} from '../../data/campaign-setup.ts';
import type { CampaignRow } from '../../data/campaigns.ts';
import { describeFailure } from '../../data/failure.ts';
import { useSession } from '../../data/session.ts';
import { ActionDialog } from '../../shared/ActionDialog.tsx';
import { Moment } from '../../shared/moments.tsx';
import { FailureCard } from '../../shared/StateCard.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Dropdown, DropdownItem } from '../../ui/dropdown.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { toast } from '../../ui/toast.tsx';

const sending = ['active', 'running_subsequences'];

/** What is done to a campaign as a whole: more leads brought in, paused, resumed, asked why it rests, copied, deleted. */
export function CampaignMenu({ campaign }: { campaign: CampaignRow }) {
  const isOperator = useSession()?.role === 'operator';
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const [dialog, setDialog] = useState<'why' | 'delete'>();
  const id = campaign.campaign_id;
  const isExported = campaign.provider_status !== null;
  const isSending = sending.includes(campaign.provider_status ?? '');
  const refresh = () =>
    queryClient.invalidateQueries({
      predicate: ({ queryKey }) => ['campaign', 'campaigns'].includes(String(queryKey[0])),
    });
  const failed = (error: unknown) => toast(describeFailure(error).title, 'bad');
  const turn = useMutation({
    mutationFn: () => pauseOrResume(id, isSending ? 'pause' : 'resume'),
    onSuccess: async (status) => {
      await refresh();
      toast(
        status === 'paused'
          ? 'Paused: no email goes out until you resume it'
          : campaign.provider_status === 'draft'
          ? 'Started: the first emails go out in the next sending window'
          : 'Resumed',
      );
    },
    onError: failed,
  });
  const copy = useMutation({
    mutationFn: () => duplicateCampaign(id),
    onSuccess: async (campaignId) => {
      await refresh();
      toast('Copied: settings and emails, without leads');
      await navigate({
        to: '/campaigns/$campaignId',
        params: { campaignId },
        search: (kept) => ({ ...kept, tab: 'setup' }),
      });
    },
    onError: failed,
  });
  const visit = useMutation({
    mutationFn: () => campaignLink(id),
    onSuccess: (link) => {
      open(link, '_blank', 'noopener');
    },
    onError: failed,
  });
  const remove = useMutation({
    mutationFn: () => deleteCampaign(id),
    onSuccess: async () => {
      await refresh();
      toast('Campaign deleted');
      await navigate({ to: '/campaigns' });
    },
  });
  if (!isOperator && !isExported) return null;
  return (
    <>
      {isOperator && (
        <Button asChild>
          <Link to='/imports' search={{ campaign: id }}>
            <FileUp aria-hidden /> Import leads
          </Link>
        </Button>
      )}
      {isOperator && isExported &&
        (isSending || campaign.provider_status === 'paused' || campaign.provider_status === 'draft') && (
        <Button
          disabled={turn.isPending}
          onClick={() => turn.mutate()}
        >
          {isSending ? <CirclePause aria-hidden /> : <CirclePlay aria-hidden />}
          {turn.isPending
            ? 'Asking the provider …'
            : isSending
            ? 'Pause'
            : campaign.provider_status === 'draft'
            ? 'Start'
            : 'Resume'}
        </Button>
      )}
      <Dropdown
        trigger={
          <Button size='icon' aria-label='More actions'>
            <Ellipsis aria-hidden />
          </Button>
        }
      >
        {isExported && (
          <DropdownItem onSelect={() => setDialog('why')}>
            <MessageCircleQuestionMark aria-hidden /> Why is it not sending?
          </DropdownItem>
        )}
        {isOperator && isExported && (
          <DropdownItem onSelect={() => visit.mutate()}>
            <ExternalLink aria-hidden /> Open at the provider
          </DropdownItem>
        )}
        {isOperator && (
          <DropdownItem onSelect={() => copy.mutate()}>
            <Copy aria-hidden /> Duplicate
          </DropdownItem>
        )}
        {isOperator && !isExported && (
          <DropdownItem onSelect={() => setDialog('delete')}>
            <Trash2 aria-hidden /> Delete
          </DropdownItem>
        )}
      </Dropdown>
      {dialog === 'why' && <WhyDialog campaignId={id} onClose={() => setDialog(undefined)} />}
      {dialog === 'delete' && (
        <ActionDialog
          title='Delete this campaign?'
          description={`“${campaign.name}” was never exported. It is deleted with its leads and emails; this cannot be undone.`}
          action='Delete campaign'
          busy='Deleting …'
          isDangerous
          mutation={remove}
          onSubmit={() => remove.mutate()}
          onClose={() => setDialog(undefined)}
        />
      )}
    </>
  );
}

function WhyDialog({ campaignId, onClose }: { campaignId: string; onClose: () => void }) {
  const why = useQuery(whyQuery(campaignId));
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title='Why is it not sending?'
      description='What the provider reports, and what its schedule and mailboxes show.'
      footer={<Button onClick={onClose}>Close</Button>}
    >
      {why.isPending && <Skeleton className='h-16' />}
      {why.error && <FailureCard error={why.error} onRetry={() => void why.refetch()} className='py-4' />}
      {why.data && (
        <div className='grid gap-3 text-sm'>
          {why.data.is_sending
            ? <p>Nothing holds it: it is sending, or will with the next free mailbox.</p>
            : (
              <ul className='grid gap-2'>
                {why.data.reasons.map(({ code, message }) => (
                  <li key={code} className='rounded-lg bg-warm-wash px-3 py-2 text-warm-ink'>{message}</li>
                ))}
              </ul>
            )}
          <p className='text-xs text-ink-soft'>
            {why.data.last_sent_at && (
              <>
                Last email: <Moment at={why.data.last_sent_at} />.{' '}
              </>
            )}
            {why.data.asked_provider
              ? ''
              : 'This provider has no status report, so this is read from the schedule and the mailboxes.'}
          </p>
        </div>
      )}
    </Dialog>
  );
}
