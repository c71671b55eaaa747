import { z } from 'zod';
import { campaignInput, chooseCampaign, clientInput } from '../campaign-choice.ts';
import { readRows } from '../reading.ts';
import { defineTool } from '../tool.ts';
import { money, number, oneLine, percent } from '../words.ts';

const amount = z.number().nullable();

const shared = {
  client_id: z.string(),
  currency: z.string().nullable(),
  cost: amount.describe('spent, in this currency'),
  sent: z.number().nullable(),
  leads: z.number().nullable(),
  replied: z.number().nullable(),
  positive: z.number().nullable(),
  cost_per_email: amount,
  cost_per_lead: amount,
  cost_per_reply: amount,
  cost_per_positive_reply: amount,
  estimated_revenue: amount.describe('positive replies × the value of one; null: no value is set'),
  roi: amount.describe('(estimated_revenue - cost) / cost'),
};

const sharedColumns =
  'client_id, currency, cost, sent, leads, replied, positive, cost_per_email, cost_per_lead, cost_per_reply, cost_per_positive_reply, estimated_revenue, roi' as const;

const ofClient = z.object({ client_name: z.string(), cost_without_campaign: amount, ...shared });
const ofCampaign = z.object({ campaign_id: z.string(), campaign_name: z.string(), ...shared });

export const costs = defineTool({
  name: 'costs',
  title: 'Costs',
  description:
    'What was spent, per client or per campaign, over all time: cost per email, lead, reply and positive reply, estimated revenue and return. Each currency has rows of its own; never add them up. Empty where the agency does not show costs.',
  input: z.object({
    by: z.enum(['client', 'campaign']).default('client'),
    campaign: campaignInput.optional().describe('Id, name or a part of the name of one campaign'),
    client_id: clientInput.optional(),
    limit: z.int().min(1).max(50).default(20),
  }),
  output: z.object({
    clients: z.array(ofClient),
    campaigns: z.array(ofCampaign),
    has_more: z.boolean(),
  }),
  answer: async ({ by, campaign, client_id, limit }, context) => {
    const { database } = context;
    const chosen = campaign === undefined ? undefined : await chooseCampaign(campaign, client_id, context);
    if (by === 'client' && chosen === undefined) {
      let query = database.from('client_costs').select(
        `client_name, cost_without_campaign, ${sharedColumns}`,
      );
      if (client_id !== undefined) query = query.eq('client_id', client_id);
      const found = await readRows(
        query.order('cost', { ascending: false, nullsFirst: false }).order('client_id').order('currency')
          .limit(limit + 1),
        ofClient,
      );
      const clients = found.slice(0, limit);
      return {
        data: { clients, campaigns: [], has_more: found.length > limit },
        text: text(clients.map((row) => ({ ...row, name: row.client_name })), found.length > limit),
      };
    }
    let query = database.from('campaign_costs').select(`campaign_id, campaign_name, ${sharedColumns}`);
    if (client_id !== undefined) query = query.eq('client_id', client_id);
    if (chosen) query = query.eq('campaign_id', chosen.id);
    const found = await readRows(
      query.order('cost', { ascending: false, nullsFirst: false }).order('campaign_id').order('currency')
        .limit(limit + 1),
      ofCampaign,
    );
    const campaigns = found.slice(0, limit);
    return {
      data: { clients: [], campaigns, has_more: found.length > limit },
      text: text(campaigns.map((row) => ({ ...row, name: row.campaign_name })), found.length > limit),
    };
  },
});

interface Written {
  name: string;
  currency: string | null;
  cost: number | null;
  replied: number | null;
  cost_per_reply: number | null;
  positive: number | null;
  cost_per_positive_reply: number | null;
  estimated_revenue: number | null;
  roi: number | null;
}

function text(rows: Written[], hasMore: boolean): string {
  if (rows.length === 0) {
    return 'No costs: none are entered, or the agency does not show costs to you.';
  }
  const lines = rows.map((row) => {
    const currency = row.currency ?? '';
    return `- ${oneLine(row.name)}: ${money(row.cost, currency)} spent; ${
      number(row.replied ?? 0)
    } replies at ${money(row.cost_per_reply, currency)}, ${number(row.positive ?? 0)} positive at ${
      money(row.cost_per_positive_reply, currency)
    }; estimated revenue ${money(row.estimated_revenue, currency)}${
      row.roi === null ? '' : `, return ${percent(row.roi)}`
    }`;
  });
  return [
    'All time. Each currency on its own line.',
    ...lines,
    ...(hasMore ? ['More rows exist; ask for one client or campaign, or for a higher limit.'] : []),
  ].join('\n');
}
