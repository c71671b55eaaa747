// Asks the function `agency`, which answers without a sign-in, because the sign-in page shows what it knows.
import * as z from 'zod/mini';
import { readAgency, setAgency } from './agency.ts';
import { projectConfig } from './supabase.ts';

const schema = z.object({
  name: z.nullable(z.string()),
  support_address: z.nullable(z.string()),
  accent_colour: z.nullable(z.string().check(z.regex(/^#[0-9a-f]{6}$/))),
  show_product_name: z.boolean(),
  logo_version: z.nullable(z.string()),
});

/** Milliseconds; without an answer the page goes ahead with what it knows. */
const maxWait = 10_000;

const address = () => `${projectConfig().api_url.replace(/\/$/, '')}/functions/v1/agency`;

/** The logo is loaded only when it is another one. Never throws: a page works without a logo. */
export async function loadAgency(fetcher: typeof fetch = fetch): Promise<void> {
  try {
    const signal = AbortSignal.timeout(maxWait);
    const response = await fetcher(address(), { signal });
    if (!response.ok) return;
    const found = schema.parse(await response.json());
    const { logo, logo_version: known } = readAgency();
    const isKnown = found.logo_version === known;
    setAgency({ ...found, logo: isKnown ? logo : null });
    if (isKnown || found.logo_version === null) return;
    const picture = await fetcher(`${address()}/logo?version=${found.logo_version}`, { signal });
    if (picture.ok) setAgency({ ...found, logo: await toDataUrl(await picture.blob()) });
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
