// How the agency presents itself. What this browser saw last is used at once, so that a page begins in the agency's
// colours; agency-load.ts asks the server.
import { useSyncExternalStore } from 'react';

export interface Agency {
  /** Null: nothing is set up yet. */
  name: string | null;
  support_address: string | null;
  /** #rrggbb */
  accent_colour: string | null;
  /** Whether clients read the name of this software. */
  show_product_name: boolean;
  logo_version: string | null;
  /** A data URL, for an <img> and nothing else. */
  logo: string | null;
}

const key = 'replyloop.agency';

let current: Agency = {
  name: null,
  support_address: null,
  accent_colour: null,
  show_product_name: false,
  logo_version: null,
  logo: null,
};
const listeners = new Set<() => void>();

export const readAgency = (): Agency => current;

export function onAgencyChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useAgency = (): Agency => useSyncExternalStore(onAgencyChange, readAgency);

export function setAgency(agency: Agency): void {
  const text = JSON.stringify(agency);
  if (text === JSON.stringify(current)) return;
  current = agency;
  try {
    localStorage.setItem(key, text);
  } catch {
    // Storage may be full or forbidden; the next visit asks again.
  }
  for (const listener of listeners) listener();
}

/** What `setAgency` kept at the last visit. */
export function recallAgency(): void {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Agency>;
    current = { ...current, ...kept };
  } catch {
    // Nothing usable was kept.
  }
}
