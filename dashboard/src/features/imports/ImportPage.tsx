import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { useState } from 'react';
import { cancelImport, importQuery, type ImportRow, undoImport } from '../../data/imports.ts';
import { useSession } from '../../data/session.ts';
import { InZoneOf } from '../../routing/use-time-zone.tsx';
import { ActionDialog } from '../../shared/ActionDialog.tsx';
import { ActionFailure } from '../../shared/ActionFailure.tsx';
import { formatCount, plural } from '../../shared/format.ts';
import { Moment } from '../../shared/moments.tsx';
import { PageHeader } from '../../shared/PageHeader.tsx';
import { FailureCard, StateCard } from '../../shared/StateCard.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card, CardBody, CardHeader } from '../../ui/card.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ImportOutcomes } from './ImportOutcomes.tsx';
import { importState } from './outcomes.ts';
import { ImportProgress } from './ImportProgress.tsx';
import { stopSending } from './sending.ts';

const route = getRouteApi('/shell/imports/$importId');

/** One list: how far it is, what came of its rows, and undoing it. */
export function ImportPage() {
  const { importId } = route.useParams();
  const query = useQuery(importQuery(importId));
  const row = query.data;
  if (query.error && !row) {
    return (
      <Card>
        <FailureCard error={query.error} onRetry={() => void query.refetch()} />
      </Card>
    );
  }
  if (row === null) {
    return (
      <Card>
        <StateCard
          kind='empty'
          title='Import not found'
          advice='It does not exist, or you do not have access. Check the address, or choose it from the list.'
          action={
            <Button asChild>
              <Link to='/imports'>Show all imports</Link>
            </Button>
          }
        />
      </Card>
    );
  }
  return (
    <InZoneOf clientId={row?.client_id}>
      <PageHeader
        title={row?.file_name ?? 'Import'}
        above={
          <Link to='/imports' className='inline-flex items-center gap-1.5 text-ink-soft hover:text-ink'>
            <ArrowLeft aria-hidden className='size-4' /> All imports
          </Link>
        }
        note={row
          ? (
            <>
              <Badge tone={importState(row).tone}>{importState(row).label}</Badge>
              <Link
                to='/campaigns/$campaignId'
                params={{ campaignId: row.campaign_id }}
                className='font-medium text-ink underline-offset-4 hover:underline'
              >
                {row.campaign_name}
              </Link>
              <Moment at={row.created_at} />
            </>
          )
          : <Skeleton className='h-5 w-40' />}
      >
        {row && <Actions row={row} />}
      </PageHeader>
      {row ? <Content row={row} /> : <Skeleton className='h-72' />}
    </InZoneOf>
  );
}

function Content({ row }: { row: ImportRow }) {
  const isOperator = useSession()?.role === 'operator';
  return (
    <div className='grid gap-6'>
      {row.status === 'running' && (
        <Card>
          <CardHeader title='Progress' />
          <CardBody>
            <ImportProgress row={row} isSender={isOperator} />
          </CardBody>
        </Card>
      )}
      {row.status === 'undone' && row.undo_result && (
        <Card>
          <StateCard
            kind='empty'
            title='This import was undone'
            advice={`${plural(row.undo_result.removed, 'lead')} removed, ${
              formatCount(row.undo_result.restored)
            } put back to what they were${
              row.undo_result.kept > 0
                ? `, ${formatCount(row.undo_result.kept)} kept because they were exported`
                : ''
            }.`}
          />
        </Card>
      )}
      <ImportOutcomes row={row} />
    </div>
  );
}

function Actions({ row }: { row: ImportRow }) {
  const isOperator = useSession()?.role === 'operator';
  const [isAsking, setAsking] = useState(false);
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: ['import', row.import_id] });
  const cancel = useMutation({
    mutationFn: () => {
      stopSending();
      return cancelImport(row.import_id);
    },
    onSettled: refresh,
  });
  const undo = useMutation({
    mutationFn: () => undoImport(row.import_id),
    onSuccess: () => setAsking(false),
    onSettled: refresh,
  });
  const kept = row.imported + row.updated;
  if (!isOperator) return null;
  return (
    <>
      {row.status === 'running' && (
        <Button disabled={cancel.isPending} onClick={() => cancel.mutate()}>
          {cancel.isPending ? 'Cancelling …' : 'Cancel'}
        </Button>
      )}
      {cancel.error ? <ActionFailure error={cancel.error} /> : null}
      {(row.status === 'completed' || row.status === 'cancelled' || row.status === 'undoing') && kept > 0 && (
        <Button onClick={() => setAsking(true)}>Undo this import</Button>
      )}
      {isAsking && (
        <ActionDialog
          title='Undo this import?'
          description={`${plural(row.imported, 'lead')} are removed, and ${
            formatCount(row.updated)
          } that were updated get their earlier values. This is possible until any of them is exported.`}
          action='Undo import'
          busy='Undoing …'
          isDangerous
          mutation={undo}
          onSubmit={() => undo.mutate()}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
