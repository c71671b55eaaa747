import type { Caller } from '../platform/caller.ts';
import type { Tool } from './tool.ts';
import { campaigns } from './tools/campaigns.ts';
import { compare } from './tools/compare.ts';
import { costs } from './tools/costs.ts';
import { health } from './tools/health.ts';
import { leadTimeline } from './tools/lead-timeline.ts';
import { overview } from './tools/overview.ts';
import { searchReplies } from './tools/search-replies.ts';

export const tools: Tool[] = [overview, campaigns, compare, searchReplies, leadTimeline, costs, health];

export const toolsFor = (caller: Caller): Tool[] =>
  tools.filter((tool) => !tool.forOperators || caller.kind === 'operator');
