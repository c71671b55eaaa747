// The columns of campaigns side by side: in the list of campaigns, and in the ranking of a period.
import { Trophy } from 'lucide-react';
import { type CampaignRow, campaignState } from '../data/campaigns.ts';
import type { RankedCampaign } from '../data/ranking.ts';
import { Badge } from '../ui/badge.tsx';
import { Age, isOld } from './Age.tsx';
import { CampaignLink, LongName, rateColumn, stateColumn } from './columns.tsx';
import { nothing, rateChange } from './format.ts';
import type { Column } from './table-types.ts';
import { ChangeNote } from './Tile.tsx';

type Comparable = Omit<RankedCampaign, 'change'>;

/** `life` gives the campaign over all time: state and age come from there. */
function commonColumns<Row extends Comparable>({ all, best, life, inBetween = [], beforeContacted = [] }: {
  all: readonly CampaignRow[];
  best: ReadonlySet<string>;
  life: (row: Row) => CampaignRow | undefined;
  inBetween?: Column<Row>[];
  beforeContacted?: Column<Row>[];
}): Column<Row>[] {
  const asOf = (row: Row) => life(row)?.as_of ?? null;
  return [
    {
      id: 'name',
      header: 'Campaign',
      value: (row) => row.name,
      onPhone: 'title',
      cell: (row) => (
        <span className='inline-flex flex-wrap items-center gap-x-2 gap-y-1'>
          <CampaignLink id={row.campaign_id}>{row.name}</CampaignLink>
          {best.has(row.campaign_id) && (
            // Always of the last 30 days, regardless of the period of the table.
            <Badge tone='warm' title='The highest positive rate of the last 30 days'>
              <Trophy aria-hidden /> Best performer
            </Badge>
          )}
        </span>
      ),
    },
    ...inBetween,
    stateColumn('state', 'State', (row) => {
      const known = life(row);
      return known ? campaignState(known) : { label: nothing, tone: 'neutral' };
    }, { onPhone: 'wide' }),
    ...beforeContacted,
    { id: 'contacted', header: 'Contacted', value: (row) => row.contacted, align: 'right' },
    {
      id: 'replied',
      header: 'Replied',
      value: (row) => row.replied,
      align: 'right',
      onPhone: 'hidden',
      isExtra: true,
    },
    rateColumn('reply'),
    { id: 'positive', header: 'Positive', value: (row) => row.positive, align: 'right' },
    rateColumn('positive'),
    // The age of the numbers is shown once per page; this column appears with the first exception. A file always has it.
    {
      id: 'as_of',
      header: 'As of',
      value: asOf,
      onPhone: 'hidden',
      inTable: all.some((row) => isOld(row.as_of)),
      cell: (row) => isOld(asOf(row)) ? <Age asOf={asOf(row)} className='text-xs whitespace-nowrap' /> : null,
    },
  ];
}

export function campaignColumns({ all, best, clientNames }: {
  /** Every campaign of the list. */
  all: readonly CampaignRow[];
  best: ReadonlySet<string>;
  /** Names by id, where the list holds campaigns of several clients. */
  clientNames?: ReadonlyMap<string, string>;
}): Column<CampaignRow>[] {
  const client = (row: CampaignRow) => clientNames?.get(row.client_id) ?? '';
  return commonColumns<CampaignRow>({
    all,
    best,
    life: (row) => row,
    inBetween: clientNames
      ? [{
        id: 'client',
        header: 'Client',
        onPhone: 'wide',
        value: client,
        cell: (row) => <LongName>{client(row)}</LongName>,
      }]
      : [],
    beforeContacted: [
      {
        id: 'leads',
        header: 'Leads',
        value: (row) => row.leads,
        align: 'right',
        onPhone: 'hidden',
        isExtra: clientNames !== undefined,
      },
    ],
  });
}

export function rankingColumns({ isCompared, lives, best }: {
  isCompared: boolean;
  best: ReadonlySet<string>;
  lives: ReadonlyMap<string, CampaignRow>;
}): Column<RankedCampaign>[] {
  const columns = commonColumns<RankedCampaign>({
    all: [...lives.values()],
    best,
    life: (row) => lives.get(row.campaign_id),
  });
  const change: Column<RankedCampaign> = {
    id: 'change',
    header: 'Change',
    value: (row) => row.change,
    align: 'right',
    cell: (row) =>
      row.enough_signal
        ? (
          <span className='text-xs whitespace-nowrap'>
            <ChangeNote change={rateChange(row.change ?? null, 0)} />
          </span>
        )
        : nothing,
  };
  return isCompared ? columns.toSpliced(-1, 0, change) : columns;
}
