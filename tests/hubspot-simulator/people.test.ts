// What people do at the simulated HubSpot: look at contacts and deals, move one, delete a token.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openHubSpot } from '../../supabase/functions/_shared/crm/hubspot/hubspot.ts';
import { type HubSpotSimulator, startHubSpotSimulator } from '../../simulators/hubspot/simulator.ts';

const portalId = 4_711;
const token = 'pat-eu1-people';
let hubspot: HubSpotSimulator;

beforeAll(async () => {
  hubspot = await startHubSpotSimulator({ portals: [{ id: portalId, tokens: [token] }] });
});
afterAll(() => hubspot.stop());

const look = async (): Promise<number> => {
  const headers = { authorization: `Bearer ${token}` };
  return (await fetch(`${hubspot.url}/crm/v3/pipelines/deals`, { headers })).status;
};

it('its first page lists a deal, and moves it as sales would', async () => {
  const crm = openHubSpot({ baseUrl: hubspot.url, token, fetch });
  await crm.prepare();
  const { id } = await crm.createDeal({
    reference: 'lead 1',
    name: '<b>Fjordpak</b>',
    pipelineId: 'default',
    stageId: 'newreply',
  });
  const page = await (await fetch(hubspot.url)).text();
  expect(page).toContain('1 deals');
  expect(page).toContain('&#60;b&#62;Fjordpak');
  expect(page).not.toContain('<b>Fjordpak');
  const moved = await fetch(`${hubspot.url}/move`, {
    method: 'POST',
    body: new URLSearchParams({ portal: String(portalId), deal: id, stage: 'closedwon', amount: '4800' }),
    redirect: 'manual',
  });
  expect(moved.status).toBe(303);
  expect(hubspot.portal(portalId).deals).toMatchObject([{
    properties: { dealstage: 'closedwon', amount: '4800' },
    stages: [{ value: 'closedwon', sourceType: 'CRM_UI' }, { value: 'newreply' }],
  }]);
});

it('a deleted token opens nothing, and another one does', async () => {
  expect(await look()).toBe(200);
  hubspot.setTokens(portalId, []);
  expect(await look()).toBe(401);
  hubspot.setTokens(portalId, [token]);
  expect(await look()).toBe(200);
});

it('a portal that is made again begins empty, also its tokens', async () => {
  hubspot.createPortal({ id: portalId, tokens: ['pat-eu1-other'] });
  expect(hubspot.portals()).toHaveLength(1);
  expect(hubspot.portal(portalId).deals).toEqual([]);
  expect(await look()).toBe(401);
});
