/**
 * What is used of the protocol's SDK. Its package describes the types of these paths in a way that Deno 2.1.4 does not follow, so
 * they are named here, once.
 */
// @ts-types="@modelcontextprotocol/sdk/server/index"
export { Server } from '@modelcontextprotocol/sdk/server/index.js';
// @ts-types="@modelcontextprotocol/sdk/server/webStandardStreamableHttp"
export { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
// @ts-types="@modelcontextprotocol/sdk/types"
export {
  CallToolRequestSchema,
  type CallToolResult,
  ErrorCode,
  ListToolsRequestSchema,
  McpError,
  type Tool as ListedTool,
  ToolSchema,
} from '@modelcontextprotocol/sdk/types.js';
