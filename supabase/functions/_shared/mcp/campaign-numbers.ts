import { z } from 'zod';
import { ages, countColumns, counts, rates } from './numbers.ts';
import type { Days } from './period.ts';
import { readRows } from './reading.ts';
import type { Asked } from './tool.ts';

const identity = { client_id: z.string(), campaign_id: z.string(), name: z.string() };

/** One campaign: all time, or in a range of days. */
export const campaignNumbers = z.object({
  ...identity,
  status: z.string().nullable().describe('at the provider; null: not exported yet'),
  ...counts,
  meetings: z.number().nullable().describe('people with a first meeting in the days; null: all time'),
  ...rates,
  ...ages,
});

export type CampaignNumbers = z.infer<typeof campaignNumbers>;

const overLife = z.object({
  ...identity,
  provider_status: z.string().nullable(),
  ...counts,
  ...rates,
  ...ages,
}).transform(({ provider_status, ...rest }): CampaignNumbers => ({
  ...rest,
  status: provider_status,
  meetings: null,
}));

const inDays = z.object({ ...identity, ...counts, meetings: z.number(), ...rates });
const state = z.object({ campaign_id: z.string(), provider_status: z.string().nullable(), ...ages });

const lifeColumns =
  `client_id, campaign_id, name, provider_status, ${countColumns}, reply_rate, positive_rate, enough_signal, as_of, age_seconds` as const;

export interface CampaignFilter {
  days: Days | null;
  clientId?: string | undefined;
  ids?: string[] | undefined;
  /** A part of the name. */
  search?: string | undefined;
  orderBy: 'sent' | 'reply_rate' | 'positive_rate' | 'replied' | 'positive' | 'name';
  limit: number;
  offset: number;
}

export async function readCampaigns(filter: CampaignFilter, { database }: Asked): Promise<CampaignNumbers[]> {
  const pattern = filter.search === undefined ? undefined : `%${filter.search.replace(/[\\%_*]/g, '\\$&')}%`;
  const order = { ascending: filter.orderBy === 'name', nullsFirst: false };
  const end = filter.offset + filter.limit - 1;
  if (filter.days === null) {
    let query = database.from('client_campaigns').select(lifeColumns);
    if (filter.clientId !== undefined) query = query.eq('client_id', filter.clientId);
    if (filter.ids) query = query.in('campaign_id', filter.ids);
    if (pattern !== undefined) query = query.ilike('name', pattern);
    return await readRows(
      query.order(filter.orderBy, order).order('campaign_id').range(filter.offset, end),
      overLife,
    );
  }

  let query = database.rpc('campaigns_between', {
    from_day: filter.days.from,
    to_day: filter.days.to,
    ...(filter.clientId === undefined ? {} : { only_client: filter.clientId }),
  }, { get: true });
  if (filter.ids) query = query.in('campaign_id', filter.ids);
  if (pattern !== undefined) query = query.ilike('name', pattern);
  const rows = await readRows(
    query.order(filter.orderBy, order).order('campaign_id').range(filter.offset, end),
    inDays,
  );
  if (rows.length === 0) return [];
  // A range has no state and no age of its own; both are those of the campaign.
  const states = await readRows(
    database.from('client_campaigns').select('campaign_id, provider_status, as_of, age_seconds')
      .in('campaign_id', rows.map(({ campaign_id }) => campaign_id)),
    state,
  );
  const stateOf = new Map(states.map((entry) => [entry.campaign_id, entry]));
  return rows.map((row) => {
    const known = stateOf.get(row.campaign_id);
    return {
      ...row,
      status: known?.provider_status ?? null,
      as_of: known?.as_of ?? null,
      age_seconds: known?.age_seconds ?? null,
    };
  });
}
