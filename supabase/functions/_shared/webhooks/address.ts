/** An address of a mail as a delivery writes it, in lower case; undefined for a text that has not the form of one. */
export function readAddress(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const text = value.trim().toLowerCase();
  return /^[^\s@]+@[^\s@]+$/.test(text) ? text : undefined;
}

/** An address of which no mail ever comes: the name is reserved, and test deliveries use it. */
export function isTestAddress(address: string | undefined): boolean {
  return address === 'test@example.com';
}
