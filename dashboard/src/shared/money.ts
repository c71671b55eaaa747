// Amounts as people read and type them.
import { nothing } from './format.ts';

/** "€8.49", "US$1,200.00": everywhere with cents. */
export function formatMoney(value: number | null | undefined, currency: string): string {
  if (value === null || value === undefined) return nothing;
  return value.toLocaleString('en-GB', { style: 'currency', currency });
}

/** "+380%": what came back for what was spent. */
export function formatReturn(roi: number | null | undefined): string {
  if (roi === null || roi === undefined) return nothing;
  return `${roi >= 0 ? '+' : '−'}${Math.abs(Math.round(roi * 100))}%`;
}

/** "12.50" and "12,50" alike; undefined where it is no amount of money above zero. */
export function parseAmount(text: string): number | undefined {
  const plain = text.trim().replace(',', '.');
  if (!/^\d{1,11}(\.\d{1,2})?$/.test(plain)) return undefined;
  const amount = Number(plain);
  return amount > 0 ? amount : undefined;
}
