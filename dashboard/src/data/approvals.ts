// Whether a client approved a campaign's leads and emails.
import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { read } from './failure.ts';
import { type Enums, supabase } from './supabase.ts';

export type ApprovalState = 'not_needed' | 'missing' | 'outdated' | Enums['approval_state'];

/** The state of a campaign's approval, and the requests so far, newest first. */
export const approvalQuery = (campaignId: string) =>
  queryOptions({
    queryKey: ['approval', campaignId],
    queryFn: async () => {
      const [state, requests] = await Promise.all([
        read(supabase().rpc('campaign_approval', { target_campaign_id: campaignId })),
        read(
          supabase().from('campaign_approvals').select('*').eq('campaign_id', campaignId)
            .order('requested_at', { ascending: false }).limit(20),
        ),
      ]);
      return { state: state as ApprovalState, requests };
    },
  });

/** A client's campaigns that wait for its answer, the one that waits longest first. */
export const waitingApprovalsQuery = (clientId: string) =>
  queryOptions({
    queryKey: ['waiting-approvals', clientId],
    queryFn: () =>
      read(
        supabase().from('campaign_approvals')
          .select('id, campaign_id, lead_count, requested_at, campaigns(name)')
          .eq('client_id', clientId).eq('state', 'requested').order('requested_at').limit(100),
      ),
  });

export interface AnsweredApproval {
  campaignId: string;
  campaign: string;
  client: string;
  isApproved: boolean;
}

/** An answer older than this is no news. */
const newsDays = 14;

/** Answers of all clients after which the campaign was neither asked for again nor exported, newest first. */
export async function readAnsweredApprovals(): Promise<AnsweredApproval[]> {
  const since = new Date(Date.now() - newsDays * 86_400_000).toISOString();
  const answers = await read(
    supabase().from('campaign_approvals')
      .select('campaign_id, state, answered_at, campaigns(name), clients(name)')
      .neq('state', 'requested').gte('answered_at', since).order('answered_at', { ascending: false }).limit(
        100,
      ),
  );
  if (answers.length === 0) return [];
  const ids = [...new Set(answers.map((row) => row.campaign_id))];
  const [asked, exported] = await Promise.all([
    read(
      supabase().from('campaign_approvals').select('campaign_id, at:requested_at').in('campaign_id', ids)
        .gte('requested_at', since).limit(1_000),
    ),
    read(
      supabase().from('client_exports').select('campaign_id, at:created_at').in('campaign_id', ids)
        .gte('created_at', since).limit(1_000),
    ),
  ]);
  return answers.filter((answer) =>
    ![...asked, ...exported].some(({ campaign_id, at }) =>
      campaign_id === answer.campaign_id && Date.parse(at ?? '') > Date.parse(answer.answered_at ?? '')
    )
  ).map((answer) => ({
    campaignId: answer.campaign_id,
    campaign: answer.campaigns.name,
    client: answer.clients.name,
    isApproved: answer.state === 'approved',
  }));
}

const asked = z.object({ people: z.number(), mailed: z.number() });

/** How many people of the client can answer, and how many of them get an email. */
export async function requestApproval(
  campaignId: string,
  comment: string,
): Promise<z.infer<typeof asked>> {
  return asked.parse(
    await read(
      supabase().rpc('request_approval', {
        target_campaign_id: campaignId,
        ...(comment.trim() === '' ? {} : { comment }),
      }),
    ),
  );
}

export async function answerApproval(
  approvalId: string,
  answer: 'approved' | 'changes_asked',
  comment: string,
): Promise<void> {
  await read(
    supabase().rpc('answer_approval', {
      approval_id: approvalId,
      answer,
      ...(comment.trim() === '' ? {} : { comment }),
    }),
  );
}
