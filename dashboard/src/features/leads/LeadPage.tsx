import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { ArrowLeft, Ban, Trash2, UserX } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { leadQuery, type LeadRow } from '../../data/leads.ts';
import { useSession } from '../../data/session.ts';
import { suppressionReasons } from '../../data/suppressions.ts';
import { InZoneOf } from '../../routing/use-time-zone.tsx';
import { Moment } from '../../shared/moments.tsx';
import { PageHeader } from '../../shared/PageHeader.tsx';
import { personName, SentimentBadge } from '../../shared/person/labels.tsx';
import { Timeline } from '../../shared/person/Timeline.tsx';
import { FailureCard, StateCard } from '../../shared/StateCard.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { MeetingAct } from '../meetings/MeetingAct.tsx';
import { ErasePersonDialog } from '../personal-data/ErasePersonDialog.tsx';
import { ExportButton } from '../personal-data/ExportButton.tsx';
import { CampaignsCard, FieldsCard, OriginCard, VariablesCard } from './LeadCards.tsx';
import { LiftDialog } from './LiftDialog.tsx';
import { RemoveLeadsDialog } from './RemoveLeadsDialog.tsx';
import { SuppressDialog } from './SuppressDialog.tsx';

const HubSpotCard = lazy(() =>
  import('./HubSpotCard.tsx').then((module) => ({ default: module.HubSpotCard }))
);

const route = getRouteApi('/shell/leads/$clientId/$email');

/** A person and, over it, the dialog that erases it: the page below loses the lead while that shows its report. */
export function LeadPage() {
  const { clientId, email } = route.useParams();
  const navigate = useNavigate();
  const [isErasing, setErasing] = useState(false);
  return (
    <>
      <Lead clientId={clientId} email={email} onErase={() => setErasing(true)} />
      {isErasing && (
        <ErasePersonDialog
          person={{ email, clientId }}
          onClose={() => setErasing(false)}
          onErased={() => void navigate({ to: '/leads' })}
        />
      )}
    </>
  );
}

interface Shown {
  clientId: string;
  email: string;
  onErase: () => void;
}

/** A person (an address within a client): fields, campaigns, origin, and everything that happened. */
function Lead({ clientId, email, onErase }: Shown) {
  const lead = useQuery(leadQuery(clientId, email));
  const isOperator = useSession()?.role === 'operator';
  const back = (
    <Link to='/leads' className='inline-flex items-center gap-1.5 text-ink-soft hover:text-ink'>
      <ArrowLeft aria-hidden className='size-4' /> All leads
    </Link>
  );
  if (lead.isPending) {
    return (
      <>
        <PageHeader title={email} above={back} note={<Skeleton className='h-5 w-40' />} />
        <div aria-busy className='grid gap-4'>
          <Skeleton className='h-40 w-full' />
          <Skeleton className='h-72 w-full' />
        </div>
      </>
    );
  }
  const first = lead.data?.[0];
  if (!first) {
    return (
      <>
        <PageHeader title={email} above={back} />
        <Card>
          {lead.error ? <FailureCard error={lead.error} onRetry={() => void lead.refetch()} /> : (
            <StateCard
              kind='empty'
              title='Lead not found'
              advice='No campaign of this client has this address, or you do not have access. Choose one from the list.'
            />
          )}
        </Card>
      </>
    );
  }
  const leads = lead.data ?? [];
  return (
    <InZoneOf clientId={clientId}>
      <PageHeader
        title={personName({ ...first, email })}
        above={back}
        note={<About lead={first} email={email} />}
      >
        <MeetingAct
          leads={leads.flatMap((lead) =>
            lead.lead_id ? [{ leadId: lead.lead_id, campaignName: lead.campaign_name }] : []
          )}
        />
        {isOperator && <Acts leads={leads} first={first} email={email} onErase={onErase} />}
      </PageHeader>
      <div className='grid items-start gap-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]'>
        <Card className='pt-4'>
          <Timeline clientId={clientId} email={email} />
        </Card>
        <div className='grid gap-5'>
          <FieldsCard lead={first} />
          {isOperator && (
            <Suspense>
              <HubSpotCard leads={leads} />
            </Suspense>
          )}
          <CampaignsCard leads={leads} />
          <VariablesCard leads={leads} />
          <OriginCard leads={leads} />
        </div>
      </div>
    </InZoneOf>
  );
}

function About({ lead, email }: { lead: LeadRow; email: string }) {
  return (
    <>
      {(lead.first_name ?? lead.last_name) && <span className='break-all'>{email}</span>}
      <span className='font-medium text-ink'>{lead.client_name}</span>
      <SentimentBadge sentiment={lead.interest_status} />
      {lead.is_role_address && <Badge tone='neutral'>Role address</Badge>}
      {lead.suppressed_reason && (
        <span className='inline-flex flex-wrap items-center gap-1.5'>
          <Badge tone='warm'>{`Suppressed: ${suppressionReasons[lead.suppressed_reason]}`}</Badge>
          <span>
            since <Moment at={lead.suppressed_at} />
            {lead.suppressed_entry && lead.suppressed_entry !== email && ` with ${lead.suppressed_entry}`}
            {lead.suppressed_for_all && ', for all clients'}
            {lead.suppressed_note && `: ${lead.suppressed_note}`}
          </span>
        </span>
      )}
    </>
  );
}

/** What an operator can do with the person. */
function Acts({ leads, first, email, onErase }: {
  leads: readonly LeadRow[];
  first: LeadRow;
  email: string;
  onErase: () => void;
}) {
  const queryClient = useQueryClient();
  const [act, setAct] = useState<'suppress' | 'lift' | 'remove'>();
  const close = () => setAct(undefined);
  const changed = () => {
    for (const key of [['lead'], ['leads'], ['list', 'suppressions']]) {
      void queryClient.invalidateQueries({ queryKey: key });
    }
  };
  const entry = first.suppressed_entry ?? email;
  return (
    <>
      {first.suppressed_reason
        ? first.suppressed_reason !== 'erased' && (
          <Button onClick={() => setAct('lift')}>Remove suppression</Button>
        )
        : (
          <Button onClick={() => setAct('suppress')}>
            <Ban aria-hidden /> Suppress
          </Button>
        )}
      {leads.some(({ state }) => state !== 'removed') && (
        <Button onClick={() => setAct('remove')}>
          <Trash2 aria-hidden /> Remove
        </Button>
      )}
      <ExportButton person={{ email, clientId: first.client_id }} />
      <Button onClick={onErase}>
        <UserX aria-hidden /> Erase …
      </Button>
      {act === 'suppress' && (
        <SuppressDialog clientId={first.client_id} given={[email]} onDone={changed} onClose={close} />
      )}
      {act === 'remove' && <RemoveLeadsDialog leads={leads} onDone={changed} onClose={close} />}
      {act === 'lift' && (
        <LiftDialog
          entry={entry}
          clientId={first.suppressed_for_all ? null : first.client_id}
          onLifted={changed}
          onClose={close}
        />
      )}
    </>
  );
}
