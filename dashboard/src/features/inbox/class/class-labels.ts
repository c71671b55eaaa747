// What replies are, in words and colours, and who says so.
import type { Classified, ReplyClass } from '../../../data/reply-classes.ts';
import { formatDay, formatRate } from '../../../shared/format.ts';
import type { BadgeTone } from '../../../ui/badge.tsx';

export const classLabels: Record<ReplyClass, string> = {
  interested: 'Interested',
  question: 'Question',
  referral: 'Referral',
  not_now: 'Not now',
  wrong_person: 'Wrong person',
  not_interested: 'Not interested',
  unsubscribe: 'Asks to stop',
  out_of_office: 'Out of office',
  automatic: 'Automatic',
  bounce: 'Bounce',
};

export const classTones: Record<ReplyClass, BadgeTone> = {
  interested: 'good',
  question: 'brand',
  referral: 'brand',
  not_now: 'warm',
  wrong_person: 'neutral',
  not_interested: 'bad',
  unsubscribe: 'bad',
  out_of_office: 'neutral',
  automatic: 'neutral',
  bounce: 'neutral',
};

/** "Read from its words, right in 92 % of such cases". */
export function whoSays(
  { reply_class_source: source, reply_class_confidence: confidence }: Classified,
): string {
  const share = confidence === null ? '' : `, right in ${formatRate(confidence)} of such cases`;
  switch (source) {
    case 'person':
      return 'Set by a person';
    case 'provider':
      return 'From the provider’s label';
    case 'model':
      return `Read by a model${share}`;
    case 'rules':
      return `Read from its words${share}`;
    case null:
      return 'Not read yet';
  }
}

/** "Not now · 3 Mar 2027" */
export function classText({ reply_class: replyClass, reply_date: day }: Classified): string {
  if (replyClass === null) return 'Not classified';
  return day === null ? classLabels[replyClass] : `${classLabels[replyClass]} · ${formatDay(day)}`;
}
