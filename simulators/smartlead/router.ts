import type { WebhookDelivery } from './delivery.ts';
import type { EventRecorder } from './events.ts';
import type { Behaviour } from './options.ts';
import type { CampaignSpace, Workspace, World } from './state.ts';
import type { JsonObject, Link } from './types.ts';
import { ApiError, Missing } from './errors.ts';

/** What a route gets to work with. */
export interface RouteContext {
  world: World;
  workspace: Workspace;
  recorder: EventRecorder;
  delivery: WebhookDelivery;
  behaviour: Behaviour;
  parameters: Record<string, string>;
  query: JsonObject;
  body: unknown;
  /** The fault that takes a lead upload and adds none of it. */
  nothingAdded: boolean;
}

export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path below `/api/v1`, with `:name` for a parameter and without a closing slash. */
  path: string;
  /** Returns the body of a 200, or a `TextAnswer`. */
  handle: (context: RouteContext) => unknown;
}

function idOf({ parameters }: RouteContext, name: string): number {
  const id = Number(parameters[name]);
  if (!Number.isInteger(id)) throw new ApiError(400, `"${name}" must be a number`);
  return id;
}

/** The campaign of the path. Reading one that is not there answers 200 with nothing, writing is a 404. */
export function campaignOf(context: RouteContext, use: 'read' | 'write' = 'read'): CampaignSpace {
  const campaign = context.workspace.campaigns.get(idOf(context, 'campaignId'));
  if (campaign !== undefined) return campaign;
  throw use === 'read' ? new Missing('Campaign') : new ApiError(404, 'Campaign not found');
}

/** The lead of the path, in the campaign of the path. */
export function linkOf(
  context: RouteContext,
  use: 'read' | 'write',
): { campaign: CampaignSpace; link: Link } {
  const campaign = campaignOf(context, use);
  const lead = context.workspace.leadById.get(idOf(context, 'leadId'));
  const link = lead === undefined ? undefined : campaign.find(lead.email);
  if (link !== undefined) return { campaign, link };
  throw use === 'read' ? new Missing('Lead') : new ApiError(404, 'Lead not found');
}

export const leadIdOf = (context: RouteContext): number => idOf(context, 'leadId');
export const accountIdOf = (context: RouteContext): number => idOf(context, 'accountId');
export const webhookIdOf = (context: RouteContext): number => idOf(context, 'webhookId');
