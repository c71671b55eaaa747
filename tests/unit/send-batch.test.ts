import { describe, expect, it } from 'vitest';
import type { ExportRow } from '../../supabase/functions/_shared/export/lead-from-business.ts';
import { sendBatch } from '../../supabase/functions/_shared/export/send-batch.ts';
import {
  type AddLeadsResult,
  ProviderError,
  type ProviderSession,
} from '../../supabase/functions/_shared/providers/provider.ts';
import {
  isPlanLimit,
  type ProviderErrorKind,
} from '../../supabase/functions/_shared/providers/provider-error.ts';
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

/** A provider with scripted answers to uploads; undefined = all are created. `present`: who is in the campaign. */
function provider(
  answer: (emails: string[]) => Error | Partial<AddLeadsResult> | undefined,
  present: Record<string, string> = {},
) {
  const calls: number[] = [];
  const searches: string[][] = [];
  const session = {
    provider: 'instantly',
    addLeads: (_campaign: string, leads: { email: string }[]) => {
      const emails = leads.map((lead) => lead.email);
      calls.push(emails.length);
      const scripted = answer(emails);
      if (scripted instanceof Error) return Promise.reject(scripted);
      return Promise.resolve({
        created: new Map(emails.map((email, index) => [index, `id of ${email}`])),
        refused: { duplicate: 0, blocked: 0, invalid: 0, skipped: 0 },
        ...scripted,
      });
    },
    findLeads: (_campaign: string, emails: string[]) => {
      searches.push(emails);
      return Promise.resolve(new Map(Object.entries(present)));
    },
  } as unknown as ProviderSession;
  return { session, calls, searches };
}

const refusal = (providerMessage: string, kind: ProviderErrorKind = 'bad_request') =>
  new ProviderError(kind, `Instantly answered 400 "${providerMessage}"`, {
    provider: 'instantly',
    status: 400,
    providerMessage,
  });

