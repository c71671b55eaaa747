import { z } from 'zod';

const webhooks = z.object({
  items: z.array(z.object({ id: z.string(), name: z.string().nullable(), target_hook_url: z.string() })),
});

export interface WantedWebhook {
  name: string;
  target_hook_url: string;
  event_type: string;
  headers: Record<string, string>;
}

/** The few calls with which the demo sets up a workspace, as a person would in Instantly's settings. */
export function simulatorApi(baseUrl: string, apiKey: string) {
  async function call(method: string, path: string, body?: unknown): Promise<Response> {
    return await fetch(`${baseUrl}/api/v2/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${apiKey}`,
        'user-agent': 'Replyloop demo',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  async function ok(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await call(method, path, body);
    if (!response.ok) throw new Error(`The simulator answered ${method} ${path} with ${response.status}`);
    return await response.json() as unknown;
  }

  return {
    knowsKey: async () => (await call('GET', 'workspaces/current')).ok,
    listWebhooks: async () => webhooks.parse(await ok('GET', 'webhooks?limit=100')).items,
    createWebhook: (wanted: WantedWebhook) => ok('POST', 'webhooks', wanted),
    changeWebhook: (id: string, wanted: WantedWebhook) => ok('PATCH', `webhooks/${id}`, wanted),
  };
}
