import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import {
  clientReportsQuery,
  kindNames,
  reportMailsQuery,
  type ReportRow,
  reportSettingsQuery,
} from '../../data/client-reports.ts';
import { clientQuery } from '../../data/clients.ts';
import { useSession } from '../../data/session.ts';
import { useClientId } from '../../routing/use-client.ts';
import { momentColumn, stateColumn } from '../../shared/columns.tsx';
import { DataTable } from '../../shared/DataTable.tsx';
import { formatTimeZone } from '../../shared/time-zone.tsx';
import { PageHeader } from '../../shared/PageHeader.tsx';
import { FailureCard, StateCard } from '../../shared/StateCard.tsx';
import type { Column } from '../../shared/table-types.ts';
import { Card } from '../../ui/card.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ReportSetup } from './ReportSetup.tsx';
import { periodText, stateOfReport } from './report-text.ts';

/** Reports of a client: operators set up and send them, its people read those that were sent. */
export function ReportsPage() {
  const clientId = useClientId();
  const isOperator = useSession()?.role === 'operator';
  if (clientId === undefined) {
    return (
      <>
        <PageHeader title='Reports' />
        <Card>
          <StateCard
            kind='empty'
            title='Choose a client'
            advice='Each client has its own weekly and monthly report. Choose one at the top of the page.'
          />
        </Card>
      </>
    );
  }
  return isOperator ? <OperatorsView clientId={clientId} /> : (
    <>
      <PageHeader title='Reports' />
      <SentReports clientId={clientId} isOperator={false} />
    </>
  );
}

function OperatorsView({ clientId }: { clientId: string }) {
  const client = useQuery(clientQuery(clientId));
  const settings = useQuery(reportSettingsQuery(clientId));
  return (
    <>
      <PageHeader
        title='Reports'
        note={settings.data &&
          (
            <>
              <span>{client.data?.name}</span>
              <span>times in {formatTimeZone(settings.data.time_zone)}</span>
            </>
          )}
      />
      <div className='grid gap-6'>
        {settings.data ? <ReportSetup key={clientId} saved={settings.data} /> : settings.error
          ? (
            <Card>
              <FailureCard error={settings.error} onRetry={() => void settings.refetch()} />
            </Card>
          )
          : <Skeleton className='h-96' />}
        <SentReports clientId={clientId} isOperator />
      </div>
    </>
  );
}

function SentReports({ clientId, isOperator }: { clientId: string; isOperator: boolean }) {
  const reports = useQuery(clientReportsQuery(clientId));
  const emails = useQuery({ ...reportMailsQuery(clientId), enabled: isOperator });
  const state = stateColumn<ReportRow>('sent_at', 'State', (row) => stateOfReport(row, emails.data));
  return (
    <Card>
      <DataTable
        label='Sent reports'
        title='Sent reports'
        hint={isOperator ? 'Each as it was sent; open one to see to whom' : 'Each as it was sent to you'}
        columns={isOperator ? [...columns, state, madeColumn] : [...columns, sentColumn]}
        rows={reports.data}
        rowKey={(row) => row.id}
        error={reports.error ?? emails.error}
        onRetry={() => {
          void reports.refetch();
          if (isOperator) void emails.refetch();
        }}
        sort={{ id: 'to_day', desc: true }}
        readCount={reports.data?.length}
        csvName='reports'
        empty={
          <StateCard
            kind='empty'
            title='No reports sent yet'
            advice={isOperator
              ? 'Switch on a schedule above, or send the last period now.'
              : 'When your agency sends you a report, it appears here too.'}
          />
        }
      />
    </Card>
  );
}

const columns: Column<ReportRow>[] = [
  {
    id: 'to_day',
    header: 'Period',
    value: (row) => row.to_day,
    onPhone: 'title',
    cell: (row) => (
      <Link
        to='/reports/$reportId'
        params={{ reportId: row.id }}
        className='font-medium underline-offset-4 hover:underline'
      >
        {periodText(row)}
      </Link>
    ),
  },
  { id: 'kind', header: 'Report', value: (row) => kindNames[row.kind] },
];
const madeColumn = momentColumn<ReportRow>('created_at', 'Made');
const sentColumn = momentColumn<ReportRow>('sent_at', 'Sent');
