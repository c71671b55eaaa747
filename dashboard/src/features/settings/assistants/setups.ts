// How each assistant gets the address and the token: the text that its settings take.

/** How it is called there: of letters, digits and hyphens, as all of them accept. */
export const serverName = (agency: string | null): string =>
  (agency ?? '').normalize('NFKD').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(
    0,
    40,
  ) ||
  'campaign-numbers';

interface Setup {
  label: string;
  /** Where the text goes. */
  where: string;
  text: (name: string, url: string, token: string) => string;
}

const json = (value: unknown): string => JSON.stringify(value, null, 2);

const setups = {
  'claude-code': {
    label: 'Claude Code',
    where: 'Run this command in a terminal.',
    text: (name, url, token) =>
      `claude mcp add --transport http ${name} ${url} \\\n  --header "Authorization: Bearer ${token}"`,
  },
  cursor: {
    label: 'Cursor',
    where: 'Put this into the file .cursor/mcp.json of your project.',
    text: (name, url, token) =>
      json({ mcpServers: { [name]: { url, headers: { Authorization: `Bearer ${token}` } } } }),
  },
  'vs-code': {
    label: 'VS Code',
    where: 'Put this into the file .vscode/mcp.json of your project.',
    text: (name, url, token) =>
      json({ servers: { [name]: { type: 'http', url, headers: { Authorization: `Bearer ${token}` } } } }),
  },
  'claude-desktop': {
    label: 'Claude Desktop',
    where: 'Put this into claude_desktop_config.json, and start the program again. It needs Node.js.',
    text: (name, url, token) =>
      json({
        mcpServers: {
          [name]: {
            command: 'npx',
            args: ['mcp-remote', url, '--header', 'Authorization:${AUTHORIZATION}'],
            env: { AUTHORIZATION: `Bearer ${token}` },
          },
        },
      }),
  },
  other: {
    label: 'Another program',
    where: 'Any that speaks the Model Context Protocol over HTTP and lets you set a header.',
    text: (_, url, token) => `${url}\nAuthorization: Bearer ${token}`,
  },
} satisfies Record<string, Setup>;

export type SetupId = keyof typeof setups;

export const setup = (id: SetupId): Setup => setups[id];

export const setupChoices = (Object.keys(setups) as SetupId[]).map((value) => ({
  value,
  label: setups[value].label,
}));
