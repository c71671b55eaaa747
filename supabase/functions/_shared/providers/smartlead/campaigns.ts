import { z } from 'zod';
import { normalizeEmailAddress } from '../../events/email-address.ts';
import type { CampaignSettings, ProviderCampaign } from '../provider.ts';
import { rowsOf } from '../rows.ts';
import type { SmartleadAccounts } from './accounts.ts';
import { readCampaign, writeSchedule, writeSequences, writeSettings } from './campaign-mapping.ts';
import type { SmartleadHttp } from './http.ts';
import * as schemas from './schemas.ts';

/** The campaigns of a Smartlead account: one answer lists all, and creating one takes several calls. */
export class SmartleadCampaigns {
  readonly #http: SmartleadHttp;
  readonly #accounts: SmartleadAccounts;

  constructor(http: SmartleadHttp, accounts: SmartleadAccounts) {
    this.#http = http;
    this.#accounts = accounts;
  }

  async list(): Promise<schemas.SmartleadCampaign[]> {
    return await this.#http.request({
      method: 'GET',
      path: 'campaigns/',
      answer: rowsOf('campaigns', schemas.campaign),
      repeatable: true,
      timeout: 60_000,
    });
  }

  async read(providerCampaignId: string): Promise<ProviderCampaign> {
    return readCampaign(
      await this.#http.request({
        method: 'GET',
        path: `campaigns/${encodeURIComponent(providerCampaignId)}`,
        answer: schemas.campaign,
        emptyIsMissing: true,
        repeatable: true,
      }),
    );
  }

  async create(settings: CampaignSettings): Promise<ProviderCampaign> {
    // Checked before anything exists at the provider: throws for a schedule that Smartlead does not support.
    writeSchedule(settings);
    const organization = settings.organization === undefined ? null : Number(settings.organization);
    const created = await this.#http.request({
      method: 'POST',
      path: 'campaigns/create',
      body: { name: settings.name, client_id: organization },
      answer: schemas.createdCampaign,
      repeatable: false,
    });
    return {
      provider_campaign_id: created.id,
      name: created.name ?? settings.name,
      created_at: created.created_at ?? null,
      updated_at: null,
      status: 'draft',
      provider_org_id: settings.organization ?? null,
    };
  }

  /** Several calls, each replacing what is there, so all of them may run again after a crash. */
  async complete(providerCampaignId: string, settings: CampaignSettings): Promise<void> {
    await this.post(providerCampaignId, 'schedule', writeSchedule(settings));
    await this.post(providerCampaignId, 'sequences', writeSequences(settings));
    await this.post(providerCampaignId, 'settings', writeSettings(settings));
    if (settings.sendingAccounts.length === 0) return;
    const wanted = new Set(settings.sendingAccounts.map((email) => normalizeEmailAddress(email)));
    const ids = (await this.#accounts.readAll())
      .filter((account) => wanted.has(normalizeEmailAddress(account.from_email)))
      .map((account) => Number(account.id));
    if (ids.length > 0) {
      await this.post(providerCampaignId, 'email-accounts', { email_account_ids: ids });
    }
  }

  async post(campaignId: string, what: string, body: Record<string, unknown>): Promise<void> {
    await this.#http.request({
      method: 'POST',
      path: `campaigns/${encodeURIComponent(campaignId)}/${what}`,
      body,
      answer: z.unknown(),
      emptyIsMissing: true,
      repeatable: true,
    });
  }
}
