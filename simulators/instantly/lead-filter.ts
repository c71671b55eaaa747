import type { JsonObject } from '../shared/records.ts';
import type { InstantlyWorkspace } from './state.ts';
import type { Lead } from './types.ts';

type Test = (lead: Lead, workspace: InstantlyWorkspace) => boolean;

const status = (wanted: number): Test => (lead) => lead.status === wanted;
const interest = (wanted: number): Test => (lead) => lead.label === wanted;
/** Whether the lead carries a label of the workspace's own, and of which kind. */
const custom = (isPositive: boolean): Test => ({ label }, workspace) =>
  label !== null && Math.abs(label) > 4 &&
  (isPositive
    ? workspace.isPositive(label)
    : workspace.labelFor(label)?.interest_status_label === 'negative');

const filters: Readonly<Record<string, Test>> = {
  FILTER_VAL_CONTACTED: (lead) => lead.lastSent !== null,
  FILTER_VAL_NOT_CONTACTED: (lead) => lead.lastSent === null,
  FILTER_VAL_COMPLETED: status(3),
  FILTER_VAL_UNSUBSCRIBED: status(-2),
  FILTER_VAL_ACTIVE: status(1),
  FILTER_VAL_BOUNCED: status(-1),
  FILTER_VAL_SKIPPED: status(-3),
  FILTER_VAL_RISKY: () => false,
  FILTER_VAL_INVALID: () => false,
  FILTER_VAL_VALID: () => true,
  FILTER_VAL_IN_SUBSEQUENCE: () => false,
  FILTER_VAL_OPENED_NO_REPLY: (lead) => lead.opens > 0 && lead.replies === 0,
  FILTER_VAL_COMPLETED_NO_REPLY: (lead) => lead.status === 3 && lead.replies === 0,
  FILTER_VAL_NO_OPENS: (lead) => lead.opens === 0,
  FILTER_VAL_REPLIED: (lead) => lead.replies > 0,
  FILTER_VAL_LINK_CLICKED: (lead) => lead.clicks > 0,
  FILTER_LEAD_INTERESTED: interest(1),
  FILTER_LEAD_NOT_INTERESTED: interest(-1),
  FILTER_LEAD_MEETING_BOOKED: interest(2),
  FILTER_LEAD_MEETING_COMPLETED: interest(3),
  FILTER_LEAD_CLOSED: interest(4),
  FILTER_LEAD_OUT_OF_OFFICE: interest(0),
  FILTER_LEAD_WRONG_PERSON: interest(-2),
  FILTER_LEAD_LOST: interest(-3),
  FILTER_LEAD_NO_SHOW: interest(-4),
  FILTER_LEAD_CUSTOM_LABEL_POSITIVE: custom(true),
  FILTER_LEAD_CUSTOM_LABEL_NEGATIVE: custom(false),
};

/** Turns the body of `/leads/list` into one test. `queries` is accepted and ignored. */
export function leadTest(workspace: InstantlyWorkspace, body: JsonObject): Test {
  const tests: Test[] = [];
  const named = typeof body.filter === 'string' ? filters[body.filter] : undefined;
  if (named !== undefined) tests.push(named);
  if (typeof body.search === 'string') {
    const search = body.search.toLowerCase();
    tests.push(({ email, fields }) =>
      [email, fields.first_name, fields.last_name].some((value) =>
        value?.toLowerCase().includes(search) === true
      )
    );
  }
  if (typeof body.in_campaign === 'boolean') {
    tests.push((lead) => (lead.campaign !== null) === body.in_campaign);
  }
  if (typeof body.in_list === 'boolean') tests.push((lead) => (lead.list !== null) === body.in_list);
  const listed = (name: string) => Array.isArray(body[name]) ? new Set<unknown>(body[name]) : undefined;
  const ids = listed('ids');
  if (ids !== undefined) tests.push((lead) => ids.has(lead.id));
  const excluded = listed('excluded_ids');
  if (excluded !== undefined) tests.push((lead) => !excluded.has(lead.id));
  const contacts = listed('contacts');
  if (contacts !== undefined) {
    const emails = new Set([...contacts].map((email) => String(email).toLowerCase()));
    tests.push(({ email }) => email !== null && emails.has(email));
  }
  return (lead) => tests.every((test) => test(lead, workspace));
}
