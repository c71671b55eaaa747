import { createRandom, hashText, hexadecimal } from '../shared/random.ts';

/** Where each kind of id starts. Leads and their campaign links are beyond 32 bits, as the real ones are. */
export const firstIds = {
  event: 1,
  user: 90_211,
  client: 4_101,
  category: 20_301,
  account: 5_300_101,
  campaign: 2_418_830,
  step: 5_120_018,
  variant: 7_781_002,
  lead: 3_301_442_817,
  link: 2_955_100_431,
  webhook: 771_204,
};
export type IdKind = keyof typeof firstIds;

/** A version 4 UUID made from a text, so that the same run gives the same ids. */
export function uuidFrom(text: string): string {
  const random = createRandom(hashText(text) ^ hashText(`${text}.`));
  const part = (width: number) => hexadecimal(Math.floor(random() * 16 ** width), width);
  const variant = hexadecimal(8 + Math.floor(random() * 4), 1);
  return `${part(8)}-${part(4)}-4${part(3)}-${variant}${part(3)}-${part(6)}${part(6)}`;
}
