export const iso = (instant: number): string => new Date(instant).toISOString();

export const isoOrNull = (instant: number | null): string | null => (instant === null ? null : iso(instant));

/** How nearly all webhooks write times; only unsubscribes use `Z`. */
export const isoWithOffset = (instant: number): string => iso(instant).replace('Z', '+00:00');

export const utcDay = (instant: number): string => iso(instant).slice(0, 10);

export const dayLength = 86_400_000;
