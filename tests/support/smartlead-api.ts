/** Smartlead's API as a person's own script would call it; for setting scenes, not what is under test. */
export function smartleadApi(baseUrl: string, apiKey: string) {
  async function call(method: string, path: string, body?: unknown): Promise<unknown> {
    const url = new URL(`${baseUrl}/api/v1/${path}`);
    url.searchParams.set('api_key', apiKey);
    const response = await fetch(url, {
      method,
      headers: {
        'user-agent': 'scene',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) as unknown : text;
  }
  return {
    get: (path: string) => call('GET', path),
    post: (path: string, body?: unknown) => call('POST', path, body),
    delete: (path: string, body?: unknown) => call('DELETE', path, body),
  };
}

export interface SceneCampaign {
  leads?: { email: string; [name: string]: unknown }[];
  clientId?: number | null;
  activate?: boolean;
}

/** A campaign that somebody made at Smartlead by hand, with leads and, if wanted, running. */
export async function makeSmartleadCampaign(
  baseUrl: string,
  apiKey: string,
  name: string,
  { leads = [], clientId = null, activate = false }: SceneCampaign = {},
): Promise<string> {
  const api = smartleadApi(baseUrl, apiKey);
  const { id } = await api.post('campaigns/create', { name, client_id: clientId }) as { id: number };
  await api.post(`campaigns/${id}/schedule`, {
    timezone: 'UTC',
    days_of_the_week: [0, 1, 2, 3, 4, 5, 6],
    start_hour: '00:00',
    end_hour: '23:59',
    min_time_btw_emails: 3,
    max_new_leads_per_day: 1000,
  });
  await api.post(`campaigns/${id}/sequences`, {
    sequences: [
      {
        seq_number: 1,
        seq_delay_details: { delay_in_days: 0 },
        subject: 'Hi',
        email_body: 'Hello {{first_name}}',
      },
      { seq_number: 2, seq_delay_details: { delay_in_days: 2 }, subject: '', email_body: 'Once more' },
    ],
  });
  const accounts = await api.get('email-accounts/?offset=0&limit=100') as { id: number }[];
  await api.post(`campaigns/${id}/email-accounts`, {
    email_account_ids: accounts.map((account) => account.id),
  });
  for (let start = 0; start < leads.length; start += 100) {
    await api.post(`campaigns/${id}/leads`, { lead_list: leads.slice(start, start + 100), settings: {} });
  }
  if (activate) await api.post(`campaigns/${id}/status`, { status: 'START' });
  return String(id);
}
