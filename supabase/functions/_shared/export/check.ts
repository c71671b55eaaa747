import { z } from 'zod';
import { campaignFeatures, unsupportedSettings } from '../providers/campaign-settings.ts';
import { type Estimate, estimateCampaign } from './estimate.ts';
import { defaultSteps } from './sequence.ts';

const counts = z.record(z.string(), z.number());

/** The answer of worker.preview_export. */
export const preview = z.object({
  connection_id: z.uuid(),
  provider: z.enum(['instantly', 'smartlead']),
  is_dedicated: z.boolean(),
  total: z.number(),
  to_send: z.number(),
  skipped: z.number(),
  reasons: counts,
  missing_variables: counts,
  role_addresses: z.number(),
  /** Of the leads to send; null = all of them have as many variables as their provider takes, or fewer. */
  too_many_variables: z.object({ limit: z.number(), leads: z.number(), most: z.number() }).nullable(),
  today: z.string(),
  settings: z.object({
    sending_days: z.array(z.number()),
    daily_limit: z.number().nullable(),
    start_on: z.string().nullable(),
    end_on: z.string().nullable(),
    sequence: z.array(z.looseObject({ delay_days: z.number().optional() })).nullable().catch(null),
    sending_account_tags: z.array(z.string()),
    stop_on_reply: z.boolean(),
    track_opens: z.boolean(),
    plain_text: z.boolean(),
    unsubscribe_header: z.boolean(),
    unsubscribe_text: z.string().nullable(),
    provider_status: z.string().nullable(),
  }),
  holidays: z.array(z.object({ day: z.string(), name: z.string() })),
  mailboxes: z.object({
    chosen: z.number(),
    active: z.number(),
    daily_limit: z.number().nullable(),
    without_limit: z.number(),
    sent_today: z.number(),
    unknown: z.array(z.string()),
    not_sending: z.array(z.string()),
    tags_without_mailbox: z.array(z.string()),
    shared_with: z.number(),
  }),
  costs: z.array(
    z.object({ currency: z.string(), cost: z.number(), cost_per_lead: z.number().nullable() }),
  ),
  has_postal_address: z.boolean(),
  mentions_unsubscribe: z.boolean(),
  approval: z.enum(['not_needed', 'missing', 'requested', 'changes_asked', 'approved', 'outdated']),
  plan: z.object({ leads_left: z.number(), known_at: z.string() }).nullable(),
});
export type Preview = z.infer<typeof preview>;

/** stops = nothing goes out like this; warns = it goes out, and not as somebody may think; tells = good to know. */
export interface Finding {
  code: string;
  level: 'stops' | 'warns' | 'tells';
  message: string;
  /** Whether it is about leads; a client reads only such findings of its own campaigns, and none about the workspace. */
  about: 'leads' | 'copy' | 'approval' | 'workspace';
  /** The leads that it is about, as list_left_out gives them. */
  left_out?: { reason: string; variable?: string; leads: number };
}

export interface ExportCheck {
  estimate: Estimate | null;
  findings: Finding[];
}

const number = (value: number) => value.toLocaleString('en-US');
const leads = (count: number) => `${number(count)} lead${count === 1 ? '' : 's'}`;
const list = (names: readonly string[]) =>
  names.length > 5 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ');

/** Everything that would go wrong with an export, and when it would be over. */
export function checkExport(read: Preview): ExportCheck {
  const estimate = estimateOf(read);
  const findings = [
    ...aboutLeads(read),
    ...aboutCopy(read),
    ...aboutApproval(read),
    ...aboutWorkspace(read),
    ...aboutTime(read, estimate),
  ];
  const order = { stops: 0, warns: 1, tells: 2 };
  return {
    estimate: estimate ?? null,
    findings: findings.sort((one, other) => order[one.level] - order[other.level]),
  };
}

