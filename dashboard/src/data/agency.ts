// How the agency presents itself: read without a sign-in, because the sign-in page shows it. The last answer is kept in
// the browser, so that a page begins in the agency's colours.
import { useSyncExternalStore } from 'react';
import * as z from 'zod/mini';
import { projectConfig } from './supabase.ts';

const schema = z.object({
  name: z.nullable(z.string()),
  support_address: z.nullable(z.string()),
  accent_colour: z.nullable(z.string()),
  show_product_name: z.boolean(),
  logo_version: z.nullable(z.string()),
  /** A data URL, for an <img> and nothing else; kept here, not part of the answer. */
  logo: z._default(z.nullable(z.string()), null),
});

export type Agency = z.infer<typeof schema>;

const unknown: Agency = {
  name: null,
  support_address: null,
  accent_colour: null,
  show_product_name: false,
  logo_version: null,
  logo: null,
};

const key = 'replyloop.agency';
/** Milliseconds; without an answer the page goes ahead with what it knows. */
const maxWait = 5_000;

let current = unknown;
const listeners = new Set<() => void>();

export const readAgency = (): Agency => current;

export function onAgencyChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useAgency = (): Agency => useSyncExternalStore(onAgencyChange, readAgency);

function set(agency: Agency): void {
  if (JSON.stringify(agency) === JSON.stringify(current)) return;
  current = agency;
  try {
    localStorage.setItem(key, JSON.stringify(agency));
  } catch {
    // Storage may be full or forbidden; the next visit asks again.
  }
  for (const listener of listeners) listener();
}

/** What this browser saw last, at once; `loadAgency` corrects it. */
export function recallAgency(): void {
  try {
    const kept = schema.safeParse(JSON.parse(localStorage.getItem(key) ?? 'null'));
    if (kept.success) set(kept.data);
  } catch {
    // Nothing usable was kept.
  }
}

const address = () => `${projectConfig().api_url.replace(/\/$/, '')}/functions/v1/agency`;

/** Asks the server; the logo is loaded only when it is another one. Never throws: a page works without a logo. */
export async function loadAgency(fetcher: typeof fetch = fetch): Promise<void> {
  try {
    const signal = AbortSignal.timeout(maxWait);
    const response = await fetcher(address(), { signal });
    if (!response.ok) return;
    const found = schema.parse(await response.json());
    const isKnown = found.logo_version === current.logo_version;
    set({ ...found, logo: isKnown ? current.logo : null });
    if (isKnown || found.logo_version === null) return;
    const logo = await fetcher(`${address()}/logo?version=${found.logo_version}`, { signal });
    if (logo.ok) set({ ...found, logo: await toDataUrl(await logo.blob()) });
  } catch {
    // Offline, or an older server without this function.
  }
}

/** A picture as the `src` of an <img>. */
export function toDataUrl(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}
