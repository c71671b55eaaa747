import { iso, isoOrNull } from '../shared/time.ts';
import { leadVariables } from './payloads.ts';
import { nulls } from './state.ts';
import type { JsonObject } from '../shared/records.ts';
import type { InstantlyWorkspace } from './state.ts';
import type { Lead } from './types.ts';

const empty = nulls('last_step_id subsequence_id timestamp_added_subsequence is_website_visitor');

/** A lead as the API shows it. Custom variables appear only inside `payload`. */
export function showLead(workspace: InstantlyWorkspace, lead: Lead): JsonObject {
  const { lastSent, lastOpen, lastClick, lastReply, fields } = lead;
  const touched = Math.max(lastOpen?.at ?? 0, lastClick?.at ?? 0, lastReply?.at ?? 0);
  const executed = isoOrNull(lastSent?.at);
  return {
    id: lead.id,
    timestamp_created: iso(lead.created),
    timestamp_updated: iso(lead.updated),
    organization: workspace.id,
    campaign: lead.campaign,
    list_id: lead.list,
    status: lead.status,
    email: lead.email,
    company_domain: lead.email?.split('@')[1] ?? '',
    email_open_count: lead.opens,
    email_reply_count: lead.replies,
    email_click_count: lead.clicks,
    status_summary: lastSent === null ? {} : {
      lastStep: {
        from: 'campaign',
        stepID: `0_${lastSent.step - 1}_${lastSent.variant - 1}`,
        timestamp_executed: executed,
      },
    },
    status_summary_subseq: {},
    payload: leadVariables(lead),
    last_step_from: lastSent === null ? null : 'campaign',
    last_step_timestamp_executed: executed,
    email_opened_step: lastOpen?.step ?? null,
    email_opened_variant: lastOpen?.variant ?? null,
    email_replied_step: lastReply?.step ?? null,
    email_replied_variant: lastReply?.variant ?? null,
    email_clicked_step: lastClick?.step ?? null,
    email_clicked_variant: lastClick?.variant ?? null,
    verification_status: 1,
    pl_value_lead: lead.opportunityValue,
    timestamp_last_contact: executed,
    timestamp_last_open: isoOrNull(lastOpen?.at),
    timestamp_last_reply: isoOrNull(lastReply?.at),
    timestamp_last_interest_change: isoOrNull(lead.labelled),
    timestamp_last_click: isoOrNull(lastClick?.at),
    timestamp_last_touch: touched === 0 ? null : iso(touched),
    last_contacted_from: lastSent === null ? null : lead.account,
    enrichment_status: 1,
    uploaded_by_user: workspace.record.owner,
    upload_method: 'api',
    assigned_to: lead.assignedTo,
    esp_code: 1,
    esg_code: 0,
    // What is spread comes last: V8 is many times slower with spreads in front, and a page has a hundred of these.
    ...fields,
    ...empty,
    ...(fields.personalization === null && { personalization: '' }),
    // Absent on a lead nobody has labelled; zero would mean "out of office".
    ...(lead.label !== null && { lt_interest_status: lead.label }),
  };
}
