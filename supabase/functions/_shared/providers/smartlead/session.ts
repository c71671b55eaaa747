import { normalizeEmailAddress } from '../../events/email-address.ts';
import { z } from 'zod';
import {
  type AddLeadsResult,
  type CampaignDay,
  type CampaignSettings,
  type CampaignTotals,
  type InterestStatus,
  type OutgoingLead,
  type Page,
  type ProviderCampaign,
  type ProviderCampaignSetup,
  ProviderError,
  type ProviderLabel,
  type ProviderLead,
  type ProviderOrganizations,
  type ProviderSession,
  type StepsReading,
  type Workspace,
} from '../provider.ts';
import type { HttpOptions } from '../provider-http.ts';
import { type OddRow, rowsOf, sentRows } from '../rows.ts';
import type { ProviderRedelivery } from '../provider-statistics.ts';
import { mayBeUsed, SmartleadAccounts } from './accounts.ts';
import { isSubsequence, readCampaign } from './campaign-mapping.ts';
import { SmartleadCampaigns } from './campaigns.ts';
import { dateInRange, pieces, readDay } from './days.ts';
import { SmartleadErasure } from './erasure.ts';
import { SmartleadHttp } from './http.ts';
import { readCategory } from './interest.ts';
import { readAddedLeads, readLead, saysNothing, writeLead } from './lead-mapping.ts';
import { SmartleadReplies } from './replies.ts';
import { SmartleadStatistics } from './statistics.ts';
import { nextOffset, pageSize } from './paging.ts';
import * as schemas from './schemas.ts';
import { readSmartleadWebhook } from './webhook-mapping.ts';
import { SmartleadWebhooks } from './webhooks.ts';

