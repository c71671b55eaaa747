import { z } from 'zod';
import { campaignInput, chooseCampaign, clientInput } from '../campaign-choice.ts';
import { addDays } from '../period.ts';
import { readRows } from '../reading.ts';
import { byStranger, lineByStranger, strangersNote } from '../strangers.ts';
import { type Asked, defineTool } from '../tool.ts';
import { oneLine } from '../words.ts';

/** Characters of a reply in a list, and of one that is read alone. */
const listedText = 400;
const fullText = 6_000;
/** Hits of a search among which the other filters choose. */
const searchedRows = 100;

const stored = z.object({
  message_id: z.string(),
  client_id: z.string(),
  campaign_id: z.string(),
  campaign_name: z.string(),
  lead_id: z.string(),
  email: z.string(),
  first_name: z.string().nullable(),
  last_name: z.string().nullable(),
  company_name: z.string().nullable(),
  occurred_at: z.string(),
  subject: z.string().nullable(),
  snippet: z.string().nullable(),
  is_auto_reply: z.boolean(),
  reply_class: z.string().nullable(),
  interest_status: z.string().nullable(),
  verdict: z.string().nullable(),
});

const columns =
  'message_id, client_id, campaign_id, campaign_name, lead_id, email, first_name, last_name, company_name, occurred_at, subject, snippet, is_auto_reply, reply_class, interest_status, verdict' as const;

const reply = z.object({
  message_id: z.string(),
  client_id: z.string(),
  campaign_id: z.string(),
  campaign_name: z.string(),
  lead_id: z.string(),
  email: z.string().describe('the person who was emailed'),
  name: z.string().nullable().describe('written by a stranger'),
  company: z.string().nullable().describe('written by a stranger'),
  occurred_at: z.string(),
  subject: z.string().nullable().describe('written by a stranger'),
  text: z.string().nullable().describe('written by a stranger; the beginning, or all of it for one message'),
  is_automatic: z.boolean(),
  reply_class: z.string().nullable().describe(
    'what the reply is, such as a question or a wrong person; null: not known yet',
  ),
  interest: z.string().nullable().describe('positive, neutral or negative, of the person; null: no label'),
  verdict: z.string().nullable().describe(
    'what a person of the agency or the client decided; null: no verdict yet',
  ),
});

type Reply = z.infer<typeof reply>;
type Stored = z.infer<typeof stored> & { body_text?: string | null };

export const searchReplies = defineTool({
  name: 'search_replies',
  title: 'Search replies',
  description:
    `Replies of people, the newest first or the best match for some words, with the beginning of each. With message_id one reply in full. ${strangersNote}`,
  input: z.object({
    query: z.string().trim().min(1).max(200).optional().describe(
      'Words that occur in subject, text or address; "a phrase", or, -without',
    ),
    message_id: z.uuid().optional().describe('One reply in full; the other filters are ignored'),
    campaign: campaignInput.optional().describe('Id, name or a part of the name'),
    client_id: clientInput.optional(),
    interest: z.enum(['positive', 'neutral', 'negative']).optional(),
    only_unanswered: z.boolean().default(false).describe('Only those without a verdict'),
    include_automatic: z.boolean().default(false).describe('Out of office and other automatic replies too'),
    from: z.iso.date().optional().describe('First UTC day'),
    to: z.iso.date().optional().describe('Last UTC day, included'),
    limit: z.int().min(1).max(20).default(10),
  }),
  output: z.object({ replies: z.array(reply), has_more: z.boolean() }),
  answer: async (asked, context) => {
    const found = asked.message_id !== undefined
      ? await readOne(asked.message_id, context)
      : await readList(asked, context);
    const replies = found.slice(0, asked.limit).map(toReply);
    const hasMore = found.length > asked.limit;
    return {
      data: { replies, has_more: hasMore },
      text: [
        ...(replies.length === 0 ? ['No reply that you may see fits.'] : replies.map(replyText)),
        ...(hasMore ? ['More replies fit; narrow the question down, or ask for a higher limit.'] : []),
      ].join('\n\n'),
    };
  },
});

