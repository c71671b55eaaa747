import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { campaignsQuery } from '../../data/campaigns.ts';
import { clientNamesQuery } from '../../data/clients.ts';
import { formatCount } from '../../shared/format.ts';
import { Button } from '../../ui/button.tsx';
import { Card, CardBody, CardHeader } from '../../ui/card.tsx';
import { Field } from '../../ui/input.tsx';
import { Select } from '../../ui/select.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { FailureCard, StateCard } from '../../shared/StateCard.tsx';
import { FilePicker, useList } from './FilePicker.tsx';
import { MappingForm } from './MappingForm.tsx';

/** From a campaign and a file to the columns of the list; the import has a page of its own. */
export function NewImport({ campaignId, clientId }: {
  campaignId: string | undefined;
  clientId: string | undefined;
}) {
  const campaigns = useQuery(campaignsQuery(clientId));
  const names = useQuery(clientNamesQuery);
  const [chosen, setChosen] = useState(campaignId ?? '');
  const list = useList();
  // A reader that is not handed over to an import ends with the page.
  useEffect(() => list.release, []);

  if (campaigns.error) {
    return (
      <Card>
        <FailureCard error={campaigns.error} onRetry={() => void campaigns.refetch()} />
      </Card>
    );
  }
  if (!campaigns.data) return <Skeleton className='h-72' />;
  const open = campaigns.data.filter((row) =>
    row.provider_status !== 'deleted' && row.provider_status !== 'moved'
  );
  if (open.length === 0) {
    return (
      <Card>
        <StateCard
          kind='empty'
          title='No campaign to import into'
          advice='Create a campaign first. Its leads come from a list that you import here.'
          action={
            <Button asChild variant='primary'>
              <Link to='/campaigns' search={(kept) => ({ client: kept.client })}>Go to campaigns</Link>
            </Button>
          }
        />
      </Card>
    );
  }
  const campaign = open.find((row) => row.campaign_id === chosen);
  const clientName = (id: string) => names.data?.find((client) => client.id === id)?.name;
  return (
    <Card>
      <CardHeader
        title='New list'
        hint='CSV or TSV with up to 100,000 rows and 50 MB. Nothing is emailed by an import.'
      />
      <CardBody className='grid gap-5'>
        <Field label='Campaign' htmlFor='import-campaign'>
          <Select
            id='import-campaign'
            className='w-full max-w-md'
            value={campaign ? chosen : ''}
            onValueChange={setChosen}
            choices={[
              { value: '', label: 'Choose a campaign' },
              ...open.map((row) => ({
                value: row.campaign_id,
                label: clientId
                  ? row.name
                  : [row.name, clientName(row.client_id)].filter(Boolean).join(' – '),
              })),
            ]}
          />
        </Field>
        {campaign && (list.opened
          ? (
            <MappingForm
              key={`${campaign.client_id} ${list.opened.checksum} ${list.opened.header_row}`}
              campaign={campaign}
              list={list.opened}
              fileName={list.fileName}
              takeReader={list.take}
              onHeadings={(headings) => void list.reopen(headings)}
              onClose={list.release}
            />
          )
          : <FilePicker isReading={list.isReading} problem={list.problem} onChoose={list.choose} />)}
        {list.opened && !campaign && (
          <p role='status' className='text-sm text-ink-soft'>
            {list.fileName}: {formatCount(list.opened.count)} rows. Choose the campaign they are for.
          </p>
        )}
      </CardBody>
    </Card>
  );
}
