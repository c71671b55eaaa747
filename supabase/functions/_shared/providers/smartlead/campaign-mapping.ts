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

function translate(text: string): string {
  return text.replace(
    /\{\{\s*(\w+)\s*\}\}/g,
    (_, name: string) => `{{${ownValue(variables, name) ?? name}}}`,
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
