import { describe, expect, it } from 'vitest';
import { type SampleLead, writableBusinesses } from '../src/data/campaign-setup.ts';
import { campaignState } from '../src/data/campaigns.ts';
import { preparationOf } from '../src/data/preparation.ts';
import { completeLeads, hintsOf } from '../src/features/campaigns/setup/copy.ts';

describe('the hint about a long subject', () => {
  const hint = (subject: string) => hintsOf({ subject, body: 'Hi' }).join();

  it('appears above what it says that phones show', () => {
    expect(hint('x'.repeat(40))).toBe('');
    expect(hint('x'.repeat(41))).toBe('The subject has 41 characters; phones show about 40');
  });

  it('counts what a lead reads and not the names of the variables', () => {
    expect(hint('{{firstName|there}}, about {{companyName|your company}} now')).toBe('');
    expect(hint('{{linkedin_contact_title}} and {{firstName}} in {{city}}')).toBe('');
    expect(hint('A question about {{companyName}} and how you find new customers')).toBe(
      'The subject has about 62 characters; phones show about 40',
    );
  });

  it('reads no variable as shouting or as a word that filters dislike', () => {
    expect(hintsOf({ subject: 'For {{COMPANY}}', body: 'Hi {{winner}} {{urgent|there}}' })).toEqual([]);
  });
});

describe('the leads of a preview', () => {
  const row = (email: string | null, business_id: string | null, more = {}) => ({
    email,
    business_id,
    recipient: 'business' as const,
    state: 'not_exported',
    ...more,
  });

  it('are those with an address that a provider takes, each address once', () => {
    expect(writableBusinesses([
      row('a@one.test', '1'),
      row(null, '2'),
      row('jörg@two.test', '3'),
      row('b@three.test', '4', { recipient: 'linkedin_contact' }),
      row('c@four.test', null, { recipient: null }),
      row('d@five.test', '5', { state: 'removed' }),
      row('a@one.test', '6'),
    ])).toEqual(['6']);
  });

  const lead = (name: string, more: Partial<SampleLead> = {}) =>
    ({ name, email: `${name}@x.test`, custom_variables: {}, ...more }) as SampleLead;
  const sequence = [{ delay_days: 0, subject: '{{city}}', body: '{{firstName|there}} {{signature}}' }];

  it('have a value for all that the emails need, or what is missing is shown', () => {
    const both = [lead('One'), lead('Two', { city: 'Utrecht' })];
    expect(completeLeads(sequence, both).map(({ name }) => name)).toEqual(['Two']);
    expect(completeLeads(sequence, both.slice(0, 1)).map(({ name }) => name)).toEqual(['One']);
  });
});

describe('what a campaign lacks before its export', () => {
  const whole = {
    connection_id: 'c',
    sending_accounts: [],
    sending_account_tags: [],
    provider_connections: { client_id: 'own' },
    clients: { approval_required: false },
    businesses: [{}],
    campaign_approvals: [],
  };
  const asked = (state: 'requested' | 'approved' | 'changes_asked') =>
    preparationOf({ ...whole, clients: { approval_required: true }, campaign_approvals: [{ state }] });

  it('is leads, a workspace, mailboxes of a shared one, or the approval', () => {
    expect(preparationOf(whole)).toBe('ready');
    expect(preparationOf({ ...whole, businesses: [] })).toBe('incomplete');
    expect(preparationOf({ ...whole, connection_id: null, provider_connections: null })).toBe('incomplete');
    const shared = { ...whole, provider_connections: { client_id: null } };
    expect(preparationOf(shared)).toBe('incomplete');
    expect(preparationOf({ ...shared, sending_account_tags: ['warm'] })).toBe('ready');
    expect(preparationOf({ ...whole, provider_connections: null })).toBe('ready');
    expect(preparationOf({ ...whole, clients: { approval_required: true } })).toBe('incomplete');
    expect([asked('requested'), asked('changes_asked'), asked('approved')])
      .toEqual(['waiting', 'changes_asked', 'ready']);
  });

  it('is the state of a campaign that was never exported, and of no other', () => {
    const label = (more: Partial<Parameters<typeof campaignState>[0]>) =>
      campaignState({
        generation_status: 'completed',
        provider_status: null,
        connection_stopped: null,
        ...more,
      }).label;
    expect(label({})).toBe('Being prepared');
    expect(label({ preparation: 'waiting' })).toBe('Waiting for approval');
    expect(label({ preparation: 'ready' })).toBe('Ready to export');
    expect(label({ preparation: 'ready', generation_status: 'running' })).toBe('Finding leads');
    expect(label({ preparation: 'incomplete', provider_status: 'active' })).toBe('Active');
  });
});
