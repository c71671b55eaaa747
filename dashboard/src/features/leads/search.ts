// The search parameters of the lists of leads and suppressions.
import * as z from 'zod/mini';

const text = z.catch(z.optional(z.string().check(z.maxLength(200))), undefined);

/** Filters, sort and page of the open list; an invalid one is ignored. */
export const leadsSearch = z.object({
  q: text,
  campaign: z.catch(z.optional(z.uuid()), undefined),
  import: z.catch(z.optional(z.uuid()), undefined),
  verification: text,
  state: text,
  suppressed: z.catch(z.optional(z.enum(['yes', 'no'])), undefined),
  /** Where the page of leads starts: time and key of the last one above. */
  below: text,
  reason: text,
  kind: z.catch(z.optional(z.enum(['addresses', 'domains'])), undefined),
  sort: text,
  desc: z.catch(z.optional(z.boolean()), undefined),
  page: z.catch(z.optional(z.int().check(z.positive())), undefined),
});

/** As it is set: undefined takes a part out of the address. */
export type LeadsSearch = {
  [Key in keyof z.infer<typeof leadsSearch>]?: z.infer<typeof leadsSearch>[Key] | undefined;
};
