/** One push: a lead becomes a contact and a deal, or its deal moves on. Never throws. */
import { z } from 'zod';
import { AppError, describeError } from '../platform/errors.ts';
import { crmEvents, crmFields, loopFields } from './choices.ts';
import { type Crm, type CrmDeal, CrmError, sealedConnection } from './crm.ts';

/** A push under a lease, as worker.take_crm_pushes gives it. */
export const takenPush = z.object({
  push_id: z.uuid(),
  token: z.uuid(),
  type: z.enum(crmEvents),
  lead_id: z.uuid(),
  fields: z.record(z.string(), z.string().nullable()),
  connection: sealedConnection.extend({
    pipeline_id: z.string(),
    lead_stage_id: z.string(),
    mapping: z.partialRecord(z.enum(crmFields), z.string()).catch({}),
    unsubscribed_property: z.string().nullable(),
  }),
  /** Where the event wants the deal; null = it is not about a deal. */
  stage_id: z.string().nullable(),
  record: z.object({
    contact_id: z.string().nullable(),
    deal_id: z.string().nullable(),
    deal_is_gone: z.boolean(),
  }),
});
export type TakenPush = z.infer<typeof takenPush>;

export interface PushResult {
  push_id: string;
  token: string;
  /** null = it is in the CRM. */
  error: string | null;
  status: number | null;
  answer: string | null;
  note: string | null;
  sent: Record<string, unknown> | null;
  retry_after: number | null;
  duration_ms: number;
  /** The CRM will not take it at the next attempt either. */
  is_final: boolean;
  /** Why the token does not work any more. */
  refusal: string | null;
  contact_id: string | null;
  deal_id: string | null;
  stage_id: string | null;
  stage_at: string | null;
  deal_is_gone: boolean;
}

export async function push(taken: TakenPush, open: () => Promise<Crm>): Promise<PushResult> {
  const started = performance.now();
  // Filled as it goes: what was made before a failure is remembered too.
  const done: Progress = {
    note: [],
    sent: {},
    contact_id: null,
    deal_id: null,
    stage_id: null,
    stage_at: null,
    deal_is_gone: false,
  };
  const result = (rest: Partial<PushResult>): PushResult => ({
    push_id: taken.push_id,
    token: taken.token,
    error: null,
    status: null,
    answer: null,
    retry_after: null,
    is_final: false,
    refusal: null,
    ...done,
    note: done.note.join('. ') || null,
    ...rest,
    duration_ms: Math.round(performance.now() - started),
  });
  try {
    const crm = await open();
    if (taken.stage_id === null) await markUnsubscribed(crm, taken, done);
    else await pushDeal(crm, taken, taken.stage_id, done);
    return result({});
  } catch (error) {
    if (error instanceof CrmError) {
      return result({
        error: error.message,
        status: error.status,
        answer: error.answer,
        retry_after: error.retryAfter,
        is_final: error.kind === 'rejected' || error.kind === 'gone',
        refusal: error.kind === 'refused' ? error.message : null,
      });
    }
    return result({
      error: error instanceof AppError ? error.message : `It failed: ${describeError(error)}`,
    });
  }
}

type Progress = Pick<PushResult, 'contact_id' | 'deal_id' | 'stage_id' | 'stage_at' | 'deal_is_gone'> & {
  note: string[];
  sent: Record<string, unknown>;
};

