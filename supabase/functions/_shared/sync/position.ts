import { z } from 'zod';

const page = z.string().optional();

/** Progress of a walk through the delivery log. */
export const logPosition = z.object({
  page,
  /** Older rows were read by an earlier walk. */
  until: z.string().optional(),
  /** Time of the walk's newest row, where the next walk will end. */
  newest: z.string().optional(),
});
export type LogPosition = z.infer<typeof logPosition>;

/** How far a campaign is read whose leads take several runs. */
export const campaignPosition = z.object({
  /** The list being read; earlier lists are done. */
  part: z.enum(['steps', 'leads', 'facts']),
  /** Cursor in that list. */
  page,
  /** Some of the campaign's facts were left to the next sync. */
  hasMore: z.boolean().optional(),
});
export type CampaignPosition = z.infer<typeof campaignPosition>;

const counted = z.tuple([z.number(), z.number(), z.number()]);

/** Progress of a reading of placement tests; what was counted is written once all of it is read. */
export const placementReading = z.object({
  since: z.string(),
  /** Tests that are still to be read, the first one now. */
  tests: z.array(z.string()),
  found: z.number(),
  part: z.enum(['mails', 'reports']),
  page,
  /** Pages read of all tests. */
  pages: z.number(),
  /** Per mailbox and day: in the inbox, under promotions, in spam. */
  counts: z.record(z.string(), z.record(z.string(), counted)),
});
export type PlacementReading = z.infer<typeof placementReading>;

/** Progress of a sync. Each page moves it, so a killed run repeats at most one page. */
export const position = z.discriminatedUnion('phase', [
  z.object({ phase: z.literal('webhook'), tries: z.number().optional() }),
  z.object({
    phase: z.literal('campaigns'),
    page,
    /** A row of an earlier page could not be read, so what is missing in the list may be that one. */
    hasOdd: z.boolean().optional(),
  }),
  z.object({ phase: z.literal('labels'), page }),
  z.object({ phase: z.literal('campaign_webhooks'), tries: z.number().optional() }),
  z.object({
    phase: z.literal('reading'),
    /** This campaign and all before it are completed. */
    after: z.string().optional(),
    /** Campaigns after it that are completed, because several are read at the same time. */
    done: z.array(z.string()).optional(),
    /** Those that are being read, by their id. */
    walks: z.record(z.string(), campaignPosition).optional(),
  }),
  logPosition.extend({ phase: z.literal('replay'), tries: z.number().optional() }),
  z.object({ phase: z.literal('replies'), pages: z.number().optional(), tries: z.number().optional() }),
  z.object({ phase: z.literal('answers'), pages: z.number().optional(), tries: z.number().optional() }),
  z.object({ phase: z.literal('accounts'), page, tries: z.number().optional() }),
  z.object({
    phase: z.literal('placement'),
    tries: z.number().optional(),
    /** The reading that a run began; absent before it is known whether one is due. */
    reading: placementReading.optional(),
  }),
  z.object({ phase: z.literal('outage'), pages: z.number().optional(), tries: z.number().optional() }),
  z.object({ phase: z.literal('done') }),
]);
export type Position = z.infer<typeof position>;
export type At<Phase extends Position['phase']> = Extract<Position, { phase: Phase }>;
