import { describe, expect, it } from 'vitest';
import { CallLog, withoutIds } from '../../supabase/functions/_shared/providers/call-log.ts';

describe('the call log', () => {
  it('writes batches of a hundred, the rest at the end', async () => {
    const sizes: number[] = [];
    const log = new CallLog({
      now: () => 0,
      sleep: () => new Promise(() => undefined),
      write: (calls) => {
        sizes.push(calls.length);
        return Promise.resolve();
      },
    });
    for (let call = 0; call < 250; call++) log.begin('GET', '/api/v2/campaigns', 1).end(200, null);
    await log.flush();
    expect(sizes).toEqual([100, 100, 50]);
  });

  it('loses a batch that cannot be written, and nothing else', async () => {
    const written: number[] = [];
    const log = new CallLog({
      now: () => 0,
      sleep: () => new Promise(() => undefined),
      write: (calls) => {
        written.push(calls.length);
        return written.length === 1 ? Promise.reject(new Error('gone')) : Promise.resolve();
      },
    });
    log.begin('GET', '/api/v2/campaigns', 1).end(200, null);
    await log.flush();
    log.begin('GET', '/api/v2/campaigns', 1).end(200, null);
    await log.flush();
    expect(written).toEqual([1, 1]);
  });

  it.each([
    ['/api/v2/leads/list', '/api/v2/leads/list'],
    ['/api/v2/webhook-events/0199a4f0-1b2c-7d3e-8f40-5a6b7c8d9e0f', '/api/v2/webhook-events/{id}'],
    ['/api/v2/campaigns/0199a4f0-1b2c-7d3e-8f40-5a6b7c8d9e0f/activate', '/api/v2/campaigns/{id}/activate'],
    ['/api/v2/accounts/mia%40outreach.test/pause', '/api/v2/accounts/{id}/pause'],
    ['/api/v2/background-jobs/abcdefabcdefabcdefabcdef', '/api/v2/background-jobs/{id}'],
  ])('keeps no id of %s', (path, kept) => {
    expect(withoutIds(path)).toBe(kept);
  });
});
