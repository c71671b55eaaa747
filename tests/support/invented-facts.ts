import type { Fact } from './oracle.ts';
import type { ProviderDriver } from './providers.ts';
import { createRandom } from './random.ts';

/** 2,000 different facts over three campaigns, 150 people and ten days; some people come up at the same millisecond. */
export function inventFacts(seed: number, provider: ProviderDriver, start = Date.UTC(2026, 8, 28)): Fact[] {
  const random = createRandom(seed);
  const campaigns = Array.from({ length: 3 }, () => provider.newCampaignId());
  const types: [string, number][] = [
    ['email_sent', 35],
    ['email_opened', 25],
    ['link_clicked', 10],
    ['reply_received', 8],
    ['auto_reply_received', 4],
    ['email_bounced', 3],
    ['lead_unsubscribed', 2],
    ['lead_interested', 4],
    ['lead_not_interested', 4],
    ['lead_meeting_booked', 1],
    ['lead_out_of_office', 2],
    ['Send deck later', 2],
  ];
  const facts = new Map<string, Fact>();
  while (facts.size < 2000) {
    const fact: Fact = {
      type: random.weighted(types),
      campaign: random.pick(campaigns),
      email: `person${random.integer(150)}@oracle.test`,
      // Steps of a minute around midnight UTC, so that days matter and equal times happen between different facts.
      at: new Date(start + random.integer(10 * 24 * 60) * 60_000).toISOString(),
      account: '',
    };
    // The account follows from the time, so that "the latest account" has one answer.
    if (!fact.type.startsWith('lead_') && fact.type !== 'Send deck later') {
      fact.account = Date.parse(fact.at) % 120_000 === 0 ? 'mia@outreach.test' : 'jon@outreach.test';
    }
    // One label per person and moment: two at the same millisecond have no "latest".
    const isLabel = fact.account === '' && fact.type !== 'lead_unsubscribed';
    facts.set(isLabel ? `${fact.campaign} ${fact.email} ${fact.at}` : JSON.stringify(fact), fact);
  }
  return [...facts.values()];
}
