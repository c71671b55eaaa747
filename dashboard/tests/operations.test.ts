// What the operators' pages and the settings say, without a browser.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { connectionState, explainKeyFailure, isWorkspaceChange } from '../src/data/connections.ts';
import { criteriaOf } from '../src/data/dead-letters.ts';
import { Failure } from '../src/data/failure.ts';
import { anywhere, below, collect, type PageRequest, readWhole } from '../src/data/paging.ts';
import { attentionItems } from '../src/features/clients/AttentionStrip.tsx';
import { auditActions, auditDetails, auditLabel } from '../src/features/operations/audit-text.ts';
import { explainResult, resultLine } from '../src/features/operations/job-text.ts';
import { progressText } from '../src/features/settings/connections/SyncNow.tsx';
import { parseAmount } from '../src/shared/money.ts';

describe('a key that is refused', () => {
  it.each([
    ['unauthorized', 'The key is invalid'],
    ['payment_required', 'The workspace needs a paid plan'],
    ['forbidden', 'The key is missing a scope'],
    ['blocked', 'The provider blocked our server'],
  ])('%s has a title of its own and the function’s sentence', (kind, title) => {
    const failure = new Failure('INSTANTLY_API_KEY_INVALID', 'Save a valid one', 409, { kind });
    expect(explainKeyFailure(failure)).toEqual({
      title,
      sentence: 'Save a valid one.',
      code: 'INSTANTLY_API_KEY_INVALID',
    });
  });

  it('is distinguished from a key of another workspace, which may be intended', () => {
    const other = new Failure(
      'VALIDATION_FAILED',
      'send accept_workspace_change if the change is intended',
      400,
    );
    expect(isWorkspaceChange(other)).toBe(true);
    expect(isWorkspaceChange(new Failure('VALIDATION_FAILED', 'api_key is too short', 400))).toBe(false);
    expect(isWorkspaceChange(null)).toBe(false);
  });
});

it('a connection without its key is not active, and a removed one is not paused', () => {
  expect(connectionState({ status: 'active', removed_at: null, api_key_last4: 'ab12' })).toBe('active');
  expect(connectionState({ status: 'active', removed_at: null, api_key_last4: null })).toBe('no_key');
  expect(connectionState({ status: 'paused', removed_at: '2026-11-01', api_key_last4: null })).toBe(
    'removed',
  );
  expect(connectionState({ status: 'needs_plan', removed_at: null, api_key_last4: 'ab12' })).toBe(
    'needs_plan',
  );
});

describe('money', () => {
  it.each([['12', 12], ['12.5', 12.5], [' 12,50 ', 12.5], ['0.01', 0.01]])(
    '%s is an amount',
    (text, amount) => {
      expect(parseAmount(text)).toBe(amount);
    },
  );

  it.each(['', '0', '-5', '1.234', '1,250.00', 'ten', '1e5', '123456789012'])('"%s" is none', (text) => {
    expect(parseAmount(text)).toBeUndefined();
  });
});

describe('dead letters', () => {
  const now = new Date('2026-11-21T08:00:00Z');

  it('are replayed with the criteria of the list, the last day included', () => {
    expect(criteriaOf({
      connectionId: 'c',
      reason: '100%_sure',
      period: { from: '2026-11-01', to: '2026-11-02' },
    }, now)).toEqual({
      target_connection_id: 'c',
      reason_like: '%100\\%\\_sure%',
      received_from: '2026-11-01T00:00:00Z',
      received_to: '2026-11-03T00:00:00Z',
    });
  });

  it('without criteria are all that have arrived until now, never those to come', () => {
    expect(criteriaOf({ connectionId: undefined, reason: undefined, period: null }, now))
      .toEqual({ received_to: now.toISOString() });
  });
});

describe('long lists', () => {
  it('are read to their end, each answer below the last row of the one before', async () => {
    const list = (length: number) => ({ from, to, after }: PageRequest) => {
      const first = after ? (after as { id: number }).id + 1 : 0;
      return Promise.resolve(
        Array.from({ length: Math.max(0, Math.min(length - first, to + 1 - from)) }, (_, index) => ({
          id: first + index,
        })),
      );
    };
    const sort = { id: 'id', desc: false };
    expect(await collect(readWhole(list(0), sort))).toEqual([]);
    const rows = await collect(readWhole(list(12_345), sort));
    expect(rows.map(({ id }) => id)).toEqual(Array.from({ length: 12_345 }, (_, id) => id));
  });

  it('continue below a row by every column that orders them; nulls come last', () => {
    const order = [{ id: 'status', desc: true }, { id: 'id', desc: false }];
    expect(below({ status: 200, id: 7 }, order)).toBe(
      'status.lt."200",status.is.null,and(status.eq."200",id.gt."7"),and(status.eq."200",id.is.null)',
    );
    expect(below({ status: null, id: 7 }, order)).toBe(
      'and(status.is.null,id.gt."7"),and(status.is.null,id.is.null)',
    );
    expect(below({ name: 'a "b\\' }, [{ id: 'name', desc: false }])).toBe(
      'name.gt."a \\"b\\\\",name.is.null',
    );
  });

  it('find text that means something in a pattern', () => expect(anywhere('a\\b')).toBe('%a\\\\b%'));
});

