import {
  type CampaignSettings,
  mailsOf,
  type ProviderCampaign,
  type ProviderCampaignStatus,
} from '../provider.ts';
import type { InstantlyCampaign } from './schemas.ts';
import { readBelievedTime } from '../../events/provider-time.ts';
import { allowedTimeZone } from './time-zone.ts';

const statuses: Record<number, ProviderCampaignStatus> = {
  0: 'draft',
  1: 'active',
  2: 'paused',
  3: 'completed',
  4: 'running_subsequences',
  [-1]: 'accounts_unhealthy',
  [-2]: 'bounce_protect',
  [-99]: 'account_suspended',
};

export function readCampaign(campaign: InstantlyCampaign): ProviderCampaign {
  return {
    provider_campaign_id: campaign.id,
    name: campaign.name,
    created_at: readBelievedTime(campaign.timestamp_created),
    updated_at: readBelievedTime(campaign.timestamp_updated),
    status: statuses[campaign.status ?? Number.NaN] ?? null,
  };
}

/** The body of `POST /campaigns`: schedule in an allowed time zone, days as an object, one sequence. */
export function writeCampaign(
  settings: CampaignSettings,
  now: Date,
  tagIds: string[] = [],
): Record<string, unknown> {
  const days = Object.fromEntries(
    [0, 1, 2, 3, 4, 5, 6].map((day) => [String(day), settings.sendingDays.includes(day)]),
  );
  // In Instantly a step's delay applies *before the next* mail, so each step carries the delay of the one after it.
  const steps = settings.steps.map((step, index) => ({
    type: 'email',
    delay: settings.steps[index + 1]?.delay_days ?? 0,
    delay_unit: 'days',
    variants: mailsOf(step).map(({ subject, body }) => ({ subject, body: body.replace(/\r?\n/g, '<br/>') })),
  }));
  return {
    name: settings.name,
    campaign_schedule: {
      ...(settings.startOn === null ? {} : { start_date: settings.startOn }),
      ...(settings.endOn === null ? {} : { end_date: settings.endOn }),
      schedules: [{
        name: 'Sending hours',
        timing: { from: settings.sendingFrom, to: settings.sendingTo },
        days,
        timezone: allowedTimeZone(settings.timeZone, now),
      }],
    },
    sequences: [{ steps }],
    stop_on_reply: settings.stopOnReply,
    stop_for_company: settings.stopForCompany,
    open_tracking: settings.trackOpens,
    link_tracking: settings.trackClicks,
    text_only: settings.plainText,
    insert_unsubscribe_header: settings.unsubscribeHeader,
    ...(settings.sendingAccounts.length > 0 ? { email_list: settings.sendingAccounts } : {}),
    ...(tagIds.length > 0 ? { email_tag_list: tagIds } : {}),
    ...(settings.dailyLimit === null ? {} : { daily_limit: settings.dailyLimit }),
  };
}
