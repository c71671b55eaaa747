import { z } from 'zod';
import {
  type AddLeadsResult,
  type CampaignDay,
  type CampaignSettings,
  type CampaignStep,
  type CampaignTotals,
  type InterestStatus,
  type OutgoingLead,
  type Page,
  type ProviderCampaign,
  ProviderError,
  type ProviderLabel,
  type ProviderLead,
  type ProviderSendingStatus,
  type ProviderSession,
  type SendingStatus,
  type StepsReading,
  type Workspace,
} from '../provider.ts';
import type { HttpOptions } from '../provider-http.ts';
import { type OddRow, rowsOf } from '../rows.ts';
import { readCampaign, writeCampaign } from './campaign-mapping.ts';
import { InstantlyAccounts } from './accounts.ts';
import { InstantlyDeliveryLog } from './delivery-log.ts';
import { InstantlyErasure } from './erasure.ts';
import { InstantlyHttp } from './http.ts';
import { InstantlyInbox } from './inbox.ts';
import { writeInterest } from './interest.ts';
import { readLead, writeLead } from './lead-mapping.ts';
import { mapPage, nextDay, pageSize, readPage } from './paging.ts';
import { InstantlyPlacement } from './placement.ts';
import { InstantlyReplies } from './replies.ts';
import * as schemas from './schemas.ts';
import { readInstantlyWebhook } from './webhook-mapping.ts';
import { InstantlyWebhooks } from './webhooks.ts';

export interface InstantlySessionOptions extends HttpOptions {
  now: () => Date;
}