async function pushDeal(crm: Crm, taken: TakenPush, stageId: string, done: Progress): Promise<void> {
  const { gaps, values } = mapFields(taken);
  const contact = await crm.saveContact({
    id: taken.record.contact_id,
    email: emailOf(taken),
    gaps,
    values,
    creates: true,
  });
  if (contact === null) throw new CrmError('later', 'The contact could not be made');
  done.contact_id = contact.id;
  done.sent['contact'] = { email: emailOf(taken), ...contact.sent };
  addRefused(contact.refused, done);
  const goneNote = 'The deal was deleted in the CRM or merged with another, so no other one was made';
  if (taken.record.deal_is_gone) {
    done.note.push(goneNote);
    return;
  }
  const known = taken.record.deal_id === null ? null : await crm.readDeal(taken.record.deal_id);
  if (taken.record.deal_id !== null && known === null) {
    done.deal_is_gone = true;
    done.note.push(goneNote);
    return;
  }
  if (known !== null) {
    await moveOn(crm, taken, known, stageId, done);
    return;
  }
  // One that we made and did not live to remember.
  const found = await crm.findDeal(taken.lead_id);
  if (found === null) {
    const name = dealName(taken.fields);
    const made = await crm.createDeal({
      reference: taken.lead_id,
      name,
      pipelineId: taken.connection.pipeline_id,
      stageId,
    });
    remember(made, done);
    done.sent['deal'] = { name, pipeline: taken.connection.pipeline_id, stage: stageId };
    await crm.linkDeal(made.id, contact.id);
    return;
  }
  done.deal_id = found.id;
  await crm.linkDeal(found.id, contact.id);
  if (found.stageId === stageId) remember(found, done);
  else await moveOn(crm, taken, found, stageId, done);
}

/** Only from the stage in which we put it: where a person moved it, it stays. */
async function moveOn(
  crm: Crm,
  taken: TakenPush,
  deal: CrmDeal,
  stageId: string,
  done: Progress,
): Promise<void> {
  if (deal.stageId !== stageId && deal.stageId === taken.connection.lead_stage_id) {
    remember(await crm.moveDeal(deal.id, stageId), done);
    done.sent['deal'] = { stage: stageId };
    return;
  }
  // The id of one that was merged is another. Its stage is read where stages are, which tells the meetings.
  done.deal_id = deal.id;
  if (deal.stageId !== stageId) {
    done.note.push('Somebody moved the deal in the CRM, so it stays in its stage');
  }
}

function remember(deal: CrmDeal, done: Progress): void {
  done.deal_id = deal.id;
  done.stage_id = deal.stageId;
  done.stage_at = deal.changedAt?.toISOString() ?? new Date().toISOString();
}

async function markUnsubscribed(crm: Crm, taken: TakenPush, done: Progress): Promise<void> {
  const property = taken.connection.unsubscribed_property;
  if (property === null) {
    done.note.push('No property is chosen for people who unsubscribed');
    return;
  }
  const contact = await crm.saveContact({
    id: taken.record.contact_id,
    email: emailOf(taken),
    gaps: {},
    values: { [property]: 'true' },
    creates: false,
  });
  if (contact === null) {
    done.note.push('There is no contact with this address in the CRM');
    return;
  }
  done.contact_id = contact.id;
  done.sent['contact'] = { email: emailOf(taken), ...contact.sent };
  addRefused(contact.refused, done);
}

function addRefused(refused: string[], done: Progress): void {
  if (refused.length > 0) {
    done.note.push(`The CRM did not take ${refused.join(', ')}; check the fields in Settings → CRM`);
  }
}

const emailOf = ({ fields }: TakenPush): string => fields['email'] ?? '';

/** What is known of the lead, by property; a field without a value is left out. */
function mapFields({ fields, connection: { mapping } }: TakenPush) {
  const gaps: Record<string, string> = {};
  const values: Record<string, string> = {};
  for (const field of crmFields) {
    const property = mapping[field];
    const value = fields[field]?.trim();
    if (property && value) (loopFields.has(field) ? values : gaps)[property] = value;
  }
  return { gaps, values };
}

/** "Acme – Jane Doe"; HubSpot shows deals by their name. */
export function dealName(fields: Record<string, string | null>): string {
  const person = [fields['first_name'], fields['last_name']].map((part) => part?.trim()).filter(Boolean).join(
    ' ',
  );
  const parts = [fields['company']?.trim(), person || fields['email']].filter(Boolean);
  return parts.join(' – ').slice(0, 250);
}
