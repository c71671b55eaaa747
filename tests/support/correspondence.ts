// Two clients with a campaign each at the provider, and people of every kind, for the tests of messages and verdicts.
import { randomUUID } from 'node:crypto';
import { delivery } from './deliveries.ts';
import { startProject } from './project.ts';

export const providerCampaign = randomUUID();
export const foreignCampaign = randomUUID();

export const reply = (fields: Record<string, unknown> = {}) =>
  delivery('reply_received', {
    campaign: providerCampaign,
    email_id: randomUUID(),
    unibox_url: 'https://app.instantly.ai/app/unibox?thread_search=x',
    reply_subject: 'Re: Closing the books',
    reply_text: 'Please send the deck by Friday & greet <Mia>',
    reply_html: '<div>Please send the <b>deck</b><script>steal()</script></div>',
    reply_text_snippet: 'Please send the deck',
    ...fields,
  });

export type Correspondence = Awaited<ReturnType<typeof startCorrespondence>>;

export async function startCorrespondence(functions: string[] = []) {
  const project = await startProject({
    functions: ['instantly-webhook', 'sync-client', ...functions],
    // A first look into the inbox goes three days back.
    simulator: { startAt: new Date(Date.now() - 40 * 3_600_000) },
  });
  const aurora = await project.createTenant('Aurora');
  const borealis = await project.createTenant('Borealis');
  const dedicated = await project.createConnection(aurora.clientId);
  const foreignConnection = await project.createConnection(borealis.clientId);
  const campaignId = await project.createCampaign(aurora.clientId, dedicated.id, { name: 'Autumn' });
  const other = await project.createCampaign(borealis.clientId, foreignConnection.id, { name: 'Foreign' });
  for (
    const [at, provider, ours] of [
      [dedicated.id, providerCampaign, campaignId],
      [foreignConnection.id, foreignCampaign, other],
    ]
  ) await project.sql('select private.map_provider_campaign($1, $2, $3)', [at, provider, ours]);
  const client = await project.signIn(aurora);
  const foreign = await project.signIn(borealis);
  const operator = await project.signIn(await project.createUser('operator', null));
  const outsider = await project.signIn(await project.createUser(null, null));
  return {
    project,
    aurora,
    borealis,
    dedicated,
    foreignConnection,
    campaignId,
    client,
    foreign,
    operator,
    outsider,
  };
}
