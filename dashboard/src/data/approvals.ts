// Whether a client approved a campaign's leads and emails.
import { queryOptions } from '@tanstack/react-query';
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

export async function requestApproval(campaignId: string, comment: string): Promise<void> {
  await read(
    supabase().rpc('request_approval', {
      target_campaign_id: campaignId,
      ...(comment.trim() === '' ? {} : { comment }),
    }),
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
