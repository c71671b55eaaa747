// An assistant: the SDK's own client with somebody's token, over HTTP.
import { Client as Assistant } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { CallToolResultSchema } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';

const answer = z.object({
  isError: z.boolean().default(false),
  text: z.string(),
  data: z.record(z.string(), z.unknown()),
});
export type ToolAnswer = z.infer<typeof answer>;

export interface McpClient {
  assistant: Assistant;
  /** Calls a tool; the client itself validates the answer against the tool's output schema. */
  ask: (tool: string, input?: Record<string, unknown>) => Promise<ToolAnswer>;
  /** The rows under a name of the answer. */
  rows: (tool: string, name: string, input?: Record<string, unknown>) => Promise<Record<string, unknown>[]>;
  close: () => Promise<void>;
}

export async function connectTo(url: string, token: string): Promise<McpClient> {
  const assistant = new Assistant({ name: 'a test', version: '1.0.0' });
  await assistant.connect(
    new StreamableHTTPClientTransport(new URL(url), {
      requestInit: { headers: { authorization: `Bearer ${token}` } },
    }),
  );
  // So that the client knows the output schemas and validates by them.
  await assistant.listTools();
  const ask = async (tool: string, input: Record<string, unknown> = {}): Promise<ToolAnswer> => {
    const result = CallToolResultSchema.parse(await assistant.callTool({ name: tool, arguments: input }));
    const [first, ...others] = result.content;
    if (first?.type !== 'text' || others.length > 0) throw new Error(`${tool} did not answer with one text`);
    return answer.parse({ isError: result.isError, text: first.text, data: result.structuredContent ?? {} });
  };
  return {
    assistant,
    ask,
    rows: async (tool, name, input) => {
      const { data, isError, text } = await ask(tool, input);
      if (isError) throw new Error(text);
      return z.array(z.record(z.string(), z.unknown())).parse(data[name]);
    },
    close: () => assistant.close(),
  };
}
