/** Instantly's API as a person's own script would call it; for setting scenes, not what is under test. */
export function providerApi(baseUrl: string, apiKey: string) {
  async function call(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
    const response = await fetch(`${baseUrl}/api/v2/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${apiKey}`,
        'user-agent': 'scene',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) {
      throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
    }
    return await response.json() as Record<string, unknown>;
  }
  return {
    get: (path: string) => call('GET', path),
    post: (path: string, body?: unknown) => call('POST', path, body),
    delete: (path: string) => call('DELETE', path),
  };
}

/** What the provider has, read as anybody would: every lead of the campaigns with this name. */
export async function leadsOfCampaigns(
  baseUrl: string,
  apiKey: string,
  campaignName: string,
): Promise<Record<string, unknown>[]> {
  const api = providerApi(baseUrl, apiKey);
  type Page = { items: Record<string, unknown>[]; next_starting_after?: string };
  const campaigns = await api.get(`campaigns?limit=100&search=${encodeURIComponent(campaignName)}`) as Page;
  const leads: Record<string, unknown>[] = [];
  for (const campaign of campaigns.items) {
    let cursor: string | undefined;
    do {
      const after = cursor ? { starting_after: cursor } : {};
      const page = await api.post('leads/list', { campaign: campaign['id'], limit: 100, ...after }) as Page;
      leads.push(...page.items);
      cursor = page.items.length > 0 ? page.next_starting_after : undefined;
    } while (cursor);
  }
  return leads;
}

/** A campaign that somebody made at the provider by hand, with leads and, if wanted, running. */
export async function makeCampaign(
  baseUrl: string,
  apiKey: string,
  name: string,
  leads: Record<string, unknown>[],
  activate = false,
): Promise<string> {
  const api = providerApi(baseUrl, apiKey);
  const campaign = await api.post('campaigns', {
    name,
    campaign_schedule: {
      schedules: [{
        name: 'All week',
        timing: { from: '00:00', to: '23:59' },
        days: { 0: true, 1: true, 2: true, 3: true, 4: true, 5: true, 6: true },
        timezone: 'Africa/Abidjan',
      }],
    },
    sequences: [{ steps: [{ type: 'email', delay: 1, variants: [{ subject: 'Hi', body: 'Hello' }] }] }],
    email_list: ['mia@outreach.test', 'jon@outreach.test'],
  });
  const id = String(campaign['id']);
  for (let start = 0; start < leads.length; start += 1000) {
    await api.post('leads/add', { campaign_id: id, leads: leads.slice(start, start + 1000) });
  }
  if (activate) await api.post(`campaigns/${id}/activate`);
  return id;
}

export const people = (count: number, prefix: string) =>
  Array.from(
    { length: count },
    (_, index) => ({ email: `${prefix}${index}@sync.test`, first_name: `Person ${index}` }),
  );
