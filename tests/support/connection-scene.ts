// A project with the functions that keep keys and webhooks, and what its people do with them.
import { expect } from 'vitest';
import { type Client, startProject } from './project.ts';
import { providerApi } from './provider-api.ts';

export interface Answer {
  status: number;
  body: Record<string, unknown> & { error?: { code: string; message: string; details?: { kind?: string } } };
}

export async function manage(who: Client, body: Record<string, unknown>): Promise<Answer> {
  const { data, error } = await who.functions.invoke<Answer['body']>('provider-connection', { body });
  if (!error) return { status: 200, body: data ?? {} };
  const response = error.context as Response;
  return { status: response.status, body: await response.json() as Answer['body'] };
}

interface RegisteredWebhook {
  id: string;
  target_hook_url: string;
  headers: Record<string, string>;
  event_type: string;
}

export type ConnectionScene = Awaited<ReturnType<typeof startConnectionScene>>;

export async function startConnectionScene() {
  const project = await startProject({ functions: ['provider-connection', 'instantly-webhook'] });
  const tenant = await project.createTenant('Owner');
  const operator = await project.signIn(await project.createUser('operator', null));
  let workspaces = 0;

  /** A workspace at the simulator with a key of its own. */
  function workspace(key: string): string {
    return project.simulator.createWorkspace({
      name: `Workspace ${++workspaces}`,
      keys: [key],
      accounts: ['mia@outreach.test'],
    }).id;
  }

  async function connect(key: string): Promise<string> {
    workspace(key);
    const { status, body } = await manage(operator, {
      action: 'save',
      client_id: tenant.clientId,
      api_key: key,
    });
    expect(status).toBe(200);
    return String(body['connection_id']);
  }

  const webhooksOf = async (key: string) =>
    (await providerApi(project.simulator.url, key).get('webhooks?limit=100'))['items'] as RegisteredWebhook[];

  return { project, tenant, operator, workspace, connect, webhooksOf };
}
