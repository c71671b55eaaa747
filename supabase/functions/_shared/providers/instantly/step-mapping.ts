import type { CampaignStep } from '../provider.ts';
import type { InstantlyCampaignStep } from './schemas.ts';

/**
 * Step and variant as texts, the variant from 0, while webhooks carry numbers from 1. From where the step counts the contract
 * does not say; but whoever is written to gets the first step first, so over the whole life a step "0" is among the rows
 * exactly when steps count from 0.
 */
export function readSteps(rows: InstantlyCampaignStep[]): CampaignStep[] {
  const known = rows.flatMap((row) => {
    const step = readNumber(row.step);
    const variant = readNumber(row.variant);
    return step === undefined || variant === undefined ? [] : [{ row, step, variant }];
  });
  const first = known.some(({ step }) => step === 0) ? 0 : 1;
  return known.map(({ row, step, variant }) => ({
    step: step - first + 1,
    variant: variant + 1,
    sent: row.sent,
    opened: row.unique_opened,
    clicked: row.unique_clicks,
    replied: row.unique_replies,
    auto_replies: row.replies_automatic,
  }));
}

function readNumber(text: string | null | undefined): number | undefined {
  return text != null && /^\d{1,4}$/.test(text) ? Number(text) : undefined;
}
