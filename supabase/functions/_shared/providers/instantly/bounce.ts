import type { JsonObject } from '../../events/webhook-event.ts';
import { asText } from '../custom-fields.ts';
import { type BounceClass, classifyBounce, readBounceWord } from '../bounce-text.ts';

/** Instantly documents no reason of a bounce; where one of these fields comes, it is read. */
export function readBounce(body: JsonObject): BounceClass | undefined {
  const named = readBounceWord(asText(body['bounce_type']));
  if (named !== undefined) return named;
  const reason = asText(body['bounce_reason']) ?? asText(body['bounce_message']);
  return reason === null ? undefined : classifyBounce(reason.slice(0, 20_000));
}
