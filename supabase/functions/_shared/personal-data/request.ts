import { z } from 'zod';

const person = {
  email: z.string().trim().min(3).max(320),
  /** One client; null = all of them. */
  client_id: z.uuid().nullable(),
};

/** The body of the function personal-data. */
export const personalDataRequest = z.union([
  z.discriminatedUnion('action', [
    /** Everything held of an address, as JSON. */
    z.strictObject({ action: z.literal('export'), ...person }),
    /** How many rows of which table an erasure would find. */
    z.strictObject({ action: z.literal('preview'), ...person }),
    z.strictObject({
      action: z.literal('erase'),
      ...person,
      /** Also put the address on the block list of each workspace that belongs to the scope alone. */
      block: z.boolean().default(false),
    }),
  ]),
  /** From the scheduler. */
  z.strictObject({ job_id: z.uuid() }),
]);

export type PersonalDataRequest = z.infer<typeof personalDataRequest>;
