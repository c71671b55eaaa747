import type { SupabaseClient } from '@supabase/supabase-js';
import { z } from 'zod';
import type { Caller } from '../platform/caller.ts';
import type { Database } from '../platform/database.types.ts';
import { describeError, toAppError } from '../platform/errors.ts';
import { type CallToolResult, ErrorCode, type ListedTool, McpError, ToolSchema } from './sdk.ts';
import { clip } from './words.ts';

/** Who asks, and with what. */
export interface Asked {
  caller: Caller;
  /** With the token of the person who asks. */
  database: SupabaseClient<Database>;
  now: () => Date;
}

export interface Answer {
  /** What programs read; validated against the output schema. */
  data: unknown;
  /** The same for people and for assistants that read only text. */
  text: string;
}

/** A question that can be asked. `forOperators`: clients do not see that it exists. */
export interface Tool {
  name: string;
  title: string;
  description: string;
  forOperators: boolean;
  input: z.ZodObject;
  output: z.ZodObject;
  answer: (input: unknown, asked: Asked) => Promise<Answer>;
}

/** Characters of the text of one answer. */
const maxText = 16_000;

/** A tool whose answer function gets its input parsed and has to return what the output schema says. */
export function defineTool<Input extends z.ZodObject, Output extends z.ZodObject>(
  tool: Omit<Tool, 'answer' | 'input' | 'output' | 'forOperators'> & {
    input: Input;
    output: Output;
    forOperators?: boolean;
    answer: (input: z.output<Input>, asked: Asked) => Promise<{ data: z.input<Output>; text: string }>;
  },
): Tool {
  return {
    ...tool,
    forOperators: tool.forOperators ?? false,
    answer: async (input, asked) => {
      const { data, text } = await tool.answer(tool.input.parse(input), asked);
      return { data: tool.output.parse(data), text };
    },
  };
}

export function describeTool(tool: Tool): ListedTool {
  return ToolSchema.parse({
    name: tool.name,
    title: tool.title,
    description: tool.description,
    // The draft that the validators of most clients know.
    inputSchema: z.toJSONSchema(tool.input, { target: 'draft-7', io: 'input' }),
    outputSchema: z.toJSONSchema(tool.output, { target: 'draft-7' }),
    annotations: {
      title: tool.title,
      readOnlyHint: true,
      destructiveHint: false,
      idempotentHint: true,
      openWorldHint: false,
    },
  });
}

/** Errors of the question itself are results, so that the assistant reads them and asks better. */
export async function callTool(
  tools: Tool[],
  name: string,
  input: unknown,
  asked: Asked,
): Promise<CallToolResult> {
  const tool = tools.find((known) => known.name === name);
  if (!tool) {
    throw new McpError(
      ErrorCode.InvalidParams,
      `There is no tool "${clip(name, 60)}"; list the tools for their names`,
    );
  }
  const parsed = tool.input.safeParse(input);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) =>
      `${issue.path.join('.') || 'arguments'}: ${issue.message}`
    );
    return failed(`VALIDATION_FAILED: ${problems.join('; ')}`);
  }
  try {
    const { data, text } = await tool.answer(input, asked);
    return {
      content: [{ type: 'text', text: clip(text, maxText) }],
      structuredContent: z.record(z.string(), z.unknown()).parse(data),
    };
  } catch (error) {
    const known = toAppError(error);
    if (known.status >= 500) {
      console.error(JSON.stringify({ code: known.code, tool: name, error: describeError(known) }));
    }
    return failed(`${known.code}: ${known.message}`);
  }
}

const failed = (text: string): CallToolResult => ({
  isError: true,
  content: [{ type: 'text', text: clip(text, 2_000) }],
});
