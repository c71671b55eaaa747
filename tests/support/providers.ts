/** What a scene has to know about a provider, so that one description of it runs for both. */
import { createHash, randomUUID } from 'node:crypto';
import type { ProviderName } from '../../supabase/functions/_shared/providers/provider.ts';
import { delivery } from './deliveries.ts';
import type { Fact } from './oracle.ts';
import type { Project, ProjectOptions, TestConnection } from './project.ts';
import { leadsOfCampaigns } from './provider-api.ts';
import { categoryDelivery, smartleadDelivery } from './smartlead-deliveries.ts';

export interface ProviderDriver {
  name: ProviderName;
  webhookFunction: string;
  /** Which simulator a project starts. */
  simulators: Pick<ProjectOptions, 'simulator' | 'smartlead'>;
  /** A campaign id as this provider makes them. */
  newCampaignId(): string;
  /** The delivery of a fact; a copy may have another name where the provider delivers an event twice. */
  deliveryOf(fact: Fact, isCopy?: boolean): Record<string, unknown>;
  /** Addresses in the provider's campaigns of this name. */
  leadsAt(project: Project, connection: TestConnection, campaignName: string): Promise<string[]>;
  setFaults(project: Project, requests: { kind: string; path: string; [name: string]: unknown }[]): void;
  clearFaults(project: Project): void;
  paths: { addLeads: string; createCampaign: string };
}

export const instantly: ProviderDriver = {
  name: 'instantly',
  webhookFunction: 'instantly-webhook',
  simulators: {},
  newCampaignId: () => randomUUID(),
  deliveryOf: (fact) =>
    delivery(fact.type, {
      campaign: fact.campaign,
      campaign_id: fact.campaign,
      lead_email: fact.email,
      email: fact.email,
      timestamp: fact.at,
      email_account: fact.account === '' ? undefined : fact.account,
    }),
  leadsAt: async (project, connection, name) =>
    (await leadsOfCampaigns(project.simulator.url, connection.apiKey, name)).map((lead) =>
      String(lead['email'])
    ),
  setFaults: (project, requests) => project.simulator.faults.set({ requests } as never),
  clearFaults: (project) => project.simulator.faults.clear(),
  paths: { addLeads: '/api/v2/leads/add', createCampaign: '/api/v2/campaigns' },
};

const eventNames: Record<string, string> = {
  email_sent: 'EMAIL_SENT',
  email_opened: 'EMAIL_OPEN',
  link_clicked: 'EMAIL_LINK_CLICK',
  reply_received: 'EMAIL_REPLY',
  auto_reply_received: 'EMAIL_REPLY',
  email_bounced: 'EMAIL_BOUNCE',
  lead_unsubscribed: 'LEAD_UNSUBSCRIBED',
};

const categories: Record<string, string> = {
  lead_interested: 'Interested',
  lead_not_interested: 'Not Interested',
  lead_meeting_booked: 'Meeting Request',
  lead_out_of_office: 'Out Of Office',
};

const digest = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 32);

export const smartlead: ProviderDriver = {
  name: 'smartlead',
  webhookFunction: 'smartlead-webhook',
  simulators: { simulator: false, smartlead: {} },
  newCampaignId: () => String(2_000_000 + Math.floor(Math.random() * 1_000_000_000)),
  deliveryOf: (fact, isCopy = false) => {
    const name = eventNames[fact.type];
    const common = {
      campaign_id: Number(fact.campaign),
      sl_lead_email: fact.email,
      to_email: fact.email,
      event_timestamp: fact.at,
    };
    if (name === undefined) return categoryDelivery(categories[fact.type] ?? fact.type, 'neutral', common);
    if (name === 'LEAD_UNSUBSCRIBED') {
      const { campaign_id, event_timestamp } = common;
      return { event_type: name, event_timestamp, lead_email: fact.email, campaign_id };
    }
    const id = digest(`${fact.type} ${fact.campaign} ${fact.email} ${fact.at}`);
    // The mail to a lead is one for opens and clicks; each sent or bounced one is a mail of its own.
    const mail = fact.type === 'email_opened' || fact.type === 'link_clicked'
      ? digest(`${fact.campaign} ${fact.email}`)
      : id;
    const isReply = name === 'EMAIL_REPLY';
    return smartleadDelivery(isCopy && name === 'EMAIL_SENT' ? 'FIRST_EMAIL_SENT' : name, {
      ...common,
      stats_id: mail,
      from_email: isCopy && isReply ? fact.email : fact.account,
      to_email: isCopy && isReply ? fact.account : fact.email,
      time_opened: undefined,
      time_clicked: undefined,
      time_replied: undefined,
      reply_message: { message_id: `<${id}@reply.test>`, text: 'Hello' },
      reply_category: fact.type === 'auto_reply_received' ? 'Out Of Office' : null,
    });
  },
  leadsAt: async (project, connection, name) => {
    const get = async (path: string) =>
      await (await fetch(
        `${project.smartlead.url}/api/v1/${path}${path.includes('?') ? '&' : '?'}api_key=${
          encodeURIComponent(connection.apiKey)
        }`,
      )).json() as never;
    const campaigns = (await get('campaigns/') as { id: number; name: string }[])
      .filter((campaign) => campaign.name.includes(name));
    const emails: string[] = [];
    for (const { id } of campaigns) {
      for (let offset = 0;; offset += 100) {
        const { data } = await get(`campaigns/${id}/leads?limit=100&offset=${offset}`) as {
          data: { lead: { email: string } }[];
        };
        emails.push(...data.map((row) => row.lead.email));
        if (data.length < 100) break;
      }
    }
    return emails;
  },
  setFaults: (project, requests) => project.smartlead.faults.set({ requests } as never),
  clearFaults: (project) => project.smartlead.faults.clear(),
  paths: { addLeads: '/api/v1/campaigns/*/leads', createCampaign: '/api/v1/campaigns/create' },
};

export const providers = [instantly, smartlead];