describe('a job’s result', () => {
  const result = {
    campaigns_synced: 3,
    leads: 1_412,
    events_replayed: 0,
    something_new: 2,
    errors: [{ step: 'replies', code: 'API_UNAVAILABLE', message: 'No answer' }, {
      campaign_id: 'x',
      code: 'Y',
      message: 'Z',
    }],
  };

  it('is counts in words and errors with their place', () => {
    expect(explainResult(result)).toEqual({
      counts: [
        { label: 'Campaigns synced', count: 3 },
        { label: 'Leads synced', count: 1_412 },
        { label: 'Events replayed from the log', count: 0 },
        { label: 'something new', count: 2 },
      ],
      errors: [
        { where: 'replies', code: 'API_UNAVAILABLE', message: 'No answer' },
        { where: 'a campaign', code: 'Y', message: 'Z' },
      ],
    });
    expect(resultLine(result)).toBe('2 errors, campaigns synced: 3, leads synced: 1,412, something new: 2');
  });

  it('may be nothing', () => {
    expect(explainResult(null)).toEqual({ counts: [], errors: [] });
    expect(resultLine({})).toBe('');
  });

  it('is shown while it runs', () => {
    expect(progressText(undefined)).toBe('Syncing the workspace …');
    expect(progressText({ done: 2, total: 5 })).toBe('Synced 2 of 5 campaigns');
  });
});

it('an action of the audit log is in words, without ids', () => {
  expect(auditLabel('campaign_mapped')).toBe('Assigned a campaign');
  expect(auditLabel('something_else')).toBe('Something else');
  expect(auditDetails({ created: true, campaign_id: 'x', ids: [1], projected: 4, reason_like: '%a%' }))
    .toBe('created: yes, projected: 4, reason like: %a%');
  expect(auditDetails(null)).toBe('');
  expect(auditLabel('crm_switched_off')).toBe('Switched a CRM account off');
});

it('every action that the database writes into the audit log has a sentence', () => {
  const folder = join(import.meta.dirname, '../../supabase/schemas');
  const actions = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.sql'))
    .flatMap((file) => [
      ...readFileSync(join(folder, file), 'utf8').matchAll(/write_audit\(\s*(case [^,]*|'[a-z_]+'(?=,))/g),
    ])
    .flatMap(([, first]) =>
      [...(first ?? '').matchAll(/(?:^|then |else )'([a-z_]+)'/g)].map(([, name]) => name)
    );
  expect(actions).toEqual(
    expect.arrayContaining(['crm_connected', 'crm_changed', 'crm_pushed', 'crm_retried']),
  );
  expect(actions.filter((action) => auditActions[action ?? ''] === undefined)).toEqual([]);
});

it('only what needs somebody is shown to need somebody', () => {
  const calm = {
    openAlerts: 0,
    unmapped: 0,
    heldEvents: 0,
    deadLetters: 0,
    failingJobs: 0,
    unhealthy: 0,
    down: 0,
    stopped: [],
    answered: [],
  };
  expect(attentionItems(calm)).toEqual([]);
  expect(attentionItems({ ...calm, unmapped: 2, heldEvents: 1 })).toMatchObject([
    { to: '/operations/unmapped', count: 2, text: '1 event held' },
  ]);
  expect(attentionItems({ ...calm, stopped: ['Harbour', 'Lakeside'] })).toMatchObject([
    { label: 'Stopped by clients', count: 2, text: 'Harbour, Lakeside' },
  ]);
  const answer = (campaignId: string, isApproved: boolean) => ({
    campaignId,
    campaign: `Autumn ${campaignId}`,
    client: 'Lakeside',
    isApproved,
  });
  expect(attentionItems({ ...calm, answered: [answer('a', true), answer('b', false), answer('c', true)] }))
    .toMatchObject([
      { campaignId: 'b', label: 'Changes requested', count: 1, text: 'Lakeside: Autumn b' },
      {
        campaignId: 'a',
        label: 'Approved, not exported',
        count: 2,
        text: 'Lakeside: Autumn a and 1 more',
      },
    ]);
  expect(attentionItems({ ...calm, unhealthy: 3, down: 1 })).toMatchObject([{ count: 3, text: '1 down' }]);
});