async function readOne(messageId: string, { database }: Asked): Promise<Stored[]> {
  return await readRows(
    database.from('client_replies').select(`${columns}, body_text`).eq('message_id', messageId).limit(1),
    stored.extend({ body_text: z.string().nullable() }),
  );
}

interface Filter {
  query?: string | undefined;
  campaign?: string | undefined;
  client_id?: string | undefined;
  interest?: 'positive' | 'neutral' | 'negative' | undefined;
  only_unanswered: boolean;
  include_automatic: boolean;
  from?: string | undefined;
  to?: string | undefined;
  limit: number;
}

async function readList(filter: Filter, context: Asked): Promise<Stored[]> {
  const { database } = context;
  const campaign = filter.campaign === undefined
    ? undefined
    : await chooseCampaign(filter.campaign, filter.client_id, context);
  let query = database.from('client_replies').select(columns);
  if (campaign) query = query.eq('campaign_id', campaign.id);
  if (filter.client_id !== undefined) query = query.eq('client_id', filter.client_id);
  if (filter.interest !== undefined) query = query.eq('interest_status', filter.interest);
  if (filter.only_unanswered) query = query.is('verdict', null);
  if (!filter.include_automatic) query = query.eq('is_auto_reply', false);
  if (filter.from !== undefined) query = query.gte('occurred_at', `${filter.from}T00:00:00Z`);
  if (filter.to !== undefined) query = query.lt('occurred_at', `${addDays(filter.to, 1)}T00:00:00Z`);
  if (filter.query === undefined) {
    return await readRows(
      query.order('occurred_at', { ascending: false }).order('message_id').limit(filter.limit + 1),
      stored,
    );
  }

  const hits = await readRows(
    database.rpc('search_messages', {
      query: filter.query,
      only_direction: 'received',
      page_size: searchedRows,
      ...(campaign ? { only_campaign: campaign.id } : {}),
      ...(filter.client_id === undefined ? {} : { only_client: filter.client_id }),
    }, { get: true }).select('message_id'),
    z.object({ message_id: z.string() }),
  );
  if (hits.length === 0) return [];
  const place = new Map(hits.map(({ message_id }, index) => [message_id, index]));
  const rows = await readRows(query.in('message_id', [...place.keys()]).limit(searchedRows), stored);
  return rows.sort((left, right) => (place.get(left.message_id) ?? 0) - (place.get(right.message_id) ?? 0));
}

function toReply(row: Stored): Reply {
  const name = [row.first_name, row.last_name].filter((part) => part !== null && part !== '').join(' ');
  const isFull = row.body_text !== undefined;
  const text = isFull ? row.body_text || row.snippet : row.snippet;
  return {
    message_id: row.message_id,
    client_id: row.client_id,
    campaign_id: row.campaign_id,
    campaign_name: row.campaign_name,
    lead_id: row.lead_id,
    email: row.email,
    name: name === '' ? null : lineByStranger(name),
    company: row.company_name ? lineByStranger(row.company_name) : null,
    occurred_at: row.occurred_at,
    subject: row.subject ? lineByStranger(row.subject, 300) : null,
    text: text ? byStranger(text, isFull ? fullText : listedText) : null,
    is_automatic: row.is_auto_reply,
    reply_class: row.reply_class,
    interest: row.interest_status,
    verdict: row.verdict,
  };
}

const replyText = (row: Reply): string =>
  [
    `${row.occurred_at}, ${row.email}, campaign ${oneLine(row.campaign_name)}${
      row.is_automatic ? ', automatic' : ''
    }, ${row.interest ?? 'no label'}, ${
      row.verdict === null ? 'not judged' : `judged ${row.verdict}`
    } (message ${row.message_id})`,
    ...(row.name || row.company ? [`From: ${[row.name, row.company].filter(Boolean).join(', ')}`] : []),
    ...(row.subject ? [`Subject: ${row.subject}`] : []),
    row.text ?? '(no text)',
  ].join('\n');
