// What an export would do, and starting it.
import * as z from 'zod/mini';
import { functionFailure } from './failure.ts';
import { supabase } from './supabase.ts';

const dryRunSchema = z.object({
  total: z.number(),
  to_send: z.number(),
  skipped: z.number(),
  reasons: z.record(z.string(), z.number()),
  /** Which variables have no value, for how many leads. */
  missing_variables: z.record(z.string(), z.number()),
  estimate: z.nullable(z.object({
    emails: z.number(),
    most_a_day: z.number(),
    first_day: z.string(),
    first_mails_until: z.nullable(z.string()),
    ends_on: z.nullable(z.string()),
    sending_days: z.number(),
    unsent: z.number(),
  })),
  findings: z.array(z.object({
    code: z.string(),
    level: z.enum(['stops', 'warns', 'tells']),
    message: z.string(),
    /** The leads behind it, where it leaves some out. */
    left_out: z.optional(
      z.object({ reason: z.string(), variable: z.optional(z.string()), leads: z.number() }),
    ),
  })),
  /** Operators only. */
  costs: z.optional(z.array(
    z.object({ currency: z.string(), cost: z.number(), cost_per_lead: z.nullable(z.number()) }),
  )),
});
const startedSchema = z.object({ job_id: z.string(), already_running: z.boolean() });

export type DryRun = z.infer<typeof dryRunSchema>;

/** Counts what an export would do, and does nothing. */
export async function checkExport(campaignId: string): Promise<DryRun> {
  return dryRunSchema.parse(await invoke({ campaign_id: campaignId, dry_run: true }));
}

const leftOutSchema = z.object({
  left_out: z.array(z.object({
    name: z.nullable(z.string()),
    email: z.nullable(z.string()),
    reason: z.string(),
    detail: z.nullable(z.string()),
  })),
});

export type LeftOut = NonNullable<DryRun['findings'][number]['left_out']>;

/** How many leads an answer lists. */
export const maxLeftOut = 10_000;

/** The leads behind the counts of a check; of one finding if given. */
export async function readLeftOut(campaignId: string, { reason, variable }: Partial<LeftOut> = {}) {
  const body = {
    campaign_id: campaignId,
    dry_run: true,
    list_left_out: true,
    ...(reason ? { reason } : {}),
    ...(variable ? { variable } : {}),
  };
  return leftOutSchema.parse(await invoke(body)).left_out;
}

/** Starts the export, or joins the one that runs. */
export async function startExport(campaignId: string, activate: boolean): Promise<string> {
  return startedSchema.parse(await invoke({ campaign_id: campaignId, activate })).job_id;
}

async function invoke(body: Record<string, unknown>): Promise<unknown> {
  const { data, error } = await supabase().functions.invoke<unknown>('export-campaign', { body });
  if (error) throw await functionFailure(error);
  return data;
}
