import {
  checkExport,
  type ExportCheck,
  type Preview,
} from '../../supabase/functions/_shared/export/check.ts';

/** What the database reports of a campaign that is ready to be sent. */
export const goodPreview: Preview = {
  connection_id: '00000000-0000-4000-8000-000000000001',
  provider: 'instantly',
  is_dedicated: true,
  total: 10,
  to_send: 10,
  skipped: 0,
  reasons: {},
  missing_variables: {},
  role_addresses: 0,
  today: '2026-11-30',
  settings: {
    sending_days: [1, 2, 3, 4, 5],
    daily_limit: 5,
    start_on: null,
    end_on: null,
    sequence: [{ delay_days: 0 }],
    sending_account_tags: [],
    stop_on_reply: true,
    track_opens: false,
    plain_text: false,
    unsubscribe_header: true,
    unsubscribe_text: null,
    provider_status: null,
  },
  holidays: [],
  mailboxes: {
    chosen: 1,
    active: 1,
    daily_limit: 3,
    without_limit: 0,
    sent_today: 0,
    unknown: [],
    not_sending: [],
    tags_without_mailbox: [],
    shared_with: 0,
  },
  costs: [],
  has_postal_address: true,
  mentions_unsubscribe: false,
  approval: 'not_needed',
  plan: null,
  too_many_variables: null,
};

export type PreviewChange = Omit<Partial<Preview>, 'settings' | 'mailboxes'> & {
  settings?: Partial<Preview['settings']>;
  mailboxes?: Partial<Preview['mailboxes']>;
};

/** The findings about that campaign with a change. */
export function checkPreview({ settings, mailboxes, ...change }: PreviewChange): ExportCheck {
  return checkExport({
    ...goodPreview,
    ...change,
    settings: { ...goodPreview.settings, ...settings },
    mailboxes: { ...goodPreview.mailboxes, ...mailboxes },
  });
}
