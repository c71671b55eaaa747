import { z } from 'zod';
import { type CampaignNumbers, campaignNumbers, readCampaigns } from '../campaign-numbers.ts';
import { campaignInput, chooseCampaign, clientInput } from '../campaign-choice.ts';
import { numbersText } from '../numbers.ts';
import { type Days, periodFor, periodInput, periodOutput, periodText, toOutput } from '../period.ts';
import { AppError } from '../../platform/errors.ts';
import { type Asked, defineTool } from '../tool.ts';
import { age, oldest, oneLine, percent } from '../words.ts';

const place = z.object({ campaign_id: z.string(), name: z.string(), rate: z.number() }).nullable();

export const compare = defineTool({
  name: 'compare',
  title: 'Compare campaigns',
  description:
    'Two to five campaigns side by side in the same days, by name or id, and which has the best reply rate and the best rate of positive replies among those with enough people. A difference between small campaigns can be chance.',
  input: z.object({
    campaigns: z.array(campaignInput).min(2).max(5).describe('Ids, names or parts of names'),
    ...periodInput,
    client_id: clientInput.optional(),
  }),
  output: z.object({
    period: periodOutput,
    campaigns: z.array(campaignNumbers).describe('in the order in which they were asked for'),
    best_reply_rate: place.describe('null: fewer than two campaigns with enough people'),
    best_positive_rate: place,
  }),
  answer: async ({ campaigns, client_id, ...asked }, context) => {
    const period = await periodFor(asked, client_id, context);
    const chosen = await Promise.all(campaigns.map((text) => chooseCampaign(text, client_id, context)));
    const ids = chosen.map(({ id }) => id);
    if (new Set(ids).size < ids.length) {
      throw new AppError('VALIDATION_FAILED', 'Two of these are the same campaign; name different ones');
    }
    const numbers = await readOf(chosen, period.days, context);
    const rows = ids.map((id) => numbers.get(id)).filter((row) => row !== undefined);
    const replies = best(rows, 'reply_rate');
    const positives = best(rows, 'positive_rate');
    return {
      data: {
        period: toOutput(period),
        campaigns: rows,
        best_reply_rate: replies,
        best_positive_rate: positives,
      },
      text: [
        `${periodText(period)}. Rates are shares of the people contacted.`,
        ...rows.map((row) =>
          `- ${oneLine(row.name)} (${row.campaign_id}): ${
            numbersText({ ...row, meetings: row.meetings ?? undefined })
          }`
        ),
        replies
          ? `Best reply rate: ${oneLine(replies.name)}, ${percent(replies.rate)}.`
          : 'Fewer than two of them have enough people for a comparison of rates.',
        ...(positives
          ? [`Best rate of positive replies: ${oneLine(positives.name)}, ${percent(positives.rate)}.`]
          : []),
        `The numbers are ${age(oldest(rows))}.`,
      ].join('\n'),
    };
  },
});

/** One read per client, because the reports look at one client's campaigns much faster than at all of them. */
async function readOf(
  chosen: { id: string; client_id: string }[],
  days: Days | null,
  context: Asked,
): Promise<Map<string, CampaignNumbers>> {
  const clients = [...new Set(chosen.map(({ client_id }) => client_id))];
  const found = await Promise.all(clients.map((clientId) =>
    readCampaigns({
      days,
      clientId,
      ids: chosen.filter(({ client_id }) => client_id === clientId).map(({ id }) => id),
      orderBy: 'name',
      limit: chosen.length,
      offset: 0,
    }, context)
  ));
  return new Map(found.flat().map((row) => [row.campaign_id, row]));
}

/** The highest rate where at least two campaigns have enough people; null also for a tie. */
function best(rows: CampaignNumbers[], rate: 'reply_rate' | 'positive_rate'): z.infer<typeof place> {
  const ranked = rows.flatMap((row) => {
    const value = row[rate];
    return row.enough_signal && value !== null
      ? [{ campaign_id: row.campaign_id, name: row.name, rate: value }]
      : [];
  }).sort((left, right) => right.rate - left.rate);
  const [first, second] = ranked;
  return first && second && first.rate > second.rate ? first : null;
}
