import { leadVariables } from './payloads.ts';
import type { Workspace } from './state.ts';
import type { JsonObject, Lead, StepMark } from './types.ts';

const iso = (
  instant: number | undefined,
): string | null => (instant === undefined ? null : new Date(instant).toISOString());
const stepOf = (mark: StepMark | undefined): number | null => mark?.step ?? null;
const variantOf = (mark: StepMark | undefined): number | null => mark?.variant ?? null;

/** A lead as the API shows it. Custom variables appear only inside `payload`. */
export function showLead(workspace: Workspace, lead: Lead): JsonObject {
  const { lastSent, lastOpen, lastClick, lastReply, fields } = lead;
  const touched = Math.max(lastOpen?.at ?? 0, lastClick?.at ?? 0, lastReply?.at ?? 0);
  const executed = iso(lastSent?.at);
  return {
    id: lead.id,
    timestamp_created: iso(lead.created),
    timestamp_updated: iso(lead.updated),
    organization: workspace.id,
    campaign: lead.campaign,
    status: lead.status,
    email: lead.email,
    personalization: fields.personalization ?? '',
    website: fields.website,
    last_name: fields.last_name,
    first_name: fields.first_name,
    company_name: fields.company_name,
    job_title: fields.job_title,
    phone: fields.phone,
    email_open_count: lead.opens,
    email_reply_count: lead.replies,
    email_click_count: lead.clicks,
    company_domain: lead.email?.split('@')[1] ?? '',
    status_summary: lastSent === undefined ? {} : {
      lastStep: {
        from: 'campaign',
        stepID: `0_${lastSent.step - 1}_${lastSent.variant - 1}`,
        timestamp_executed: executed,
      },
    },
    payload: leadVariables(lead),
    status_summary_subseq: {},
    last_step_from: lastSent === undefined ? null : 'campaign',
    last_step_id: null,
    last_step_timestamp_executed: executed,
    email_opened_step: stepOf(lastOpen),
    email_opened_variant: variantOf(lastOpen),
    email_replied_step: stepOf(lastReply),
    email_replied_variant: variantOf(lastReply),
    email_clicked_step: stepOf(lastClick),
    email_clicked_variant: variantOf(lastClick),
    ...(lead.interest !== undefined && { lt_interest_status: lead.interest }),
    subsequence_id: null,
    verification_status: 1,
    pl_value_lead: lead.opportunityValue,
    timestamp_added_subsequence: null,
    timestamp_last_contact: executed,
    timestamp_last_open: iso(lastOpen?.at),
    timestamp_last_reply: iso(lastReply?.at),
    timestamp_last_interest_change: iso(lead.interestChanged),
    timestamp_last_click: iso(lastClick?.at),
    enrichment_status: 1,
    list_id: lead.list,
    last_contacted_from: lastSent === undefined ? null : lead.account ?? null,
    uploaded_by_user: workspace.record.owner,
    upload_method: 'api',
    assigned_to: lead.assignedTo,
    is_website_visitor: null,
    timestamp_last_touch: touched === 0 ? null : iso(touched),
    esp_code: 1,
    esg_code: 0,
  };
}