/** Smartlead's API v1 as a provider session. Where its documentation and the live service differ, the service counts. */
export class SmartleadSession implements ProviderSession {
  /** 400 are accepted today, formerly 100; timeouts begin in between. */
  readonly batchSize = 100;
  readonly provider = 'smartlead';
  readonly totalsPerCall = 1;
  /** One answer after the other already takes all 60 calls a minute. */
  readonly campaignsAtOnce = 1;
  readonly skipsUnchangedCampaigns = true;
  readonly narrowsLeads = true;
  readonly webhooks: SmartleadWebhooks;
  readonly redelivery: ProviderRedelivery;
  readonly statistics: SmartleadStatistics;
  readonly accounts: SmartleadAccounts;
  readonly replies: SmartleadReplies;
  readonly erasure: SmartleadErasure;
  readonly organizations: ProviderOrganizations = { list: () => this.#listOrganizations() };
  readonly campaignSetup: ProviderCampaignSetup = {
    complete: (providerCampaignId, settings) => this.#campaigns.complete(providerCampaignId, settings),
  };
  readonly readDelivery = readSmartleadWebhook;
  readonly #http: SmartleadHttp;
  readonly #campaigns: SmartleadCampaigns;

  constructor(options: HttpOptions) {
    this.#http = new SmartleadHttp(options);
    this.webhooks = new SmartleadWebhooks(this.#http);
    this.redelivery = this.webhooks;
    this.statistics = new SmartleadStatistics(this.#http);
    this.accounts = new SmartleadAccounts(this.#http);
    this.replies = new SmartleadReplies(
      this.#http,
      async (campaign, email) => (await this.findLeads(campaign, [email])).get(email),
    );
    this.erasure = new SmartleadErasure(this.#http);
    this.#campaigns = new SmartleadCampaigns(this.#http, this.accounts);
  }

  takeOddRows(): OddRow[] {
    return this.#http.takeOddRows();
  }

  /** No call describes the account; its campaigns name the user that owns them. */
  async readWorkspace(): Promise<Workspace> {
    const user = (await this.#campaigns.list()).find((campaign) => campaign.user_id != null)?.user_id ?? null;
    return { id: user, name: user === null ? 'Smartlead account' : `Smartlead account ${user}` };
  }

  async #listOrganizations() {
    const rows = await this.#http.request({
      method: 'GET',
      path: 'client/',
      answer: rowsOf('clients', schemas.organization),
      repeatable: true,
    });
    return rows.map((row) => ({ provider_org_id: row.id, name: row.name ?? row.logo ?? row.email ?? null }));
  }

  /** One answer holds all campaigns. */
  async listCampaigns(): Promise<Page<ProviderCampaign>> {
    const campaigns = await this.#campaigns.list();
    return {
      items: campaigns.filter((campaign) => !isSubsequence(campaign)).map(readCampaign),
      next: undefined,
    };
  }

  async findCampaignByName(name: string): Promise<ProviderCampaign | undefined> {
    const match = (await this.#campaigns.list()).find((campaign) => campaign.name === name);
    return match && readCampaign(match);
  }

  async createCampaign(settings: CampaignSettings): Promise<ProviderCampaign> {
    return await this.#campaigns.create(settings);
  }

  async readCampaign(providerCampaignId: string): Promise<ProviderCampaign> {
    return await this.#campaigns.read(providerCampaignId);
  }

  async activateCampaign(providerCampaignId: string): Promise<void> {
    await this.#campaigns.post(providerCampaignId, 'status', { status: 'START' });
  }

  async pauseCampaign(providerCampaignId: string): Promise<void> {
    await this.#campaigns.post(providerCampaignId, 'status', { status: 'PAUSED' });
  }

  campaignLink(providerCampaignId: string): string {
    return `https://app.smartlead.ai/app/email-campaigns-v2/${
      encodeURIComponent(providerCampaignId)
    }/analytics`;
  }

  async listSendingAccounts(): Promise<string[]> {
    return (await this.accounts.readAll()).filter(mayBeUsed).map((account) => account.from_email);
  }

  async addLeads(providerCampaignId: string, leads: OutgoingLead[]): Promise<AddLeadsResult> {
    let answer = await this.#addLeads(providerCampaignId, leads);
    // Leads are identified by address, so sending again never creates a second one.
    if (leads.length > 0 && saysNothing(answer)) answer = await this.#addLeads(providerCampaignId, leads);
    if (leads.length > 0 && saysNothing(answer)) {
      throw new ProviderError('unavailable', 'Smartlead added no lead and gave no reason, twice', {
        provider: 'smartlead',
      });
    }
    return readAddedLeads(leads, answer);
  }

  async removeLead(providerCampaignId: string, providerLeadId: string): Promise<void> {
    try {
      // Answered with one bare word.
      await this.#http.request({
        method: 'DELETE',
        path: `campaigns/${encodeURIComponent(providerCampaignId)}/leads/${
          encodeURIComponent(providerLeadId)
        }`,
        answer: z.unknown(),
        repeatable: true,
      });
    } catch (error) {
      if (!(error instanceof ProviderError) || error.kind !== 'not_found') throw error;
    }
  }

  /** Page by page or address by address, whichever needs fewer calls. */
  async findLeads(providerCampaignId: string, emails: string[]): Promise<Map<string, string>> {
    const wanted = new Set(emails);
    const found = new Map<string, string>();
    const collect = (rows: schemas.CampaignLead[]) => {
      for (const { lead } of rows) {
        const email = lead.email == null ? null : normalizeEmailAddress(lead.email);
        if (email && wanted.has(email)) found.set(email, lead.id);
      }
    };
    const first = await this.#leadPage(providerCampaignId, undefined, {});
    collect(first.data);
    const left = emails.filter((email) => !found.has(email));
    if (first.total_leads / pageSize - 1 > left.length) {
      for (const email of left) {
        const lead = await this.#http.request({
          method: 'GET',
          path: 'leads/',
          query: { email },
          answer: schemas.leadByEmail,
          repeatable: true,
        });
        const isThere = lead.lead_campaign_data?.some((row) => row.campaign_id === providerCampaignId);
        if (lead.id != null && isThere) found.set(email, lead.id);
      }
      return found;
    }
    let cursor = nextOffset(undefined, sentRows(first.data));
    while (cursor !== undefined) {
      const page = await this.#leadPage(providerCampaignId, cursor, {});
      collect(page.data);
      cursor = nextOffset(cursor, sentRows(page.data));
    }
    return found;
  }

  async readTotals(providerCampaignIds: string[]): Promise<CampaignTotals[]> {
    const totals: CampaignTotals[] = [];
    for (const id of providerCampaignIds) {
      const row = await this.#readAnalytics(id);
      if (row === undefined) continue;
      totals.push({
        provider_campaign_id: id,
        leads: row.campaign_lead_stats?.total ?? 0,
        sent: row.sent_count,
        contacted: row.unique_sent_count,
        opened: row.unique_open_count,
        clicked: row.unique_click_count,
        replied: row.reply_count,
        auto_replies: 0,
        bounced: row.bounce_count,
        unsubscribed: row.unsubscribed_count,
        completed: row.campaign_lead_stats?.completed ?? 0,
        opportunities: row.campaign_lead_stats?.interested ?? 0,
        opportunity_value: row.campaign_lead_stats?.revenue ?? 0,
      });
    }
    return totals;
  }

