import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { type ImportRow, importsQuery, maxImports } from '../../data/imports.ts';
import { useSession } from '../../data/session.ts';
import { useClientId } from '../../routing/use-client.ts';
import { LongName, momentColumn, stateColumn, TwoLines } from '../../shared/columns.tsx';
import { DataTable } from '../../shared/DataTable.tsx';
import { formatCount } from '../../shared/format.ts';
import { PageHeader } from '../../shared/PageHeader.tsx';
import { StateCard } from '../../shared/StateCard.tsx';
import type { Column } from '../../shared/table-types.ts';
import { Card } from '../../ui/card.tsx';
import { NewImport } from './NewImport.tsx';
import { importState } from './outcomes.ts';

const route = getRouteApi('/shell/imports');

/** A new list for operators, and every list that was imported. */
export function ImportsPage() {
  const clientId = useClientId();
  const { campaign } = route.useSearch();
  const isOperator = useSession()?.role === 'operator';
  const imports = useQuery(importsQuery(clientId));
  return (
    <>
      <PageHeader title={isOperator ? 'Import leads' : 'Imported lists'} />
      <div className='grid gap-6'>
        {isOperator && <NewImport key={campaign ?? ''} campaignId={campaign} clientId={clientId} />}
        <Card>
          <DataTable
            label='Imports'
            title='Imported lists'
            hint='Each list with what came of its rows'
            columns={isOperator && !clientId ? [...columns, clientColumn] : columns}
            rows={imports.data}
            rowKey={(row) => row.import_id}
            error={imports.error}
            onRetry={() => void imports.refetch()}
            sort={{ id: 'created_at', desc: true }}
            readCount={imports.data?.length}
            isWhole={(imports.data?.length ?? 0) < maxImports}
            csvName='imports'
            empty={
              <StateCard
                kind='empty'
                title='No lists imported yet'
                advice={isOperator
                  ? 'Choose a campaign and a file above. Nothing is emailed by an import.'
                  : 'Lists that your agency imports for you appear here.'}
              />
            }
          />
        </Card>
      </div>
    </>
  );
}

const columns: Column<ImportRow>[] = [
  {
    id: 'file_name',
    header: 'List',
    value: (row) => row.file_name,
    onPhone: 'title',
    cell: (row) => (
      <TwoLines
        first={
          <Link
            to='/imports/$importId'
            params={{ importId: row.import_id }}
            className='break-all underline-offset-4 hover:underline'
          >
            {row.file_name}
          </Link>
        }
        second={row.campaign_name}
      />
    ),
  },
  stateColumn('status', 'State', importState),
  count('done_rows', 'Rows'),
  count('imported', 'Imported'),
  count('updated', 'Updated'),
  count('not_imported', 'Not imported'),
  {
    id: 'requested_by_name',
    header: 'By',
    value: (row) => row.requested_by_name ?? (row.requested_by === null ? 'a script' : 'your agency'),
    onPhone: 'hidden',
    isExtra: true,
  },
  momentColumn('created_at', 'Started'),
];

const clientColumn: Column<ImportRow> = {
  id: 'client_name',
  header: 'Client',
  value: (row) => row.client_name,
  onPhone: 'wide',
  cell: (row) => <LongName>{row.client_name}</LongName>,
};

function count(
  id: 'done_rows' | 'imported' | 'updated' | 'not_imported',
  header: string,
): Column<ImportRow> {
  return { id, header, align: 'right', value: (row) => row[id], cell: (row) => formatCount(row[id]) };
}
