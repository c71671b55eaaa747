import { describe, expect, it } from 'vitest';
import type { ExportRow } from '../../supabase/functions/_shared/export/lead-from-business.ts';
import { sendBatch } from '../../supabase/functions/_shared/export/send-batch.ts';
import { defaultSteps, readSequence } from '../../supabase/functions/_shared/export/sequence.ts';
import { explainProviderError } from '../../supabase/functions/_shared/jobs/run-job.ts';
import {
  type AddLeadsResult,
  ProviderError,
  type ProviderSession,
} from '../../supabase/functions/_shared/providers/provider.ts';
import { isPlanLimit } from '../../supabase/functions/_shared/providers/provider-error.ts';
import { readAddedLeads } from '../../supabase/functions/_shared/providers/smartlead/lead-mapping.ts';
import { addedLeads } from '../../supabase/functions/_shared/providers/smartlead/schemas.ts';

const row = (index: number, resent = false) =>
  ({
    receipt_id: index,
    resent,
    recipient: 'business',
    email: `lead${index}@shop.test`,
    business: { name: `Shop ${index}` },
  }) as unknown as ExportRow;
const rows = (count: number) => Array.from({ length: count }, (_, index) => row(index));

/** A provider with scripted answers to uploads; undefined = all are created. */
function provider(answer: (emails: string[]) => ProviderError | Partial<AddLeadsResult> | undefined) {
  const calls: number[] = [];
  const session = {
    provider: 'instantly',
    addLeads: (_campaign: string, leads: { email: string }[]) => {
      const emails = leads.map((lead) => lead.email);
      calls.push(emails.length);
      const scripted = answer(emails);
      if (scripted instanceof ProviderError) return Promise.reject(scripted);
      return Promise.resolve({
        created: new Map(emails.map((email, index) => [index, `id of ${email}`])),
        refused: { duplicate: 0, blocked: 0, invalid: 0, skipped: 0 },
        ...scripted,
      });
    },
    findLeads: () => Promise.resolve(new Map<string, string>()),
  } as unknown as ProviderSession;
  return { session, calls };
}

const refusal = (providerMessage: string, kind: 'bad_request' | 'plan_limit' = 'bad_request') =>
  new ProviderError(kind, `Instantly answered 400 "${providerMessage}"`, {
    provider: 'instantly',
    status: 400,
    providerMessage,
  });

describe('a batch that the provider refuses for one lead', () => {
  it('is split at the lead that the refusal names', async () => {
    const { session, calls } = provider((emails) => {
      const index = emails.indexOf('lead7@shop.test');
      return index < 0 ? undefined : refusal(`body/leads/${index}/email must match format "email"`);
    });
    const { outcomes, planLimit } = await sendBatch('c', rows(100), session);
    expect(planLimit).toBeUndefined();
    expect(calls).toEqual([100, 1, 99]);
    expect(outcomes).toHaveLength(100);
    expect(outcomes.filter((one) => one.outcome !== 'created')).toEqual([
      {
        receipt_id: 7,
        outcome: 'invalid',
        reason: 'invalid_email',
        detail: 'body/leads/0/email must match format "email"',
        lead: null,
      },
    ]);
  });

  it('is halved where no lead is named', async () => {
    const bad = new Set(['lead3@shop.test', 'lead90@shop.test']);
    const { session, calls } = provider((emails) =>
      emails.some((email) => bad.has(email)) ? refusal('Invalid lead') : undefined
    );
    const { outcomes } = await sendBatch('c', rows(100), session);
    expect(outcomes.filter((one) => one.outcome === 'invalid').map((one) => one.receipt_id).sort()).toEqual([
      3,
      90,
    ]);
    expect(outcomes.filter((one) => one.outcome === 'created')).toHaveLength(98);
    expect(calls.length).toBeLessThan(40);
  });

  it('stays whole when the refusal is about the campaign', async () => {
    const { session, calls } = provider(() => refusal('campaign_id must be a uuid'));
    await expect(sendBatch('c', rows(100), session)).rejects.toThrow(ProviderError);
    expect(calls).toEqual([100]);
  });
});

describe('the end of the plan', () => {
  it('leaves those unsent that did not fit, and says the provider’s words', async () => {
    const { session } = provider(() => ({
      created: new Map([[0, 'a']]),
      planLimit: { providerMessage: 'Only 1 lead left' },
    }));
    const { outcomes, planLimit } = await sendBatch('c', rows(3), session);
    expect(outcomes.map((one) => [one.outcome, one.reason])).toEqual([
      ['created', null],
      ['planned', 'plan_limit'],
      ['planned', 'plan_limit'],
    ]);
    expect(planLimit).toMatchObject({
      code: 'PLAN_LIMIT_REACHED',
      message: expect.stringContaining('Only 1 lead left'),
    });
  });

  it('is read from a refusal of the whole batch', async () => {
    const { session } = provider(() => refusal('You have reached your lead upload limit', 'plan_limit'));
    const { outcomes, planLimit } = await sendBatch('c', rows(2), session);
    expect(outcomes.map((one) => one.outcome)).toEqual(['planned', 'planned']);
    expect(planLimit?.code).toBe('PLAN_LIMIT_REACHED');
  });

  it('is read from Smartlead’s answer', () => {
    const leads = rows(2).map((one) => ({ email: one.email })) as Parameters<typeof readAddedLeads>[0];
    const answer = addedLeads.parse({
      total_leads: 1,
      is_lead_limit_exhausted: true,
      lead_import_stopped_count: 1,
      error: 'Lead limit exhausted',
      emailToLeadIdMap: { newlyAddedLeads: { 'lead0@shop.test': 5 } },
    });
    const result = readAddedLeads(leads, answer);
    expect(result.planLimit).toEqual({ providerMessage: 'Lead limit exhausted' });
    expect(result.refused.skipped).toBe(0);
  });

  it('is distinguished from other limits by its words', () => {
    expect(isPlanLimit('You have reached your lead upload limit')).toBe(true);
    expect(isPlanLimit('Plan limit exceeded')).toBe(true);
    expect(isPlanLimit('Rate limit exceeded for this plan')).toBe(false);
    expect(isPlanLimit('querystring/limit must be <= 100')).toBe(false);
    expect(isPlanLimit(undefined)).toBe(false);
  });
});

describe('what an operator reads of a refusal', () => {
  it('holds the provider’s own sentence, without ids, addresses of the web and keys', () => {
    const sentence =
      'Workspace 019ffad2-9c4e-7be6-8364-ed444afb02d5 has no domain; see https://app.test/x?key=abc; key sk_live_9f8e7d6c5b4a3f2e1d0c, campaign 1234567';
    const { message } = explainProviderError(refusal(sentence));
    expect(message).toContain('(Instantly says: "Workspace … has no domain; see …');
    expect(message).not.toMatch(/019ffad2|https|sk_live|1234567/);
  });
});

describe('the sequence', () => {
  it('needs a subject in its first step only', () => {
    expect(() => readSequence([{ subject: ' ', body: 'Hi' }])).toThrow(/subject/);
    expect(readSequence([{ subject: 'A', body: 'Hi' }, { subject: '', body: 'Again' }])).toHaveLength(2);
  });

  it('uses by default what the database asks each lead for', () => {
    const names = [...JSON.stringify(defaultSteps).matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]);
    expect([...new Set(names)].sort()).toEqual(['firstName', 'icebreaker', 'subject_line']);
  });
});
