import { randomUUID } from 'node:crypto';

/** A delivery as Instantly sends it: one flat object with lead data beside the event's own fields. */
export function delivery(type: string, fields: Record<string, unknown> = {}): Record<string, unknown> {
  const campaign = String(fields['campaign'] ?? fields['campaign_id'] ?? randomUUID());
  return {
    timestamp: '2026-10-05T08:15:21.903Z',
    event_type: type,
    workspace: '019900aa-1111-7222-8333-444455556666',
    campaign_id: campaign,
    campaign,
    campaign_name: 'Nordic CFOs',
    unibox_url: null,
    email_account: 'mia@outreach.test',
    is_first: true,
    lead_email: 'ingrid.holm@fjordpak.test',
    email: fields['lead_email'] ?? 'ingrid.holm@fjordpak.test',
    firstName: 'Ingrid',
    lastName: 'Holm',
    companyName: 'Fjordpak',
    website: 'https://fjordpak.test',
    phone: null,
    personalization: '',
    step: 1,
    variant: 1,
    ...fields,
  };
}
