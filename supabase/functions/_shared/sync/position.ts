import { z } from 'zod';

const page = z.string().optional();

/** How far a walk through the delivery log got. */
export const logPosition = z.object({
  page,
  /** Rows from before this moment were read by an earlier walk. */
  until: z.string().optional(),
  /** The newest row of the walk, where the next one will end. */
  newest: z.string().optional(),
});
export type LogPosition = z.infer<typeof logPosition>;

/** How far a sync got. Each page moves it, so a killed run repeats at most one page. */
export const position = z.discriminatedUnion('phase', [
  z.object({ phase: z.literal('webhook'), tries: z.number().optional() }),
  z.object({ phase: z.literal('campaigns'), page }),
  z.object({ phase: z.literal('labels'), page }),
  z.object({ phase: z.literal('campaign_webhooks'), tries: z.number().optional() }),
  z.object({
    phase: z.literal('reading'),
    /** The last campaign that is done. */
    after: z.string().optional(),
    /** The long list of the campaign behind `after` that is being read; what comes before it is done. */
    part: z.enum(['steps', 'leads', 'facts']).optional(),
    /** Where that list stands. */
    page,
    /** Some of the campaign's facts were left to the next sync. */
    hasMore: z.boolean().optional(),
  }),
  logPosition.extend({ phase: z.literal('replay'), tries: z.number().optional() }),
  z.object({ phase: z.literal('replies'), pages: z.number().optional(), tries: z.number().optional() }),
  z.object({ phase: z.literal('accounts'), page, tries: z.number().optional() }),
  z.object({ phase: z.literal('outage'), pages: z.number().optional(), tries: z.number().optional() }),
  z.object({ phase: z.literal('done') }),
]);
export type Position = z.infer<typeof position>;
export type At<Phase extends Position['phase']> = Extract<Position, { phase: Phase }>;
