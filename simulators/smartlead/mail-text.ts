import type { CampaignData, Person } from './types.ts';

export const nameOf = (lead: Person | undefined): string =>
  [lead?.fields.first_name, lead?.fields.last_name].filter((part) => part !== null).join(' ');

export const plainText = (html: string): string =>
  html.replaceAll(/<br\s*\/?>/g, '\n').replaceAll(/<[^>]+>/g, '');

/** Replaces `{{name}}` by the lead's value, the way a sequence step is written. */
function fill(template: string, lead: Person | undefined): string {
  return template.replace(/\{\{\s*([\w ]+?)\s*\}\}/g, (_, name: string) => {
    const values: Record<string, string | null> = {
      ...lead?.fields,
      email: lead?.email ?? '',
      ...lead?.customFields,
    };
    return values[name] ?? '';
  });
}

/** What a step says. A follow-up with an empty subject continues the thread of the first step. */
export function mailText(
  campaign: CampaignData,
  step: number,
  variant: number,
  lead: Person | undefined,
): { subject: string; html: string } {
  const details = campaign.steps[step - 1];
  const chosen = details?.variants[variant - 1] ?? details;
  const first = campaign.steps[0]?.variants[0] ?? campaign.steps[0];
  const subject = fill(chosen?.subject || first?.subject || campaign.name, lead);
  return { subject, html: `<div>${fill(chosen?.body ?? '', lead)}</div>` };
}
