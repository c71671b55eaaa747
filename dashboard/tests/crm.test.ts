// What Settings → CRM suggests before somebody chooses, what it keeps of earlier choices, and what it says about failures.
import { describe, expect, it } from 'vitest';
import { type CrmConnection, describeCrmFailure, type Offer } from '../src/data/crm.ts';
import { Failure } from '../src/data/failure.ts';
import {
  isWholly,
  keepWhatIsThere,
  savedSettings,
  stateOf,
  suggestSettings,
  suggestStages,
  whatIsMissing,
} from '../src/features/settings/crm/crm-text.ts';

const stage = (id: string, name: string, status: 'won' | 'lost' | null = null) => ({ id, name, status });
const offer: Offer = {
  account: { id: '4711', host: 'app.hubspot.com', currency: 'EUR', missingScopes: [] },
  pipelines: [
    {
      id: 'default',
      name: 'Sales',
      stages: [
        stage('a', 'Appointment Scheduled'),
        stage('q', 'Qualified To Buy'),
        stage('w', 'Closed Won', 'won'),
        stage('l', 'Closed Lost', 'lost'),
      ],
    },
    { id: 'partners', name: 'Partners', stages: [stage('p', 'First talk')] },
  ],
  properties: [
    { name: 'firstname', label: 'First Name', kind: 'text' },
    { name: 'message', label: 'Message', kind: 'text' },
    { name: 'stopped', label: 'Stopped', kind: 'flag' },
  ],
};

describe('before somebody chooses', () => {
  it('HubSpot’s own pipeline has its meeting recognised, and what won and lost mean', () => {
    expect(suggestSettings(offer)).toEqual({
      events: ['reply.positive', 'meeting.booked'],
      pipeline_id: 'default',
      lead_stage_id: 'q',
      meeting_stage_id: 'a',
      statuses: { a: 'booked', w: 'won', l: 'lost' },
      unsubscribed_property: null,
      mapping: { first_name: 'firstname' },
    });
  });

  it('a pipeline without a meeting leaves the deal where it is', () => {
    expect(suggestStages(offer.pipelines[1]!)).toEqual({
      pipeline_id: 'partners',
      lead_stage_id: 'p',
      meeting_stage_id: null,
      statuses: {},
    });
    expect(whatIsMissing(suggestSettings({ ...offer, pipelines: [] }))).toMatch('pipeline');
  });
});

describe('what is chosen', () => {
  const chosen = suggestSettings(offer);

  it('is kept as far as the account still has it', () => {
    expect(isWholly(chosen, offer)).toBe(true);
    const changed = {
      ...chosen,
      meeting_stage_id: 'gone',
      mapping: { ...chosen.mapping, campaign: 'gone' },
      statuses: { ...chosen.statuses, gone: 'held' as const },
    };
    expect(isWholly(changed, offer)).toBe(false);
    expect(keepWhatIsThere(changed, offer)).toEqual({ ...chosen, meeting_stage_id: null });
    expect(keepWhatIsThere({ ...chosen, pipeline_id: 'gone' }, offer).pipeline_id).toBe('default');
  });

  it('is not saved while something is missing', () => {
    expect(whatIsMissing(chosen)).toBeUndefined();
    expect(whatIsMissing({ ...chosen, events: [] })).toMatch('what is pushed');
    expect(whatIsMissing({ ...chosen, events: ['lead.unsubscribed'] })).toMatch('unsubscribed');
    expect(whatIsMissing({ ...chosen, mapping: { campaign: 'message', last_reply: 'message' } })).toMatch(
      'Two fields go to “message”',
    );
  });
});

it('an account says how it is', () => {
  const row = {
    switched_off_at: null,
    switched_off_reason: null,
    failing_since: null,
    last_push_at: null,
    last_read_at: null,
    stages: [{ id: 'a', name: 'Appointment', status: 'booked' }, {
      id: 'q',
      name: 'Qualified',
      status: null,
    }],
  } as unknown as CrmConnection;
  const at = '2026-11-01T09:00:00Z';
  expect(stateOf(row).label).toBe('Not used yet');
  expect(stateOf({ ...row, last_read_at: at }).label).toBe('Working');
  expect(stateOf({ ...row, last_push_at: at, failing_since: at }).label).toBe('Failing');
  expect(stateOf({ ...row, switched_off_at: at, switched_off_reason: 'HubSpot refuses the token' })).toEqual({
    label: 'Switched off',
    tone: 'bad',
  });
  expect(stateOf({ ...row, switched_off_at: at, switched_off_reason: 'An operator switched it off' }).tone)
    .toBe('neutral');
  expect(savedSettings(row).statuses).toEqual({ a: 'booked' });
});

it('what HubSpot answers is shown in its own words, with what comes next', () => {
  expect(
    describeCrmFailure(new Failure('API_UNAVAILABLE', 'HubSpot asks for a pause: too many requests', 502)),
  )
    .toMatchObject({
      title: 'HubSpot asks for a pause: too many requests',
      advice: 'Nothing was changed. Wait a minute and try again.',
    });
  expect(describeCrmFailure(new Failure('VALIDATION_FAILED', 'HubSpot refuses the token', 400)))
    .toMatchObject({ title: 'HubSpot refuses the token', advice: 'Nothing was saved.' });
});
