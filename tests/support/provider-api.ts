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
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
    return await response.json() as Record<string, unknown>;
  }
  return {
    get: (path: string) => call('GET', path),
    post: (path: string, body?: unknown) => call('POST', path, body),
  };
}