/** Instantly API v2 as a provider session; paths, names and limits follow its OpenAPI document. */
export class InstantlySession implements ProviderSession {
  readonly batchSize = 1000;
  readonly provider = 'instantly';
  /** 50 ids keep the address well below 4,000 characters. */
  readonly totalsPerCall = 50;
  /** At 200 ms an answer this is what the limit of 100 calls a second allows; 25 read no faster, because a call has to start first. */
  readonly campaignsAtOnce = 20;
  readonly skipsUnchangedCampaigns = false;
  readonly narrowsLeads = false;
  readonly webhooks: InstantlyWebhooks;
  readonly deliveryLog: InstantlyDeliveryLog;
  readonly inbox: InstantlyInbox;
  readonly mailHistory: InstantlyInbox;
  readonly accounts: InstantlyAccounts;
  readonly placement: InstantlyPlacement;
  readonly replies: InstantlyReplies;
  readonly erasure: InstantlyErasure;
  readonly sendingStatus: ProviderSendingStatus = { read: (id) => this.#readSendingStatus(id) };
  readonly readDelivery = readInstantlyWebhook;
  readonly #http: InstantlyHttp;
  readonly #now: () => Date;

  constructor(options: InstantlySessionOptions) {
    this.#http = new InstantlyHttp(options);
    this.webhooks = new InstantlyWebhooks(this.#http);
    this.deliveryLog = new InstantlyDeliveryLog(this.#http);
    this.inbox = new InstantlyInbox(this.#http);
    this.mailHistory = this.inbox;
    this.accounts = new InstantlyAccounts(this.#http);
    this.placement = new InstantlyPlacement(this.#http);
    this.replies = new InstantlyReplies(this.#http);
    this.erasure = new InstantlyErasure(this.#http);
    this.#now = options.now;
  }

  takeOddRows(): OddRow[] {
    return this.#http.takeOddRows();
  }

  async readWorkspace(): Promise<Workspace> {
    return await this.#http.request({
      method: 'GET',
      path: 'workspaces/current',
      answer: schemas.workspace,
      repeatable: true,
    });
  }

  async listCampaigns(cursor: string | undefined): Promise<Page<ProviderCampaign>> {
    return mapPage(await readPage(this.#http, 'campaigns', schemas.campaign, cursor), cursor, readCampaign);
  }

  async findCampaignByName(name: string): Promise<ProviderCampaign | undefined> {
    let cursor: string | undefined;
    do {
      const page = mapPage(
        await readPage(this.#http, 'campaigns', schemas.campaign, cursor, { search: name }),
        cursor,
        readCampaign,
      );
      const match = page.items.find((campaign) => campaign.name === name);
      if (match) return match;
      cursor = page.next;
    } while (cursor !== undefined);
    return undefined;
  }

  async createCampaign(settings: CampaignSettings): Promise<ProviderCampaign> {
    const { ids, emails } = await this.accounts.findTags(settings.sendingAccountTags);
    const sendingAccounts = [...new Set([...settings.sendingAccounts, ...emails])];
    const created = await this.#http.request({
      method: 'POST',
      path: 'campaigns',
      body: writeCampaign({ ...settings, sendingAccounts }, this.#now(), ids),
      answer: schemas.campaign,
      repeatable: false,
    });
    return readCampaign(created);
  }

  async activateCampaign(providerCampaignId: string): Promise<void> {
    await this.#http.request({
      method: 'POST',
      path: `campaigns/${encodeURIComponent(providerCampaignId)}/activate`,
      answer: z.unknown(),
      repeatable: true,
    });
  }

  async readCampaign(providerCampaignId: string): Promise<ProviderCampaign> {
    return readCampaign(
      await this.#http.request({
        method: 'GET',
        path: `campaigns/${encodeURIComponent(providerCampaignId)}`,
        answer: schemas.campaign,
        repeatable: true,
      }),
    );
  }

  async pauseCampaign(providerCampaignId: string): Promise<void> {
    await this.#http.request({
      method: 'POST',
      path: `campaigns/${encodeURIComponent(providerCampaignId)}/pause`,
      answer: z.unknown(),
      repeatable: true,
    });
  }

  campaignLink(providerCampaignId: string): string {
    return `https://app.instantly.ai/app/campaign/${encodeURIComponent(providerCampaignId)}/analytics`;
  }

  async #readSendingStatus(providerCampaignId: string): Promise<SendingStatus> {
    const { diagnostics, summary } = await this.#http.request({
      method: 'GET',
      path: `campaigns/${encodeURIComponent(providerCampaignId)}/sending-status`,
      answer: schemas.sendingStatus,
      repeatable: true,
    });
    return {
      status: summary?.status ?? diagnostics?.status ?? null,
      message: summary?.status_message ?? null,
      since: summary?.issue_started_at ?? null,
      last_sent_at: summary?.last_healthy_send_at ?? null,
    };
  }

  async listSendingAccounts(): Promise<string[]> {
    return await this.accounts.listActive();
  }

  async addLeads(providerCampaignId: string, leads: OutgoingLead[]): Promise<AddLeadsResult> {
    const answer = await this.#http.request({
      method: 'POST',
      path: 'leads/add',
      body: { campaign_id: providerCampaignId, leads: leads.map(writeLead) },
      answer: schemas.addedLeads,
      repeatable: false,
      timeout: 60_000,
    });
    // We set no flag that makes Instantly skip leads: with nothing left in the plan, the plan is the reason.
    const accounted = answer.created_leads.length + (answer.in_blocklist ?? 0) +
      (answer.duplicated_leads ?? 0) +
      (answer.invalid_email_count ?? 0) + (answer.incomplete_count ?? 0) +
      (answer.duplicate_email_count ?? 0);
    const planEnded = answer.remaining_in_plan === 0 && accounted < leads.length;
    return {
      leadsLeft: answer.remaining_in_plan ?? null,
      ...(planEnded ? { planLimit: { providerMessage: answer.message ?? undefined } } : {}),
      created: new Map(answer.created_leads.map((lead) => [lead.index, lead.id])),
      refused: {
        duplicate: (answer.duplicated_leads ?? 0) + (answer.duplicate_email_count ?? 0),
        blocked: answer.in_blocklist ?? 0,
        invalid: (answer.invalid_email_count ?? 0) + (answer.incomplete_count ?? 0),
        skipped: planEnded ? 0 : answer.skipped_count ?? 0,
      },
    };
  }

  async removeLead(_providerCampaignId: string, providerLeadId: string): Promise<void> {
    try {
      await this.#http.request({
        method: 'DELETE',
        path: `leads/${encodeURIComponent(providerLeadId)}`,
        answer: z.unknown(),
        repeatable: true,
      });
    } catch (error) {
      if (!(error instanceof ProviderError) || error.kind !== 'not_found') throw error;
    }
  }

  async findLeads(providerCampaignId: string, emails: string[]): Promise<Map<string, string>> {
    const found = new Map<string, string>();
    for (let start = 0; start < emails.length; start += pageSize) {
      let cursor: string | undefined;
      do {
        const page: Page<ProviderLead> = await this.#leads(
          { campaign: providerCampaignId, contacts: emails.slice(start, start + pageSize) },
          cursor,
        );
        for (const lead of page.items) found.set(lead.email, lead.provider_lead_id);
        cursor = page.next;
      } while (cursor !== undefined);
    }
    return found;
  }

  async readTotals(providerCampaignIds: string[]): Promise<CampaignTotals[]> {
    const rows = await this.#http.request({
      method: 'GET',
      path: 'campaigns/analytics',
      query: { ids: providerCampaignIds },
      answer: rowsOf('totals', schemas.campaignTotals),
      repeatable: true,
    });
    return rows.map((row) => ({
      provider_campaign_id: row.campaign_id,
      leads: row.leads_count ?? 0,
      sent: row.emails_sent_count,
      // contacted_count counts dispatches; new leads are distinct.
      contacted: row.new_leads_contacted_count,
      opened: row.open_count_unique ?? row.open_count,
      clicked: row.link_click_count_unique ?? row.link_click_count,
      replied: row.reply_count_unique ?? row.reply_count,
      auto_replies: row.reply_count_automatic ?? 0,
      bounced: row.bounced_count,
      unsubscribed: row.unsubscribed_count,
      completed: row.completed_count,
      opportunities: row.total_opportunities,
      opportunity_value: row.total_opportunity_value,
    }));
  }

  async readDays(providerCampaignId: string, from: string, to: string): Promise<CampaignDay[]> {
    const rows = await this.#http.request({
      method: 'GET',
      path: 'campaigns/analytics/daily',
      // A bare end date may mean its midnight, so the day after is requested and dropped here.
      query: { campaign_id: providerCampaignId, start_date: from, end_date: nextDay(to) },
      answer: rowsOf('days', schemas.campaignDay),
      repeatable: true,
    });
    return rows.filter((row) => row.date >= from && row.date <= to).map((row) => ({
      day: row.date,
      sent: row.sent,
      contacted: row.contacted ?? 0,
      new_contacted: row.new_leads_contacted ?? 0,
      opens: row.opened,
      opened: row.unique_opened,
      clicks: row.clicks,
      clicked: row.unique_clicks,
      replies: row.replies,
      replied: row.unique_replies,
      auto_replies: row.replies_automatic ?? 0,
      opportunities: row.opportunities ?? 0,
    }));
  }

  async readSteps(providerCampaignId: string): Promise<StepsReading> {
    const rows = await this.#http.request({
      method: 'GET',
      path: 'campaigns/analytics/steps',
      query: { campaign_id: providerCampaignId, include_opportunities_count: true },
      answer: rowsOf('steps', schemas.campaignStep),
      repeatable: true,
    });
    return { steps: readSteps(rows), next: undefined };
  }

  async setInterest(
    providerCampaignId: string,
    email: string,
    interest: InterestStatus | null,
  ): Promise<void> {
    await this.#http.request({
      method: 'POST',
      path: 'leads/update-interest-status',
      body: { lead_email: email, interest_value: writeInterest(interest), campaign_id: providerCampaignId },
      answer: z.unknown(),
      repeatable: true,
    });
  }

  async listLeads(providerCampaignId: string, cursor: string | undefined): Promise<Page<ProviderLead>> {
    return await this.#leads({ campaign: providerCampaignId }, cursor);
  }

  async listLabels(cursor: string | undefined): Promise<Page<ProviderLabel>> {
    return mapPage(await readPage(this.#http, 'lead-labels', schemas.leadLabel, cursor), cursor, (label) => ({
      interest_value: label.interest_status,
      label: label.label,
      interest_status: readSentiment(label.interest_status_label),
    }));
  }

  async #leads(filter: Record<string, unknown>, cursor: string | undefined): Promise<Page<ProviderLead>> {
    const page = await this.#http.request({
      method: 'POST',
      path: 'leads/list',
      body: { ...filter, limit: pageSize, ...(cursor === undefined ? {} : { starting_after: cursor }) },
      answer: schemas.pageOf(schemas.lead, 'leads'),
      // Read-only despite its method. Searches can take over a minute.
      repeatable: true,
      timeout: 90_000,
    });
    return mapPage(page, cursor, readLead);
  }
}

