// What people read of a call that a provider refused: a code and a sentence with the state and what to do, and no secret.
import { describe, expect, it } from 'vitest';
import { explainProviderError } from '../../supabase/functions/_shared/jobs/run-job.ts';
import {
  ProviderError,
  type ProviderErrorKind,
} from '../../supabase/functions/_shared/providers/provider-error.ts';

const meanings: Record<ProviderErrorKind, [code: string, sentence: string]> = {
  unauthorized: ['INSTANTLY_API_KEY_INVALID', 'Instantly refused the API key; save a valid one'],
  payment_required: [
    'INSTANTLY_API_KEY_INVALID',
    'The Instantly workspace has no active paid plan; renew it, then retry',
  ],
  forbidden: [
    'INSTANTLY_API_KEY_INVALID',
    'Instantly forbids this call; give the API key the needed scopes, then retry',
  ],
  blocked: [
    'API_UNAVAILABLE',
    "Instantly's edge refused the call before it checked the key; the User-Agent or the IP address is blocked",
  ],
  rate_limited: [
    'RATE_LIMIT_EXCEEDED',
    'Instantly limits the number of calls; the work continues automatically',
  ],
  not_found: ['CAMPAIGN_NOT_FOUND', 'Instantly no longer has this campaign'],
  unavailable: [
    'API_UNAVAILABLE',
    'Instantly is not responding at the moment; the work continues automatically',
  ],
  unreachable: [
    'API_UNAVAILABLE',
    'Instantly is not responding at the moment; the work continues automatically',
  ],
  timeout: [
    'API_UNAVAILABLE',
    'Instantly is not responding at the moment; the work continues automatically',
  ],
  bad_request: [
    'API_UNAVAILABLE',
    'Instantly refused a request as invalid; see the function log for its answer',
  ],
  plan_limit: [
    'PLAN_LIMIT_REACHED',
    'The plan of the Instantly workspace accepts no more leads; upgrade it or wait for its renewal, then export again',
  ],
  unexpected_answer: ['API_UNAVAILABLE', 'Instantly gave an unexpected answer; see the function log'],
};

describe('explainProviderError', () => {
  it.each(Object.entries(meanings))('%s', (kind, [code, message]) => {
    const path = 'Instantly answered POST /api/v2/campaigns/019a1c3e/activate with 400';
    const error = new ProviderError(kind as ProviderErrorKind, path, { provider: 'instantly' });
    // Neither the provider's text nor the path: both can hold ids that no client may read.
    expect(explainProviderError(error)).toEqual({ code, message });
  });

  it('names the provider, in the code too, and quotes its own sentence', () => {
    const error = new ProviderError('unauthorized', 'GET /campaigns', {
      provider: 'smartlead',
      providerMessage: 'API key expired',
    });
    expect(explainProviderError(error)).toEqual({
      code: 'SMARTLEAD_API_KEY_INVALID',
      message: 'Smartlead refused the API key; save a valid one (Smartlead says: "API key expired")',
    });
  });

  it('quotes without ids, addresses of the web and keys', () => {
    const error = new ProviderError('bad_request', 'POST /campaigns', {
      provider: 'instantly',
      providerMessage:
        'Workspace 019ffad2-9c4e-7be6-8364-ed444afb02d5 has no domain; see https://app.test/x?key=abc; key sk_live_9f8e7d6c5b4a3f2e1d0c, campaign 1234567',
    });
    const { message } = explainProviderError(error);
    expect(message).toContain('(Instantly says: "Workspace … has no domain; see …');
    expect(message).not.toMatch(/019ffad2|https|sk_live|1234567/);
  });
});
