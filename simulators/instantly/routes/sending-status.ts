import { InstantlyRules } from '../rules.ts';
import { defaultRates } from '../options.ts';
import { iso } from '../../shared/time.ts';
import { leadStatus } from '../records.ts';
import { flag, object } from '../schemas.ts';
import { notFound } from '../errors.ts';
import type { Routes } from '../../shared/api.ts';
import type { Route, RouteContext } from '../api.ts';

const messages = {
  campaign_completed: 'Campaign is completed',
  campaign_accounts_unhealthy: 'All sending accounts of this campaign are unhealthy',
  campaign_bounce_protect: 'Campaign is paused by bounce protection',
  no_accounts_available: 'No sending account is available',
  out_of_schedule: 'Campaign is outside of its sending schedule',
  waiting_for_leads: 'Campaign has no lead left to write to',
  healthy: 'Campaign is sending normally',
};

/** Why a campaign does not send; nothing is known of drafts and paused ones. */
function read({ world, workspace, parameters }: RouteContext): unknown {
  const campaign = workspace.campaigns.get(parameters.id ?? '');
  if (campaign === undefined) throw notFound();
  const { status } = campaign.data;
  if (status === 0 || status === 2) return { diagnostics: null, summary: null };
  const rules = new InstantlyRules(defaultRates);
  const inSchedule = rules.window(campaign, world.simulatedNow) !== undefined;
  const code: keyof typeof messages = status === 3
    ? 'campaign_completed'
    : status === -1
    ? 'campaign_accounts_unhealthy'
    : status === -2
    ? 'campaign_bounce_protect'
    : rules.mailboxes({ workspace, campaign }).length === 0
    ? 'no_accounts_available'
    : !inSchedule
    ? 'out_of_schedule'
    : campaign.leads.items.every((lead) => lead.status !== leadStatus.active)
    ? 'waiting_for_leads'
    : 'healthy';
  const last = campaign.events.findLast(({ type }) => type === 'email_sent');
  return {
    diagnostics: {
      campaign_id: campaign.data.id,
      last_updated: world.isoNow(),
      status: code,
      schedule_status: { in_schedule: inSchedule },
    },
    summary: {
      status: code,
      status_message: messages[code],
      issue_started_at: code === 'healthy' ? null : world.isoNow(),
      last_healthy_send_at: last === undefined ? null : iso(last.at),
      ai_summary: null,
    },
  };
}

export const sendingStatusRoutes: Routes<Route> = {
  'GET /campaigns/:id/sending-status': {
    scope: 'campaigns:read',
    handle: read,
    query: object({ with_ai_summary: flag }),
  },
};