  async readDays(providerCampaignId: string, from: string, to: string): Promise<CampaignDay[]> {
    const days: CampaignDay[] = [];
    for (const piece of pieces(from, to)) {
      const { data } = await this.#http.request({
        method: 'GET',
        path: 'analytics/day-wise-overall-stats',
        query: {
          start_date: piece.from,
          end_date: piece.to,
          campaign_ids: providerCampaignId,
          timezone: 'UTC',
        },
        answer: schemas.dayStatistics,
        repeatable: true,
      });
      for (const row of data.day_wise_stats ?? []) {
        const day = dateInRange(row.date, piece.from, piece.to);
        const metrics = row.email_engagement_metrics;
        const { sent, opened, replied, bounced, unsubscribed } = metrics;
        if (day !== undefined && sent + opened + replied + bounced + unsubscribed > 0) {
          days.push(readDay(day, metrics));
        }
      }
    }
    return days;
  }

  async readSteps(providerCampaignId: string, cursor?: string): Promise<StepsReading> {
    return await this.statistics.readSteps(providerCampaignId, cursor);
  }

  /** A category expresses the verdict; neutral or a removed verdict means no category. */
  async setInterest(
    providerCampaignId: string,
    email: string,
    interest: InterestStatus | null,
  ): Promise<void> {
    const lead = await this.#http.request({
      method: 'GET',
      path: 'leads/',
      query: { email },
      answer: schemas.leadByEmail,
      emptyIsMissing: true,
      repeatable: true,
    });
    const category = interest === null || interest === 'neutral'
      ? null
      : (await this.#categories()).find((one) =>
        readCategory(one.name, one.sentiment_type).type ===
          (interest === 'positive' ? 'lead_interested' : 'lead_not_interested')
      );
    if (category === undefined) {
      throw new ProviderError('bad_request', `Smartlead has no category for a ${interest} lead`, {
        provider: 'smartlead',
      });
    }
    await this.#campaigns.post(providerCampaignId, `leads/${encodeURIComponent(lead.id ?? '')}/category`, {
      category_id: category?.id ?? null,
      pause_lead: false,
    });
  }

  async listLeads(
    providerCampaignId: string,
    cursor: string | undefined,
    changedSince?: string,
  ): Promise<Page<ProviderLead>> {
    // The closest filter to "changed since".
    const page = await this.#leadPage(providerCampaignId, cursor, { event_time_gt: changedSince });
    return {
      items: page.data.map(readLead).filter((lead) => lead !== undefined),
      next: nextOffset(cursor, sentRows(page.data)),
    };
  }

  async listLabels(): Promise<Page<ProviderLabel>> {
    const categories = await this.#categories();
    return {
      items: categories.map((category) => {
        const meaning = readCategory(category.name, category.sentiment_type);
        return { interest_value: category.id, label: meaning.label, interest_status: meaning.interest };
      }),
      next: undefined,
    };
  }

  /** Undefined for a campaign that is gone. */
  async #readAnalytics(campaignId: string): Promise<z.infer<typeof schemas.analytics> | undefined> {
    try {
      return await this.#http.request({
        method: 'GET',
        path: `campaigns/${encodeURIComponent(campaignId)}/analytics`,
        answer: schemas.analytics,
        emptyIsMissing: true,
        repeatable: true,
      });
    } catch (error) {
      if (error instanceof ProviderError && error.kind === 'not_found') return undefined;
      throw error;
    }
  }

  async #categories() {
    return await this.#http.request({
      method: 'GET',
      path: 'leads/fetch-categories',
      answer: rowsOf('categories', schemas.category),
      repeatable: true,
    });
  }

  async #leadPage(
    campaignId: string,
    cursor: string | undefined,
    filter: { event_time_gt?: string | undefined },
  ) {
    return await this.#http.request({
      method: 'GET',
      path: `campaigns/${encodeURIComponent(campaignId)}/leads`,
      query: { offset: cursor ?? '0', limit: pageSize, ...filter },
      answer: schemas.campaignLeads,
      emptyIsMissing: true,
      repeatable: true,
    });
  }

  async #addLeads(campaignId: string, leads: OutgoingLead[]): Promise<schemas.AddedLeads> {
    return await this.#http.request({
      method: 'POST',
      path: `campaigns/${encodeURIComponent(campaignId)}/leads`,
      body: {
        lead_list: leads.map(writeLead),
        // False = this list is checked; unknown keys are refused.
        settings: {
          ignore_global_block_list: false,
          ignore_unsubscribe_list: false,
          ignore_community_bounce_list: false,
          ignore_duplicate_leads_in_other_campaign: false,
          return_lead_ids: true,
        },
      },
      answer: schemas.addedLeads,
      emptyIsMissing: true,
      repeatable: false,
      timeout: 60_000,
    });
  }
}
