// The search parameters of an operators' list; an invalid one is ignored.
import * as z from 'zod/mini';

const text = z.catch(z.optional(z.string()), undefined);

/** Filters, sort and page of the open list; each page reads those that it has. */
export const operationsSearch = z.object({
  q: text,
  status: text,
  kind: text,
  connection: z.catch(z.optional(z.uuid()), undefined),
  sort: text,
  desc: z.catch(z.optional(z.boolean()), undefined),
  page: z.catch(z.optional(z.int().check(z.positive())), undefined),
  /** The row whose details or dialog are open. */
  open: text,
});

/** As it is set: undefined takes a part out of the address. */
export type OperationsSearch = {
  [Key in keyof z.infer<typeof operationsSearch>]?: z.infer<typeof operationsSearch>[Key] | undefined;
};