function readSentiment(text: string): InterestStatus {
  return text === 'positive' || text === 'negative' ? text : 'neutral';
}

/**
 * Step and variant are text, the variant counted from 0, while webhooks count from 1. Whether the step counts from 0 or 1 is
 * undocumented; but every lead gets the first step first, so over a campaign's life a row for step "0" exists exactly when
 * steps count from 0.
 */
function readSteps(rows: schemas.InstantlyCampaignStep[]): CampaignStep[] {
  const known = rows.flatMap((row) => {
    const step = readNumber(row.step);
    const variant = readNumber(row.variant);
    return step === undefined || variant === undefined ? [] : [{ row, step, variant }];
  });
  const first = known.some(({ step }) => step === 0) ? 0 : 1;
  return known.map(({ row, step, variant }) => ({
    step: step - first + 1,
    variant: variant + 1,
    sent: row.sent,
    opened: row.unique_opened,
    clicked: row.unique_clicks,
    replied: row.unique_replies,
    auto_replies: row.replies_automatic,
    ...(row.unique_opportunities == null ? {} : { opportunities: row.unique_opportunities }),
    ...(row.meetings_booked == null ? {} : { meetings: row.meetings_booked, won: row.won ?? 0 }),
  }));
}

function readNumber(text: string | null | undefined): number | undefined {
  return text != null && /^\d{1,4}$/.test(text) ? Number(text) : undefined;
}
