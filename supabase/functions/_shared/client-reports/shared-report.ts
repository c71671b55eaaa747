/** What a share link shows: the frozen report without what only the dashboard needs. What is not named here leaves no database. */
import { z } from 'zod';
import { report } from './report.ts';

const { sentences, client, replies } = report.shape;

export const sharedReport = report.omit({ campaigns: true }).extend({
  client: client.omit({ id: true }),
  sentences: z.object({
    trend: sentences.shape.trend.omit({ values: true }),
    attention: sentences.shape.attention.omit({ values: true }),
    next: sentences.shape.next.omit({ values: true }),
  }),
  replies: z.array(replies.unwrap().element.omit({ lead_id: true })).nullable(),
});

/** A report as it is read; every Report is one. */
export type SharedReport = z.infer<typeof sharedReport>;
