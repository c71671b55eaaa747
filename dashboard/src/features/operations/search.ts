// What the address of an operators' list may say; what does not fit is left out.
import * as z from 'zod/mini';

const text = z.catch(z.optional(z.string()), undefined);

/** Filters, sort and page of whichever list is open; each page reads those that it has. */
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
