import type { InterestStatus } from '../provider.ts';
import type { EmailEventType } from '../../events/webhook-event.ts';
import { ownValue } from '../../platform/own-value.ts';

/** Smartlead's own categories, and the stages after a meeting as agencies name theirs; all other names are custom. */
const standard: Record<string, { type: EmailEventType; interest: InterestStatus }> = {
  'interested': { type: 'lead_interested', interest: 'positive' },
  'meeting request': { type: 'lead_meeting_booked', interest: 'positive' },
  'meeting booked': { type: 'lead_meeting_booked', interest: 'positive' },
  'meeting completed': { type: 'lead_meeting_completed', interest: 'positive' },
  'meeting held': { type: 'lead_meeting_completed', interest: 'positive' },
  'no show': { type: 'lead_no_show', interest: 'neutral' },
  'won': { type: 'lead_closed', interest: 'positive' },
  'closed won': { type: 'lead_closed', interest: 'positive' },
  'lost': { type: 'lead_lost', interest: 'negative' },
  'closed lost': { type: 'lead_lost', interest: 'negative' },
  'not interested': { type: 'lead_not_interested', interest: 'negative' },
  'wrong person': { type: 'lead_wrong_person', interest: 'negative' },
  'out of office': { type: 'lead_out_of_office', interest: 'neutral' },
};

export interface CategoryMeaning {
  type: EmailEventType;
  /** The lead's label: the event type for a standard category, otherwise the category's name. */
  label: string;
  interest: InterestStatus;
  isStandard: boolean;
}

const bySentiment: Record<InterestStatus, EmailEventType> = {
  positive: 'lead_interested',
  negative: 'lead_not_interested',
  neutral: 'lead_neutral',
};

/** What a category means; `sentiment` comes from Smartlead's list of categories. */
export function readCategory(name: string, sentiment: string | null | undefined): CategoryMeaning {
  const known = ownValue(standard, normalised(name));
  if (known) return { type: known.type, label: known.type, interest: known.interest, isStandard: true };
  const stated = sentiment?.toLowerCase();
  if (stated === 'positive' || stated === 'negative' || stated === 'neutral') {
    return { type: bySentiment[stated], label: name, interest: stated, isStandard: false };
  }
  if (normalised(name) === 'do not contact') {
    return { type: 'lead_not_interested', label: name, interest: 'negative', isStandard: false };
  }
  if (normalised(name) === 'information request') {
    return { type: 'lead_interested', label: name, interest: 'positive', isStandard: false };
  }
  // The sync reads what it means and corrects the lead.
  return { type: 'lead_labelled', label: name, interest: 'neutral', isStandard: false };
}

/** The number observed for this built-in category; the list of categories takes precedence. */
const outOfOfficeId = 6;

export function isOutOfOfficeId(id: number | undefined): boolean {
  return id === outOfOfficeId;
}

/** True for the category of automatic replies. */
export function isAutomatic(category: string | null | undefined): boolean {
  return category != null && normalised(category) === 'out of office';
}

function normalised(name: string): string {
  return name.trim().toLowerCase().replace(/[\s_-]+/g, ' ');
}
