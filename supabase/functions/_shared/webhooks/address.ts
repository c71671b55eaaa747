import { normalizeEmailAddress } from '../email-address.ts';

/** An address as a delivery writes it, in the one form in which it is stored; undefined for what is none. */
export function readAddress(value: unknown): string | undefined {
  return typeof value === 'string' ? normalizeEmailAddress(value) ?? undefined : undefined;
}

/** An address of which no mail ever comes: the name is reserved, and test deliveries use it. */
export function isTestAddress(address: string | undefined): boolean {
  return address === 'test@example.com';
}
