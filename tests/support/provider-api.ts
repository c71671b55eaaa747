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
