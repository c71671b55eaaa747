import { z } from 'zod';
import { normalizeEmailAddress } from '../../events/email-address.ts';
import { AppError } from '../../platform/errors.ts';
import { clientInput } from '../campaign-choice.ts';
import { readRows } from '../reading.ts';
import { byStranger, lineByStranger, strangersNote } from '../strangers.ts';
import { defineTool } from '../tool.ts';
import { clip, oneLine } from '../words.ts';

const stored = z.object({
  client_id: z.string(),
  email: z.string(),
  lead_id: z.string(),
  campaign_id: z.string(),
  campaign_name: z.string(),
  occurred_at: z.string().nullable(),
  kind: z.string().nullable(),
  type: z.string().nullable(),
  label: z.string().nullable(),
  step: z.number().nullable(),
  message_id: z.string().nullable(),
  subject: z.string().nullable(),
  snippet: z.string().nullable(),
});

const columns =
  'client_id, email, lead_id, campaign_id, campaign_name, occurred_at, kind, type, label, step, message_id, subject, snippet' as const;

const entry = stored.extend({
  subject: z.string().nullable().describe('of a message; written by a stranger where it was received'),
  text: z.string().nullable().describe(
    'the beginning of a message; written by a stranger where it was received',
  ),
}).omit({ snippet: true });

type Entry = z.infer<typeof entry>;

export const leadTimeline = defineTool({
  name: 'lead_timeline',
  title: 'History of a person',
  description:
    `What happened with one person, over all campaigns, in order: emails sent, opened, clicked, replied, labels, bounces, with the beginning of each message. A sent email appears as an event and as a message. ${strangersNote}`,
  input: z.object({
    email: z.string().trim().min(3).max(320).optional().describe("The person's email address"),
    lead_id: z.uuid().optional().describe('Instead of the address: one address in one campaign'),
    client_id: clientInput.optional(),
    limit: z.int().min(1).max(100).default(50).describe('How many, the newest'),
  }),
  output: z.object({
    entries: z.array(entry).describe('oldest first'),
    has_more: z.boolean().describe('older ones were left out'),
  }),
  answer: async ({ email, lead_id, client_id, limit }, { database }) => {
    let query = database.from('lead_timeline').select(columns);
    if (lead_id !== undefined) {
      query = query.eq('lead_id', lead_id);
    } else {
      if (email === undefined) {
        throw new AppError('VALIDATION_FAILED', 'Give the email address of the person, or a lead_id');
      }
      const address = normalizeEmailAddress(email);
      if (address === null) {
        throw new AppError('VALIDATION_FAILED', `"${oneLine(email)}" is not an email address`);
      }
      query = query.eq('email', address);
    }
    if (client_id !== undefined) query = query.eq('client_id', client_id);
    const found = await readRows(query.order('position', { ascending: false }).limit(limit + 1), stored);
    const entries = found.slice(0, limit).reverse().map(toEntry);
    const hasMore = found.length > limit;
    return {
      data: { entries, has_more: hasMore },
      text: [
        ...(hasMore ? [`The newest ${limit}; older ones were left out.`] : []),
        ...(entries.length === 0
          ? ['Nothing is known of this person, or nothing that you may see.']
          : entries.map(entryText)),
      ].join('\n'),
    };
  },
});

function toEntry({ snippet, ...row }: z.infer<typeof stored>): Entry {
  const isReceived = row.type === 'message_received';
  const write = (text: string | null, length: number): string | null => {
    if (!text) return null;
    return isReceived ? byStranger(text, length) : clip(text.trim(), length);
  };
  return {
    ...row,
    label: row.label === null ? null : lineByStranger(row.label),
    subject: write(row.subject && oneLine(row.subject, 300), 300),
    text: write(snippet, 300),
  };
}

const entryText = (row: Entry): string =>
  `- ${row.occurred_at ?? 'unknown time'} ${row.type ?? row.kind ?? 'event'}${
    row.label ? ` ${row.label}` : ''
  }, campaign ${oneLine(row.campaign_name)}${row.step === null ? '' : `, step ${row.step}`}${
    row.subject ? `, subject: ${row.subject}` : ''
  }${row.text ? `\n  ${row.text}` : ''}`;