describe('a batch', () => {
  it('gives each lead its receipt, with what was sent of it', async () => {
    const { session, calls, searches } = provider(() => undefined);
    const sent = await sendBatch('c', rows(2), session);
    expect(sent).toEqual({
      outcomes: [0, 1].map((index) => ({
        receipt_id: index,
        outcome: 'created',
        reason: null,
        detail: null,
        lead: {
          provider_lead_id: `id of lead${index}@shop.test`,
          first_name: `Shop ${index}`,
          last_name: null,
          company_name: `Shop ${index}`,
          job_title: null,
          website: null,
          phone: null,
          payload: { company: `Shop ${index}` },
        },
      })),
    });
    expect([calls, searches]).toEqual([[2], []]);
  });

  it('looks for those that were not created, and for no others', async () => {
    const created = new Map([[1, 'id of lead1@shop.test']]);
    const { session, searches } = provider(() => ({ created }), { 'lead0@shop.test': 'known' });
    const { outcomes } = await sendBatch('c', rows(3), session);
    expect(searches).toEqual([['lead0@shop.test', 'lead2@shop.test']]);
    expect(outcomes).toMatchObject([
      {
        receipt_id: 0,
        outcome: 'duplicate',
        reason: 'in_provider_campaign',
        lead: { provider_lead_id: 'known' },
      },
      { receipt_id: 1, outcome: 'created', lead: { provider_lead_id: 'id of lead1@shop.test' } },
      { receipt_id: 2, outcome: 'failed', reason: 'refused_by_provider', lead: null },
    ]);
  });

  it('reports how many leads the plan still takes, where the provider reports it', async () => {
    const leadsLeft = async (answer: Partial<AddLeadsResult>) =>
      (await sendBatch('c', rows(1), provider(() => answer).session)).leadsLeft;
    expect([await leadsLeft({ leadsLeft: 7 }), await leadsLeft({ leadsLeft: null }), await leadsLeft({})])
      .toEqual([7, null, undefined]);
  });

  it('for a campaign that was deleted says so', async () => {
    const gone = refusal('No lead campaign', 'not_found');
    await expect(sendBatch('c', rows(2), provider(() => gone).session)).rejects.toMatchObject({
      code: 'CAMPAIGN_NOT_FOUND',
      message: 'The campaign was deleted at the provider; export it as a new campaign',
      cause: gone,
    });
  });

  it.each([
    ['a refusal without words', new ProviderError('bad_request', 'POST /leads', { provider: 'instantly' })],
    ['a lost answer', refusal('The email service is busy', 'timeout')],
    ['a bug', new TypeError('email is undefined')],
  ])('is not split after %s', async (_, error) => {
    const { session, calls } = provider(() => error);
    await expect(sendBatch('c', rows(2), session)).rejects.toBe(error);
    expect(calls).toEqual([2]);
  });
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

  it.each([
    ['lead_list[3].email is wrong', [6, 1, 5]],
    ['"leads.5" is wrong', [6, 1, 5]],
    ['lead/0 is wrong', [6, 1, 5]],
    ['lead_list[6].email is wrong', [6, 3, 3]],
    ['lead_list[3x] is wrong', [6, 3, 3]],
    ['Email 3 is wrong', [6, 3, 3]],
    [['an e', 'mail is wrong'].join('-'), [6, 3, 3]],
  ])('reads "%s"', async (words, expected) => {
    const { session, calls } = provider((emails) => emails.length === 6 ? refusal(words) : undefined);
    expect((await sendBatch('c', rows(6), session)).outcomes).toHaveLength(6);
    expect(calls).toEqual(expected);
  });

  it('finds a lead with a number of several digits', async () => {
    const { session } = provider((emails) => {
      const index = emails.indexOf('lead14@shop.test');
      return index < 0 ? undefined : refusal(`body/leads/${index}/phone is wrong`);
    });
    const { outcomes } = await sendBatch('c', rows(20), session);
    expect(outcomes[0]).toMatchObject({ receipt_id: 14, outcome: 'invalid', reason: 'refused_by_provider' });
    expect(outcomes.filter(({ outcome }) => outcome === 'created')).toHaveLength(19);
  });

  it('reports what the last part heard of the plan', async () => {
    const { session } = provider((emails) =>
      emails.includes('lead1@shop.test') ? refusal('Invalid lead') : { leadsLeft: 40 - emails.length }
    );
    expect((await sendBatch('c', rows(4), session)).leadsLeft).toBe(38);
    const silent = provider((emails) => emails.length > 1 ? refusal('Invalid lead') : undefined);
    expect((await sendBatch('c', rows(2), silent.session)).leadsLeft).toBeUndefined();
    const first = provider((emails) =>
      emails.length > 1 ? refusal('Invalid lead') : emails[0] === 'lead0@shop.test' ? { leadsLeft: 9 } : {}
    );
    expect((await sendBatch('c', rows(2), first.session)).leadsLeft).toBe(9);
  });

  it('sends nothing more once the plan is used up', async () => {
    const { session, calls, searches } = provider((emails) => {
      if (emails.length === 4) return refusal('Invalid lead');
      return emails.includes('lead1@shop.test') ? refusal('Plan limit reached', 'plan_limit') : undefined;
    }, { 'lead3@shop.test': 'known' });
    const { outcomes, planLimit } = await sendBatch('c', [row(0), row(1), row(2), row(3, true)], session);
    expect(calls).toEqual([4, 2]);
    expect(searches).toEqual([['lead3@shop.test']]);
    expect(planLimit?.code).toBe('PLAN_LIMIT_REACHED');
    expect(
      outcomes.map((
        { receipt_id, outcome, reason, lead },
      ) => [receipt_id, outcome, reason, lead?.['provider_lead_id']]),
    )
      .toEqual([
        [0, 'planned', 'plan_limit', undefined],
        [1, 'planned', 'plan_limit', undefined],
        [2, 'planned', 'plan_limit', undefined],
        [3, 'created', 'confirmed_after_interruption', 'known'],
      ]);
  });

  it('keeps what was sent before the plan was used up', async () => {
    const { session, calls } = provider((emails) => {
      if (emails.length === 4) return refusal('Invalid lead');
      return emails.includes('lead3@shop.test') ? refusal('Plan limit reached', 'plan_limit') : undefined;
    });
    const { outcomes } = await sendBatch('c', rows(4), session);
    expect(calls).toEqual([4, 2, 2]);
    expect(outcomes.map(({ receipt_id, outcome }) => [receipt_id, outcome]))
      .toEqual([[0, 'created'], [1, 'created'], [2, 'planned'], [3, 'planned']]);
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
      cause: expect.objectContaining({ message: 'The plan accepted only some of the leads' }),
    });
  });

  it('is read from a refusal of the whole batch', async () => {
    const { session, searches } = provider(() =>
      refusal('You have reached your lead upload limit', 'plan_limit')
    );
    const { outcomes, planLimit } = await sendBatch('c', rows(2), session);
    expect(searches).toEqual([]);
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
