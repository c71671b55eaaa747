import { z } from 'zod';
import { ownValue } from '../platform/own-value.ts';
import type { SendingStatus } from '../providers/provider.ts';

/** The answer of worker.read_exported_campaign. */
export const exportedCampaign = z.object({
  campaign_id: z.uuid(),
  client_id: z.uuid(),
  name: z.string(),
  provider: z.enum(['instantly', 'smartlead']).nullable(),
  provider_status: z.string().nullable(),
  time_zone: z.string(),
  sending_days: z.array(z.number()),
  sending_from: z.string(),
  sending_to: z.string(),
  start_on: z.string().nullable(),
  end_on: z.string().nullable(),
  connection_id: z.uuid().nullable(),
  provider_campaign_id: z.string().nullable(),
  pause: z.object({ day: z.string(), reason: z.string() }).nullable(),
  leads_waiting: z.number(),
  mailboxes: z.looseObject({ chosen: z.number(), active: z.number() }).nullable(),
});
export type ExportedCampaign = z.infer<typeof exportedCampaign>;

export interface SendingReason {
  code: string;
  message: string;
}

export interface WhyNotSending {
  /** True when nothing is known that keeps the campaign from sending. */
  is_sending: boolean;
  reasons: SendingReason[];
  /** Since when the provider sees what it names, and when it last sent; null = it does not say. */
  since: string | null;
  last_sent_at: string | null;
  /** Whether the provider itself was asked; Smartlead has no such question. */
  asked_provider: boolean;
}

/** Instantly's codes, as an agency would say them. */
const providerReasons: Record<string, string> = {
  campaign_paused: 'The campaign is paused',
  campaign_draft: 'The campaign has not been started',
  campaign_completed: 'All leads have had their mails',
  campaign_running_subsequences: 'Only its subsequences still send',
  campaign_bounce_protect: 'The provider stopped it because too many mails bounced',
  campaign_accounts_unhealthy: 'Its mailboxes have errors',
  campaign_account_suspended: 'The provider suspended the account',
  out_of_schedule: 'It is outside of the sending hours',
  waiting_for_leads: 'There is no lead left to write to',
  daily_limit_met: 'The daily limit of the campaign is reached',
  account_daily_limit_met: 'All mailboxes have reached their daily limit',
  new_lead_limit_met: 'The daily limit of new leads is reached',
  all_accounts_unhealthy: 'None of its mailboxes can send',
  waiting_for_esp_match: 'It waits for a mailbox of the same mail provider as the lead',
  domain_limit_reached: 'The daily limit per company is reached',
  follow_up_delay_not_met: 'The next mails are follow-ups that are not due yet',
  no_accounts_available: 'No mailbox is free at the moment',
};

const ownStatus: Record<string, string> = {
  draft: 'campaign_draft',
  paused: 'campaign_paused',
  completed: 'campaign_completed',
  running_subsequences: 'campaign_running_subsequences',
  accounts_unhealthy: 'campaign_accounts_unhealthy',
  bounce_protect: 'campaign_bounce_protect',
  account_suspended: 'campaign_account_suspended',
};

/** What keeps a campaign from sending now: what the provider reports, and what we know without it. */
export function whyNotSending(
  campaign: ExportedCampaign,
  reported: SendingStatus | null,
  now: Date,
  forOperators: boolean,
): WhyNotSending {
  const reasons = new Map<string, string>();
  const { pause } = campaign;
  if (pause !== null) {
    reasons.set('paused_by_schedule', `Paused from here since ${pause.day}: ${pause.reason}`);
  }
  const code = reported?.status ?? ownValue(ownStatus, campaign.provider_status ?? '');
  if (code !== undefined && code !== 'healthy') {
    reasons.set(code, ownValue(providerReasons, code) ?? reported?.message ?? code.replaceAll('_', ' '));
  }
  const status = ownValue(ownStatus, campaign.provider_status ?? '');
  if (status !== undefined && code !== status) {
    reasons.set(status, ownValue(providerReasons, status) ?? status);
  }
  const isRunning = status === undefined;
  if (isRunning) { for (const [own, message] of scheduleReasons(campaign, now)) reasons.set(own, message); }
  if (isRunning && campaign.leads_waiting === 0 && reported === null) {
    reasons.set('no_new_leads', 'Every lead has had its first mail; only follow-ups are left');
  }
  if (
    forOperators && campaign.mailboxes !== null && campaign.mailboxes.chosen > 0 &&
    campaign.mailboxes.active === 0
  ) {
    reasons.set('all_accounts_unhealthy', 'None of its mailboxes can send');
  }
  return {
    is_sending: reasons.size === 0,
    reasons: [...reasons].map(([code, message]) => ({ code, message })),
    since: reported?.since ?? null,
    last_sent_at: reported?.last_sent_at ?? null,
    asked_provider: reported !== null,
  };
}

/** What the schedule itself says about this moment, in the campaign's time zone. */
function scheduleReasons(campaign: ExportedCampaign, now: Date): [string, string][] {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: campaign.time_zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(now);
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  const day = `${of('year')}-${of('month')}-${of('day')}`;
  const time = `${of('hour')}:${of('minute')}`;
  if (campaign.start_on !== null && day < campaign.start_on) {
    return [['not_started', `It starts on ${campaign.start_on}`]];
  }
  if (campaign.end_on !== null && day > campaign.end_on) {
    return [['over', `Its last day was ${campaign.end_on}`]];
  }
  const isSendingDay = campaign.sending_days.includes(new Date(`${day}T00:00:00Z`).getUTCDay());
  if (isSendingDay && time >= campaign.sending_from && time < campaign.sending_to) return [];
  return [[
    'out_of_schedule',
    isSendingDay
      ? `It is outside of the sending hours: ${campaign.sending_from} to ${campaign.sending_to} (${campaign.time_zone})`
      : 'Today is no sending day',
  ]];
}
