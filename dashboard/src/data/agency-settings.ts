// What operators change about how the agency and its clients present themselves.
import { loadAgency, toDataUrl } from './agency-load.ts';
import type { Agency } from './agency.ts';
import { functionFailure, read } from './failure.ts';
import { supabase } from './supabase.ts';

export type AgencySettings = Pick<
  Agency,
  'name' | 'support_address' | 'accent_colour' | 'show_product_name'
>;

export async function changeAgency(settings: Partial<AgencySettings>): Promise<void> {
  await read(supabase().rpc('change_agency', { settings }));
  await loadAgency();
}

/** Bytes; the server refuses more. */
export const maxLogo = 256 * 1024;

/** Of a client, or without one of the agency; without a file the logo is removed. */
export async function saveLogo(file: Blob | null, clientId: string | null = null): Promise<void> {
  const image = file && (await toDataUrl(file)).replace(/^data:[^,]*,/, '');
  const { error } = await supabase().functions.invoke('agency', { body: { client_id: clientId, image } });
  if (error) throw await functionFailure(error);
  if (clientId === null) await loadAgency();
}
