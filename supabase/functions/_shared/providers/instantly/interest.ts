import { asInteger } from '../custom-fields.ts';
import type { InterestStatus } from '../provider.ts';

/** Instantly's interest numbers (`lt_interest_status`) with the event type of each. */
const standard: Record<number, { label: string; interest: InterestStatus }> = {
  0: { label: 'lead_out_of_office', interest: 'neutral' },
  1: { label: 'lead_interested', interest: 'positive' },
  2: { label: 'lead_meeting_booked', interest: 'positive' },
  3: { label: 'lead_meeting_completed', interest: 'positive' },
  4: { label: 'lead_closed', interest: 'positive' },
  [-1]: { label: 'lead_not_interested', interest: 'negative' },
  [-2]: { label: 'lead_wrong_person', interest: 'negative' },
  [-3]: { label: 'lead_lost', interest: 'negative' },
  [-4]: { label: 'lead_no_show', interest: 'neutral' },
};

/** The number for each sentiment; null is Instantly's plain "Lead", which is neither good nor bad. */
export function writeInterest(interest: InterestStatus | null): number | null {
  if (interest === 'positive') return 1;
  return interest === 'negative' ? -1 : null;
}

export interface Interest {
  interest_status: InterestStatus | null;
  interest_label: string | null;
  interest_value: number | null;
}

/** A missing number means "untouched"; a non-standard one is a custom label of the workspace. */
export function readInterest(value: number | null | undefined): Interest {
  const known = standard[value ?? Number.NaN];
  if (known) return { interest_status: known.interest, interest_label: known.label, interest_value: null };
  return { interest_status: null, interest_label: null, interest_value: asInteger(value) };
}
