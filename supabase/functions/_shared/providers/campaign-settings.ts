/** What a campaign is created with at a provider, and which provider can do what of it. No imports: the dashboard reads it too. */

/** One mail of a sequence; variables in double braces. An empty subject continues the thread. */
export interface SequenceMail {
  subject: string;
  body: string;
}

/** The mail of a step, and the variants that the provider alternates with it. */
export interface SequenceStep extends SequenceMail {
  delay_days: number;
  variants?: SequenceMail[];
}

/** All variants of a step, A first. */
export function mailsOf(step: SequenceStep): SequenceMail[] {
  return [{ subject: step.subject, body: step.body }, ...step.variants ?? []];
}

export interface CampaignSettings {
  name: string;
  timeZone: string;
  sendingDays: number[];
  sendingFrom: string;
  sendingTo: string;
  /** First and last day, YYYY-MM-DD in the campaign's time zone. */
  startOn: string | null;
  endOn: string | null;
  dailyLimit: number | null;
  sendingAccounts: string[];
  /** Labels of mailboxes that send besides those named. */
  sendingAccountTags: string[];
  steps: SequenceStep[];
  stopOnReply: boolean;
  /** Whether a reply also stops the mails to everybody with the same mail domain. */
  stopForCompany: boolean;
  trackOpens: boolean;
  trackClicks: boolean;
  plainText: boolean;
  /** Whether people can unsubscribe with one click, in the provider's own way. */
  unsubscribeHeader: boolean;
  /** Text of the unsubscribe link, where the provider adds one. */
  unsubscribeText: string | null;
  /** The organisation within the workspace that the campaign is created for. */
  organization?: string;
}

/** What one provider can do with a campaign and another cannot. */
export type CampaignFeature =
  /** Mail on Sundays. */
  | 'sundays'
  /** A last day that the provider itself keeps. */
  | 'end_on'
  /** Mailboxes chosen by label. */
  | 'sending_account_tags'
  /** Continuing after a reply. */
  | 'continue_after_reply'
  /** The header by which mail programs show "Unsubscribe". */
  | 'unsubscribe_header'
  /** A link under the mail with a text of one's own. */
  | 'unsubscribe_link'
  /** A daily limit of mails; without it the limit is one of new leads. */
  | 'daily_mails'
  /** Telling why a campaign does not send. */
  | 'sending_status';

/** An absent feature is not supported; the check before an export says what that means for a campaign. */
export const campaignFeatures: Readonly<Record<'instantly' | 'smartlead', readonly CampaignFeature[]>> = {
  instantly: [
    'sundays',
    'end_on',
    'sending_account_tags',
    'continue_after_reply',
    'unsubscribe_header',
    'daily_mails',
    'sending_status',
  ],
  smartlead: ['unsubscribe_link'],
};

/** The settings of a campaign that its provider does not support, each with what happens instead. */
export function unsupportedSettings(
  provider: 'instantly' | 'smartlead',
  settings: {
    sending_days: readonly number[];
    end_on: string | null;
    sending_account_tags: readonly string[];
    stop_on_reply: boolean;
    unsubscribe_text: string | null;
  },
): { setting: string; message: string }[] {
  const can = (feature: CampaignFeature) => campaignFeatures[provider].includes(feature);
  const name = provider === 'instantly' ? 'Instantly' : 'Smartlead';
  const found: { setting: string; message: string }[] = [];
  if (settings.sending_days.includes(0) && !can('sundays')) {
    found.push({ setting: 'sending_days', message: `${name} campaigns do not send on Sundays` });
  }
  if (settings.end_on !== null && !can('end_on')) {
    found.push({
      setting: 'end_on',
      message: `${name} knows no last day: the campaign is paused from here when it is over`,
    });
  }
  if (settings.sending_account_tags.length > 0 && !can('sending_account_tags')) {
    found.push({
      setting: 'sending_account_tags',
      message: `${name} cannot choose mailboxes by tag: choose them by hand`,
    });
  }
  if (!settings.stop_on_reply && !can('continue_after_reply')) {
    found.push({
      setting: 'stop_on_reply',
      message: `${name} always stops writing to somebody who replied`,
    });
  }
  if (settings.unsubscribe_text !== null && !can('unsubscribe_link')) {
    found.push({
      setting: 'unsubscribe_text',
      message: `${name} adds no unsubscribe link under the mail: mail programs show their own button instead`,
    });
  }
  return found;
}
