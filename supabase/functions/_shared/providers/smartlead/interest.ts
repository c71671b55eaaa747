import type { InterestStatus } from '../provider.ts';
import type { EmailEventType } from '../../events/webhook-event.ts';
import { ownValue } from '../../platform/own-value.ts';

/** Smartlead's own categories with the event that says the same; all other names are custom ones. */
const standard: Record<string, { type: EmailEventType; interest: InterestStatus }> = {
  'interested': { type: 'lead_interested', interest: 'positive' },
  'meeting request': { type: 'lead_meeting_booked', interest: 'positive' },
  'meeting booked': { type: 'lead_meeting_booked', interest: 'positive' },
  'not interested': { type: 'lead_not_interested', interest: 'negative' },
  'wrong person': { type: 'lead_wrong_person', interest: 'negative' },
  'out of office': { type: 'lead_out_of_office', interest: 'neutral' },
};

export interface CategoryMeaning {
  type: EmailEventType;
  /** What a lead shows as its label: the event's name for a standard category, else the category's own. */
  label: string;
  interest: InterestStatus;
  isStandard: boolean;
}

const bySentiment: Record<InterestStatus, EmailEventType> = {
  positive: 'lead_interested',
  negative: 'lead_not_interested',
  neutral: 'lead_neutral',
};

/** What a category says; `sentiment` is what Smartlead's list of categories says of it. */
export function readCategory(name: string, sentiment: string | null | undefined): CategoryMeaning {
  const known = ownValue(standard, normalised(name));
  if (known) return { type: known.type, label: known.type, interest: known.interest, isStandard: true };
  const said = sentiment?.toLowerCase();
  if (said === 'positive' || said === 'negative' || said === 'neutral') {
    return { type: bySentiment[said], label: name, interest: said, isStandard: false };
  }
  if (normalised(name) === 'do not contact') {
    return { type: 'lead_not_interested', label: name, interest: 'negative', isStandard: false };
  }
  if (normalised(name) === 'information request') {
    return { type: 'lead_interested', label: name, interest: 'positive', isStandard: false };
  }
  // The sync learns what it means and corrects the lead.
  return { type: 'lead_labelled', label: name, interest: 'neutral', isStandard: false };
}

/** The number that this built-in category was seen with; the list of categories has the last word. */
const outOfOfficeId = 6;

export function isOutOfOfficeId(id: number | undefined): boolean {
  return id === outOfOfficeId;
}

/** A reply that the category calls automatic. */
export function isAutomatic(category: string | null | undefined): boolean {
  return category != null && normalised(category) === 'out of office';
}

function normalised(name: string): string {
  return name.trim().toLowerCase().replace(/[\s_-]+/g, ' ');
}
