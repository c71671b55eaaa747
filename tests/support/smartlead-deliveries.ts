/** Deliveries as Smartlead sends them. */
const mailbox = 'mia@try-lakeside.test';

const details: Record<string, Record<string, unknown>> = {
  EMAIL_OPEN: {
    time_opened: '2026-10-05T08:00:00.000+00:00',
    event_timestamp: '2026-10-05T08:00:00.000+00:00',
  },
  EMAIL_LINK_CLICK: {
    link_clicked: ['https://lakeside.test/case'],
    time_clicked: '2026-10-05T09:00:11.000+00:00',
  },
  EMAIL_REPLY: {
    event_timestamp: '2026-10-07T07:02:40.000+00:00',
    time_replied: '2026-10-07T07:02:40.000+00:00',
    reply_message: { message_id: '<CAJ9@mail.fjordpak.test>', html: '<div>Sure.</div>', text: 'Sure.' },
    reply_body: '<div>Sure.</div>',
    reply_category: null,
    leadCorrespondence: { targetLeadEmail: 'ingrid.holm@fjordpak.test' },
  },
  EMAIL_BOUNCE: {
    is_bounced: true,
    bounce_message: { message_id: '<dsn-77@mx.test>', text: 'Address not found' },
  },
};

export function smartleadDelivery(
  type: string,
  fields: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    webhook_id: 771204,
    webhook_name: 'Replyloop',
    webhook_url: 'https://portal.test/smartlead-webhook/x?token=our-token-in-the-address',
    event_type: type,
    event_timestamp: '2026-10-05T07:15:20.551+00:00',
    sl_email_lead_id: '3301442817',
    sl_email_lead_map_id: 2955100431,
    sl_lead_email: 'ingrid.holm@fjordpak.test',
    stats_id: '7c0f3d3e-52a4-4d2e-9b0e-6a0d6a2f1c11',
    from_email: mailbox,
    to_email: 'ingrid.holm@fjordpak.test',
    to_name: 'Ingrid Holm',
    subject: 'Closing the books',
    campaign_id: 2418830,
    campaign_name: 'Nordic CFOs',
    campaign_status: 'ACTIVE',
    sequence_number: 1,
    message_id: '<a1b2c3@try-lakeside.test>',
    client_id: null,
    secret_key: '2d7f0c58-31de-4a8e-9f3e-6b0b6f5b9c10',
    ...details[type],
    ...fields,
  };
}

export function categoryDelivery(
  name: string | null,
  sentiment: string | null = null,
  fields: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    event_type: 'LEAD_CATEGORY_UPDATED',
    event_timestamp: '2026-10-07T07:03:10.870+00:00',
    campaign_id: 2418830,
    campaign_name: 'Nordic CFOs',
    sl_lead_email: 'ingrid.holm@fjordpak.test',
    lead_id: 3301442817,
    category: name,
    lead_category: { old_id: null, old_name: null, new_id: name === null ? null : 1, new_name: name },
    lead_data: {
      email: 'ingrid.holm@fjordpak.test',
      first_name: 'Ingrid',
      custom_fields: { Functie: 'CFO', Branche: 'Packaging' },
      category: name === null ? null : { name, sentiment_type: sentiment },
    },
    ...fields,
  };
}
