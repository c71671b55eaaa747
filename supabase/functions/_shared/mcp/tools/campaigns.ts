import { z } from 'zod';
import { campaignNumbers, readCampaigns } from '../campaign-numbers.ts';
import { clientInput } from '../campaign-choice.ts';
import { numbersText } from '../numbers.ts';
import { periodFor, periodInput, periodOutput, periodText, toOutput } from '../period.ts';
import { defineTool } from '../tool.ts';
import { age, oldest, oneLine } from '../words.ts';

export const campaigns = defineTool({
  name: 'campaigns',
  title: 'Campaigns',
  description:
    'Campaigns with their numbers in a period (by default all time), the best or largest first. Also finds the id of a campaign by a part of its name.',
  input: z.object({
    ...periodInput,
    period: periodInput.period.unwrap().default('all_time'),
    search: z.string().trim().min(1).max(200).optional().describe('A part of the name'),
    client_id: clientInput.optional(),
    order_by: z.enum(['sent', 'reply_rate', 'positive_rate', 'replied', 'positive', 'name']).default('sent'),
    limit: z.int().min(1).max(50).default(20),
    offset: z.int().min(0).max(10_000).default(0).describe('How many to skip, for the next page'),
  }),
  output: z.object({
    period: periodOutput,
    campaigns: z.array(campaignNumbers),
    has_more: z.boolean(),
  }),
  answer: async ({ client_id, search, order_by, limit, offset, ...asked }, context) => {
    const period = await periodFor(asked, client_id, context);
    const found = await readCampaigns({
      days: period.days,
      clientId: client_id,
      search,
      orderBy: order_by,
      limit: limit + 1,
      offset,
    }, context);
    const shown = found.slice(0, limit);
    return {
      data: { period: toOutput(period), campaigns: shown, has_more: found.length > limit },
      text: [
        `${periodText(period)}, by ${order_by}. Rates are shares of the people contacted.`,
        ...(shown.length === 0
          ? ['No campaign that you may see fits.']
          : shown.map((campaign) =>
            `- ${oneLine(campaign.name)} (${campaign.campaign_id}, ${campaign.status ?? 'not exported'}): ${
              numbersText({ ...campaign, meetings: campaign.meetings ?? undefined })
            }`
          )),
        ...(found.length > limit ? [`More campaigns exist; ask with offset ${offset + limit}.`] : []),
        `The numbers are ${age(oldest(shown))}.`,
      ].join('\n'),
    };
  },
});