/** Smartlead counts new leads a day, 100 unless set otherwise; Instantly counts mails. */
function estimateOf({ provider, settings, mailboxes, holidays, today, to_send }: Preview) {
  const capacity = mailboxes.without_limit > 0 ? null : mailboxes.daily_limit;
  const countsMails = campaignFeatures[provider].includes('daily_mails');
  return estimateCampaign({
    leads: to_send,
    delays: (settings.sequence ?? defaultSteps).map((step) => step.delay_days ?? 0),
    sendingDays: campaignFeatures[provider].includes('sundays')
      ? settings.sending_days
      : settings.sending_days.filter((day) => day !== 0),
    today,
    startOn: settings.start_on,
    endOn: settings.end_on,
    holidays: new Set(holidays.map((holiday) => holiday.day)),
    mailsPerDay: !countsMails
      ? capacity
      : settings.daily_limit === null
      ? capacity
      : Math.min(settings.daily_limit, capacity ?? Infinity),
    newLeadsPerDay: countsMails ? null : settings.daily_limit ?? 100,
  });
}

function aboutLeads(
  { reasons, missing_variables, to_send, total, role_addresses, too_many_variables: tooMany, plan }: Preview,
): Finding[] {
  const found: Finding[] = [];
  const add = (code: string, level: Finding['level'], message: string, behind?: Finding['left_out']) =>
    found.push({ code, level, message, about: 'leads', ...(behind ? { left_out: behind } : {}) });
  const count = (reason: string) => reasons[reason] ?? 0;
  const before = count('already_exported');
  if (total === 0) add('no_leads', 'stops', 'This campaign has no leads yet');
  else if (to_send === 0 && before === 0) add('no_leads', 'stops', 'None of the leads can be written to');
  else if (to_send === 0) {
    add('no_new_leads', 'tells', 'All leads that can be written to are at the provider already');
  }
  for (const [name, missing] of Object.entries(missing_variables)) {
    add(
      'missing_variable',
      'warns',
      `${leads(missing)} ${
        missing === 1 ? 'has' : 'have'
      } no value for {{${name}}} and would be left out; fill it in, or give it a fallback such as {{${name}|your text}}`,
      { reason: 'missing_variable', variable: name, leads: missing },
    );
  }
  const left: [string, Finding['level'], (n: number) => string][] = [
    ['not_deliverable', 'warns', (n) => `${leads(n)} left out: the address is not verified as deliverable`],
    ['invalid_email', 'warns', (n) => `${leads(n)} left out: what the list has is no email address`],
    ['no_email', 'warns', (n) => `${leads(n)} left out: there is no address`],
    [
      'suppressed',
      'tells',
      (n) => `${leads(n)} left out: unsubscribed, bounced or otherwise not to be written to`,
    ],
    ['repeated', 'tells', (n) => `${leads(n)} left out: the same address is in the list twice`],
    ['already_exported', 'tells', (n) => `${leads(n)} at the provider already: only new ones are sent`],
  ];
  for (const [reason, level, say] of left) {
    if (count(reason) > 0) add(reason, level, say(count(reason)), { reason, leads: count(reason) });
  }
  if (tooMany !== null) {
    found.push({
      code: 'too_many_variables',
      level: 'warns',
      message: `${leads(tooMany.leads)} ${tooMany.leads === 1 ? 'has' : 'have'} more variables than the ${
        number(tooMany.limit)
      } that Smartlead takes, up to ${
        number(tooMany.most)
      }; nothing is left out by us, but Smartlead may refuse such a lead: delete columns that no email uses`,
      about: 'workspace',
    });
  }
  if (role_addresses > 0) {
    add(
      'role_addresses',
      'warns',
      `${leads(role_addresses)} ${
        role_addresses === 1 ? 'is' : 'are'
      } a role address such as info@; they answer less and complain more`,
    );
  }
  if (plan !== null && plan.leads_left < to_send) {
    found.push({
      code: 'plan_limit',
      level: plan.leads_left === 0 ? 'stops' : 'warns',
      message: `The provider's plan took ${leads(plan.leads_left)} more at the last export; ${
        number(to_send - plan.leads_left)
      } would be refused`,
      about: 'workspace',
    });
  }
  return found;
}

