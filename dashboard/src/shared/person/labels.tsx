// People, sentiments and verdicts in words and colours.
import { CircleCheck, CircleMinus, CircleX } from 'lucide-react';
import type { Sentiment } from '../../data/inbox-choices.ts';
import { dayIn } from '../../data/range.ts';
import type { Verdict } from '../../data/replies.ts';
import { Badge, type BadgeTone } from '../../ui/badge.tsx';
import { timeOfDay, toTheDay } from '../moments.tsx';

export const sentimentLabels: Record<Sentiment, string> = {
  positive: 'Positive',
  neutral: 'Neutral',
  negative: 'Negative',
};

const sentimentTones: Record<Sentiment, BadgeTone> = {
  positive: 'good',
  neutral: 'neutral',
  negative: 'bad',
};

export const verdictLabels: Record<Verdict, string> = {
  qualified: 'Qualified',
  not_interested: 'Not interested',
  neutral: 'Neutral',
};

export const verdictIcons = { qualified: CircleCheck, not_interested: CircleX, neutral: CircleMinus };

export const verdictColours: Record<Verdict, string> = {
  qualified: 'text-good',
  not_interested: 'text-bad',
  neutral: 'text-ink-soft',
};

export function SentimentBadge({ sentiment }: { sentiment: Sentiment | null }) {
  return sentiment && <Badge tone={sentimentTones[sentiment]}>{sentimentLabels[sentiment]}</Badge>;
}

export function VerdictMark({ verdict, className = '' }: { verdict: Verdict; className?: string }) {
  const Icon = verdictIcons[verdict];
  return (
    <span
      className={`inline-flex items-center gap-1 text-xs font-medium ${verdictColours[verdict]} ${className}`}
    >
      <Icon aria-hidden className='size-3.5' />
      {verdictLabels[verdict]}
    </span>
  );
}

interface Named {
  first_name: string | null;
  last_name: string | null;
  email: string;
}

/** The name where we know it, else the address. */
export function personName({ first_name, last_name, email }: Named): string {
  return [first_name, last_name].filter(Boolean).join(' ') || email;
}

/** Who really wrote, where it was somebody else than the lead: "From petra@… (for kim@…)". */
export function writerOf({ written_by, email }: { written_by: string | null; email: string }): string | null {
  return written_by && `From ${written_by} (for ${email})`;
}

/** "Company 12, Arnhem" */
export function placeOf(row: {
  business_name: string | null;
  company_name: string | null;
  city: string | null;
}): string {
  return [row.business_name ?? row.company_name, row.city].filter(Boolean).join(', ');
}

/** What a list shows of a moment: today the time, this year the day, else the year too. */
export function shortMoment(moment: string, now: Date, zone: string): Intl.DateTimeFormatOptions {
  const day = dayIn(zone, new Date(moment));
  const today = dayIn(zone, now);
  if (day === today) return timeOfDay;
  return day.slice(0, 4) === today.slice(0, 4) ? { day: 'numeric', month: 'short' } : toTheDay;
}
