/**
 * One delivery of each kind for the tests of isolation, in the words of each provider: what is the lead's carries the
 * tenant's marker, everything else the mark of raw payloads.
 */
import { randomUUID } from 'node:crypto';
import type { ProviderName } from '../../supabase/functions/_shared/providers/provider.ts';
import { delivery } from './deliveries.ts';
import { categoryDelivery, smartleadDelivery } from './smartlead-deliveries.ts';

interface Marks {
  marker: string;
  raw: string;
  campaign: string;
}

interface TenantDeliveries {
  /** An id as long as no other number is, so that it can be searched for in answers. */
  newCampaignId(): string;
  of(marks: Marks): Record<string, unknown>[];
}

export const tenantDeliveries: Record<ProviderName, TenantDeliveries> = {
  instantly: { newCampaignId: () => randomUUID(), of: ofInstantly },
  smartlead: { newCampaignId: () => String(8e14 + Math.floor(Math.random() * 1e14)), of: ofSmartlead },
};

function ofInstantly({ marker, raw, campaign }: Marks): Record<string, unknown>[] {
  const kinds = 'email_sent email_opened link_clicked reply_received auto_reply_received lead_interested';
  const internal = 'workspace organization unibox_url';
  const texts = 'email_subject email_html reply_subject reply_text reply_html';
  const email = `lead@${marker}.test`;
  return [...kinds.split(' '), `Label ${marker}`, 'email_bounced', 'lead_unsubscribed'].map((type, index) =>
    delivery(type, {
      ...Object.fromEntries(internal.split(' ').map((field) => [field, raw])),
      ...Object.fromEntries(texts.split(' ').map((field) => [field, `${marker}<script>${raw}</script>`])),
      reply_text: marker,
      email_subject: marker,
      reply_subject: marker,
      ...{ campaign, lead_email: email, email, campaign_name: marker, companyName: marker, budget: marker },
      campaign_id: campaign,
      timestamp: `2026-10-05T08:15:0${index}.000Z`,
      email_id: `${raw}${index}`,
    })
  );
}

function ofSmartlead({ marker, raw, campaign }: Marks): Record<string, unknown>[] {
  const email = `lead@${marker}.test`;
  const html = `${marker}<script>${raw}</script>`;
  const common = (index: number) => ({
    campaign_id: Number(campaign),
    campaign_name: marker,
    event_timestamp: `2026-10-05T08:15:0${index}.000Z`,
    sl_lead_email: email,
    lead_email: email,
    to_email: email,
    to_name: marker,
    subject: marker,
    secret_key: raw,
    webhook_url: `https://portal.test/${raw}?token=${raw}`,
    webhook_name: raw,
    unibox_url: raw,
    stats_id: `${raw}${index}`,
    message_id: `<${raw}${index}@mail.test>`,
    sent_message: { message_id: `<${raw}${index}@mail.test>`, html, text: marker },
  });
  const reply = (index: number, category: string | null) =>
    smartleadDelivery('EMAIL_REPLY', {
      ...common(index),
      time_replied: common(index).event_timestamp,
      reply_message: { message_id: `<${raw}reply${index}@mail.test>`, html, text: marker },
      reply_body: html,
      reply_category: category,
      leadCorrespondence: { targetLeadEmail: email, inbox: raw },
    });
  const category = (index: number, name: string) =>
    categoryDelivery(name, 'positive', {
      ...common(index),
      lead_data: {
        email,
        first_name: marker,
        company_name: marker,
        custom_fields: { Budget: marker },
        category: { name, sentiment_type: 'positive' },
      },
    });
  const plain = (index: number, type: string) =>
    smartleadDelivery(type, { ...common(index), time_opened: undefined, time_clicked: undefined });
  return [
    plain(0, 'EMAIL_SENT'),
    plain(1, 'EMAIL_OPEN'),
    plain(2, 'EMAIL_LINK_CLICK'),
    reply(3, null),
    reply(4, 'Out Of Office'),
    category(5, 'Interested'),
    category(6, `Label ${marker}`),
    plain(7, 'EMAIL_BOUNCE'),
    plain(8, 'LEAD_UNSUBSCRIBED'),
  ];
}