function aboutCopy({ settings, has_postal_address, mentions_unsubscribe }: Preview): Finding[] {
  const found: Finding[] = [];
  const add = (code: string, message: string) => found.push({ code, level: 'warns', message, about: 'copy' });
  if (!has_postal_address) {
    add(
      'no_postal_address',
      'No postal address in the first email; many countries want one: write it into the footer',
    );
  }
  if (!settings.unsubscribe_header && !mentions_unsubscribe) {
    add(
      'no_unsubscribe',
      'No one can unsubscribe: switch on one-click unsubscribe, or offer it in the footer',
    );
  }
  if (settings.plain_text && settings.track_opens) {
    add('opens_in_plain_text', 'Plain text has no picture to count opens by: opens will be 0');
  }
  return found;
}

const approvalMessages: Record<Preview['approval'], string | undefined> = {
  not_needed: undefined,
  approved: undefined,
  missing: 'The client has to approve leads and emails first: ask for approval',
  requested: 'Approval was asked for and is not given yet',
  changes_asked: 'The client asked for changes: make them, then ask again',
  outdated: 'Leads or emails were changed after the client approved them: ask again',
};

function aboutApproval({ approval }: Preview): Finding[] {
  const message = approvalMessages[approval];
  return message === undefined ? [] : [{ code: 'approval', level: 'stops', message, about: 'approval' }];
}

function aboutWorkspace({ provider, settings, mailboxes, is_dedicated }: Preview): Finding[] {
  const found: Finding[] = unsupportedSettings(provider, settings).map(({ setting, message }) => ({
    code: `unsupported_${setting}`,
    level: 'warns',
    message,
    about: 'workspace',
  }));
  const add = (code: string, level: Finding['level'], message: string) =>
    found.push({ code, level, message, about: 'workspace' });
  const { chosen, active, unknown, not_sending: resting, tags_without_mailbox: tags } = mailboxes;
  if (chosen === 0 && unknown.length === 0) {
    if (is_dedicated) {
      add('no_mailboxes', 'warns', 'No mailbox of this workspace is known yet; sync it, then check again');
    } else {add(
        'no_mailboxes',
        'stops',
        'No mailbox is chosen, and the workspace is shared with other clients: choose which ones send',
      );}
  } else if (active === 0 && chosen > 0) {
    add('no_active_mailbox', 'stops', 'None of the chosen mailboxes can send at the moment');
  }
  if (unknown.length > 0) {
    add('unknown_mailboxes', 'warns', `Not a mailbox of this workspace: ${list(unknown)}`);
  }
  if (resting.length > 0 && active > 0) {
    add('resting_mailboxes', 'warns', `Paused or with an error: ${list(resting)}`);
  }
  if (tags.length > 0) add('unknown_tags', 'warns', `No mailbox has the tag ${list(tags)}`);
  if (mailboxes.shared_with > 0) {
    add(
      'shared_mailboxes',
      'tells',
      `${mailboxes.shared_with} other active campaign${
        mailboxes.shared_with === 1 ? ' sends' : 's send'
      } from these mailboxes too, so it may take longer`,
    );
  }
  return found;
}

function aboutTime({ holidays, settings, today }: Preview, estimate: Estimate | undefined): Finding[] {
  const found: Finding[] = [];
  const add = (code: string, level: Finding['level'], message: string) =>
    found.push({ code, level, message, about: 'copy' });
  if ((settings.end_on ?? today) < today) {
    add('already_over', 'stops', `The last day, ${settings.end_on}, is over`);
  }
  if (estimate === undefined) return found;
  if (estimate.unsent > 0 && settings.end_on !== null) {
    add(
      'ends_too_early',
      'warns',
      `${number(estimate.unsent)} email${
        estimate.unsent === 1 ? ' does' : 's do'
      } not go out before the last day, ${settings.end_on}`,
    );
  }
  const until = estimate.ends_on ?? settings.end_on ?? '9999';
  const left = holidays.filter(({ day }) => day >= estimate.first_day && day <= until);
  if (left.length > 0) {
    add(
      'holidays',
      'tells',
      `Paused on ${left.length} holiday${left.length === 1 ? '' : 's'}: ${
        list(left.map(({ day, name }) => `${name} (${day})`))
      }`,
    );
  }
  return found;
}
