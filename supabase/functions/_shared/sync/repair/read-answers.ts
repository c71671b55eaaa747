/** Answers that people wrote in the provider's own inbox. */
import { z } from 'zod';
import { sanitiseHtml, textOfHtml } from '../../messages/sanitise.ts';
import { callFunction, isDataError } from '../../platform/database.ts';
import { ProviderError, type ProviderReplies, type WrittenMail } from '../../providers/provider.ts';
import type { SyncContext } from '../context.ts';
import { type MailWalk, walkMails } from './mail-walk.ts';

/** The replies are read from the same 20 calls a minute. A page is 100 answers. */
const maxPages = 5;

/** As far as reply times look back. */
const firstLook = 90 * 86_400_000;

/** Conversations per sync where each is a call of its own: less than a tenth of what Smartlead allows in an hour. */
const maxConversations = 60;

const conversations = z.array(z.object({
  lead_id: z.uuid(),
  email: z.string(),
  provider_campaign_id: z.string(),
  provider_lead_id: z.string().nullable(),
}));

/** Reads them from where the last sync stopped, or conversation by conversation. False when the time is up. */
export async function readAnswers(context: SyncContext, walk: MailWalk): Promise<boolean> {
  const { replies } = context.session;
  if (replies === undefined) return true;
  if (replies.listWritten === undefined) return await readConversations(context, replies, walk);
  return await walkMails(context, walk, {
    source: 'answers',
    firstLook,
    maxPages,
    read: async (since, cursor) =>
      await replies.listWritten?.(since, cursor) ?? { items: [], next: undefined },
    store: (listed) =>
      record(context, walk.connectionId, listed.map(({ mail }) => mail).filter((mail) => mail !== undefined)),
  });
}

async function readConversations(
  context: SyncContext,
  replies: ProviderReplies,
  walk: MailWalk,
): Promise<boolean> {
  if (replies.readWritten === undefined) return true;
  const due = await callFunction(context.database, 'list_answers_to_read', {
    target_connection_id: walk.connectionId,
    most: maxConversations - walk.pages,
  }, conversations);
  let read = walk.pages;
  for (const lead of due) {
    if (walk.isOutOfTime()) return false;
    const mails = await readLead(replies, lead);
    // Each is written down as read, so that a killed run does not read it again.
    const inserted = await record(context, walk.connectionId, mails, [lead.lead_id]);
    await walk.save(++read, inserted);
  }
  return true;
}

/** A lead that is gone at the provider has no answers there. */
async function readLead(replies: ProviderReplies, lead: z.infer<typeof conversations>[number]) {
  try {
    return await replies.readWritten?.({
      providerCampaignId: lead.provider_campaign_id,
      providerLeadId: lead.provider_lead_id,
      email: lead.email,
    }) ?? [];
  } catch (error) {
    if (error instanceof ProviderError && error.kind === 'not_found') return [];
    throw error;
  }
}

/** Together, or one by one if the database cannot hold one of them: that one is skipped. */
async function record(
  context: SyncContext,
  connectionId: string,
  mails: WrittenMail[],
  readLeads: string[] = [],
): Promise<number> {
  if (mails.length === 0 && readLeads.length === 0) return 0;
  const store = (some: WrittenMail[], leads: string[]) =>
    callFunction(context.database, 'record_provider_answers', {
      target_connection_id: connectionId,
      mails: some.map(forDatabase),
      read_lead_ids: leads,
    }, z.number());
  try {
    return await store(mails, readLeads);
  } catch (error) {
    if (!isDataError(error)) throw error;
  }
  let recorded = await store([], readLeads);
  for (const mail of mails) {
    try {
      recorded += await store([mail], []);
    } catch (error) {
      if (!isDataError(error)) throw error;
      console.error(
        JSON.stringify({ message: 'An answer written at the provider cannot be stored', at: mail.at }),
      );
    }
  }
  return recorded;
}

/** Its words are there at once, because an answer of ours is recognised by them. */
function forDatabase(mail: WrittenMail) {
  return {
    mail_id: mail.id,
    at: mail.at,
    email: mail.email,
    provider_campaign_id: mail.providerCampaignId,
    thread_id: mail.threadId,
    account: mail.account,
    to: mail.to,
    subject: mail.subject,
    text: mail.text ?? (mail.html === null ? null : textOfHtml(sanitiseHtml(mail.html))),
    html: mail.html,
  };
}
