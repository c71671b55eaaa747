import { AppError } from '../../platform/errors.ts';
import { ownValue } from '../../platform/own-value.ts';
import {
  type CampaignSettings,
  mailsOf,
  type ProviderCampaign,
  type ProviderCampaignStatus,
  type SequenceMail,
  type SequenceStep,
} from '../provider.ts';
import { readBelievedTime } from '../../events/provider-time.ts';
import type { SmartleadCampaign } from './schemas.ts';

const statuses: Record<string, ProviderCampaignStatus> = {
  DRAFTED: 'draft',
  ACTIVE: 'active',
  PAUSED: 'paused',
  STOPPED: 'completed',
  COMPLETED: 'completed',
  ARCHIVED: 'completed',
};

export function readCampaign(campaign: SmartleadCampaign): ProviderCampaign {
  return {
    provider_campaign_id: campaign.id,
    name: campaign.name,
    created_at: readBelievedTime(campaign.created_at),
    updated_at: readBelievedTime(campaign.updated_at),
    status: ownValue(statuses, campaign.status?.toUpperCase() ?? '') ?? null,
    provider_org_id: campaign.client_id ?? null,
  };
}

/** A subsequence is listed as a campaign of its own; its parent's numbers include it. */
export function isSubsequence(campaign: SmartleadCampaign): boolean {
  return campaign.parent_campaign_id !== null && campaign.parent_campaign_id !== undefined;
}

/**
 * The body of `/schedule`. Sources disagree whether Sunday is 0 or 7 and agree on 1 to 6, so Sunday is never sent, and a
 * campaign that sends only on Sundays is refused.
 */
export function writeSchedule(settings: CampaignSettings): Record<string, unknown> {
  const days = settings.sendingDays.filter((day) => day >= 1 && day <= 6).sort();
  if (days.length === 0) {
    throw new AppError(
      'VALIDATION_FAILED',
      'Smartlead campaigns send from Monday to Saturday; choose at least one of these days',
    );
  }
  return {
    timezone: requireTimeZone(settings.timeZone),
    days_of_the_week: days,
    start_hour: settings.sendingFrom.slice(0, 5),
    end_hour: settings.sendingTo.slice(0, 5),
    min_time_btw_emails: 10,
    max_new_leads_per_day: settings.dailyLimit ?? 100,
    ...(settings.startOn === null ? {} : { schedule_start_time: startOf(settings) }),
  };
}

/** The moment at which the sending hours of the first day begin, in UTC. */
function startOf({ startOn, sendingFrom, timeZone }: CampaignSettings): string {
  const wanted = Date.parse(`${startOn}T${sendingFrom.slice(0, 5)}:00Z`);
  // What the zone's clock shows at a moment, minus that moment, is its offset; asked twice, because it changes with the season.
  const offset = (at: number) => {
    const parts = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    }).formatToParts(at);
    const of = (type: string) => parts.find((part) => part.type === type)?.value ?? '00';
    return Date.parse(`${of('year')}-${of('month')}-${of('day')}T${of('hour')}:${of('minute')}:00Z`) - at;
  };
  const guess = wanted - offset(wanted);
  return new Date(wanted - offset(guess)).toISOString();
}

/** The body of `/settings`. Tracking is written as what is left out, and a reply always ends a lead's mails. */
export function writeSettings(settings: CampaignSettings): Record<string, unknown> {
  return {
    stop_lead_settings: 'REPLY_TO_AN_EMAIL',
    auto_pause_domain_leads_on_reply: settings.stopForCompany,
    track_settings: [
      ...(settings.trackOpens ? [] : ['DONT_TRACK_EMAIL_OPEN']),
      ...(settings.trackClicks ? [] : ['DONT_TRACK_LINK_CLICK']),
    ],
    send_as_plain_text: settings.plainText,
    // Without a text there is no link.
    unsubscribe_text: settings.unsubscribeHeader ? settings.unsubscribeText ?? 'Unsubscribe' : '',
  };
}

function requireTimeZone(timeZone: string): string {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone });
    return timeZone;
  } catch {
    throw new AppError(
      'VALIDATION_FAILED',
      `"${timeZone}" is not a time zone; use an IANA name such as "Europe/Amsterdam"`,
    );
  }
}

/** Smartlead's names for a lead's own fields; all other variables are custom fields and keep their names. */
const variables: Record<string, string> = {
  firstName: 'first_name',
  lastName: 'last_name',
  companyName: 'company_name',
  phone: 'phone_number',
  personalization: 'icebreaker',
  jobTitle: 'job_title',
};

/** The name of each variable is replaced; a fallback behind it stays. */
function translate(text: string): string {
  return text.replace(
    /\{\{\s*(\w+)\s*(\|[^{}]*)?\}\}/g,
    (_, name: string, fallback = '') => `{{${ownValue(variables, name) ?? name}${fallback}}}`,
  );
}

/** The body of `/sequences`, which replaces the existing ones. */
export function writeSequences(settings: CampaignSettings): Record<string, unknown> {
  return {
    sequences: settings.steps.map((step, index) => ({
      seq_number: index + 1,
      seq_delay_details: { delay_in_days: step.delay_days },
      ...writeMails(step),
    })),
  };
}

/** A single mail is part of the step itself, several are variants that alternate. */
function writeMails(step: SequenceStep): Record<string, unknown> {
  const write = ({ subject, body }: SequenceMail) => ({
    subject: translate(subject),
    email_body: translate(body).replace(/\r?\n/g, '<br>'),
  });
  const mails = mailsOf(step);
  if (mails.length === 1) return write(step);
  return {
    variant_distribution_type: 'MANUAL_EQUAL',
    seq_variants: mails.map((mail, index) => ({
      ...write(mail),
      variant_label: String.fromCharCode(65 + index),
    })),
  };
}
