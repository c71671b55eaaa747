// Why a lead was not sent, in words.
import * as z from 'zod/mini';
import { plural } from '../../../shared/format.ts';

/** A reason as a label, and as a sentence about one lead or several. */
const reasonTexts: Record<string, { label: string; one: string; many: string }> = {
  no_email: { label: 'No address found', one: 'has no address', many: 'have no address' },
  not_deliverable: {
    label: 'Address not deliverable',
    one: 'has no verified address',
    many: 'have no verified address',
  },
  suppressed: {
    label: 'Unsubscribed, bounced or erased',
    one: 'has unsubscribed, bounced or been erased',
    many: 'have unsubscribed, bounced or been erased',
  },
  repeated: {
    label: 'Duplicate address in this campaign',
    one: 'shares its address with another lead of this campaign',
    many: 'share their addresses with other leads of this campaign',
  },
  already_exported: { label: 'Already exported', one: 'was already exported', many: 'were already exported' },
  invalid_email: { label: 'Invalid address', one: 'has an invalid address', many: 'have invalid addresses' },
  missing_variable: {
    label: 'Missing a variable of the sequence',
    one: 'is missing a variable that the emails use',
    many: 'are missing a variable that the emails use',
  },
  plan_limit: {
    label: 'Not sent: plan limit reached',
    one: 'exceeded the limit of the provider’s plan',
    many: 'exceeded the limit of the provider’s plan',
  },
  answer_lost: {
    label: 'No response from the provider; the next export checks',
    one: 'was being sent when the connection to the provider was lost',
    many: 'were being sent when the connection to the provider was lost',
  },
  refused_by_provider: {
    label: 'Refused by the provider',
    one: 'was refused by the provider',
    many: 'were refused by the provider',
  },
  in_provider_campaign: {
    label: 'Already in the campaign at the provider',
    one: 'was already in the campaign at the provider',
    many: 'were already in the campaign at the provider',
  },
  on_provider_block_list: {
    label: 'On the provider’s block list',
    one: 'is on the provider’s block list',
    many: 'are on the provider’s block list',
  },
  confirmed_after_interruption: {
    label: 'Confirmed after an interruption',
    one: 'was found at the provider after an interruption',
    many: 'were found at the provider after an interruption',
  },
};

/** For a filter. */
export const reasons: readonly string[] = Object.keys(reasonTexts);

export const reasonLabel = (reason: string | null): string =>
  reason === null ? '' : reasonTexts[reason]?.label ?? reason.replaceAll('_', ' ');

/** "12 leads have no address." */
export function reasonSentence(reason: string, count: number): string {
  const leads = plural(count, 'lead');
  const texts = reasonTexts[reason];
  return texts
    ? `${leads} ${count === 1 ? texts.one : texts.many}.`
    : `${leads}: ${reason.replaceAll('_', ' ')}.`;
}

/** The reasons of an export, the most frequent first. */
export function reasonSentences(reasons: unknown): string[] {
  const parsed = z.record(z.string(), z.number()).safeParse(reasons);
  return Object.entries(parsed.success ? parsed.data : {})
    .sort((first, second) => second[1] - first[1])
    .map(([reason, count]) => reasonSentence(reason, count));
}
