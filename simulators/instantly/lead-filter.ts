import { isPositive } from './tally.ts';
import type { Workspace } from './state.ts';
import type { JsonObject, Lead } from './types.ts';

type Test = (lead: Lead, workspace: Workspace) => boolean;

const status = (wanted: number): Test => (lead) => lead.status === wanted;
const interest = (wanted: number): Test => (lead) => lead.interest === wanted;
const isCustom = (lead: Lead): lead is Lead & { interest: number } =>
  lead.interest !== undefined && (lead.interest > 4 || lead.interest < -4);

const filters: Readonly<Record<string, Test>> = {
  FILTER_VAL_CONTACTED: (lead) => lead.lastSent !== undefined,
  FILTER_VAL_NOT_CONTACTED: (lead) => lead.lastSent === undefined,
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
  FILTER_LEAD_CUSTOM_LABEL_POSITIVE: (lead, workspace) =>
    isCustom(lead) && isPositive(workspace, lead.interest),
  FILTER_LEAD_CUSTOM_LABEL_NEGATIVE: (lead, workspace) =>
    isCustom(lead) && workspace.labelFor(lead.interest)?.kind === 'negative',
};

/** Turns the body of `/leads/list` into one test. `queries` is accepted and ignored. */
export function leadTest(workspace: Workspace, body: JsonObject): Test {
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
  if (Array.isArray(body.ids)) {
    const ids = new Set<unknown>(body.ids);
    tests.push((lead) => ids.has(lead.id));
  }
  if (Array.isArray(body.excluded_ids)) {
    const ids = new Set<unknown>(body.excluded_ids);
    tests.push((lead) => !ids.has(lead.id));
  }
  if (Array.isArray(body.contacts)) {
    const emails = new Set<unknown>(body.contacts.map((email) => String(email).toLowerCase()));
    tests.push((lead) => emails.has(lead.email));
  }
  return (lead) => tests.every((test) => test(lead, workspace));
}
