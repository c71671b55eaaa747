import type { Lead } from './types.ts';

/** Index of the first row whose key is greater than `key`, in rows sorted by a growing key. */
export function firstAfter<Row>(rows: readonly Row[], key: string, keyOf: (row: Row) => string): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const row = rows[middle];
    if (row !== undefined && keyOf(row) <= key) low = middle + 1;
    else high = middle;
  }
  return low;
}

export const normalizeEmail = (email: string): string => email.trim().toLowerCase();

/** The leads of one campaign or list in id order, found by id or email without a scan. */
export class LeadBook {
  items: Lead[] = [];
  readonly #byEmail = new Map<string, Lead>();
  #active = 0;

  get activeCount(): number {
    return this.#active;
  }

  add(lead: Lead): void {
    this.items.push(lead);
    if (lead.email !== null) this.#byEmail.set(normalizeEmail(lead.email), lead);
    if (lead.status === 1) this.#active += 1;
  }

  find(email: string): Lead | undefined {
    return this.#byEmail.get(normalizeEmail(email));
  }

  setStatus(lead: Lead, status: number): void {
    if (lead.status === 1) this.#active -= 1;
    if (status === 1) this.#active += 1;
    lead.status = status;
  }

  /** Removes all given leads in one pass, so that deleting thousands stays linear. */
  remove(leads: ReadonlySet<Lead>): void {
    this.items = this.items.filter((lead) => !leads.has(lead));
    for (const lead of leads) {
      if (lead.email !== null) this.#byEmail.delete(normalizeEmail(lead.email));
      if (lead.status === 1) this.#active -= 1;
    }
  }
}
