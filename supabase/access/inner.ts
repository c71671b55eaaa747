// What of schema private signed-in people read, through views of public that run with their rights; everything else of it is closed to
// them. The Data API does not expose the schema, so no one reads these directly. A new view that reads a table of private needs a row
// here, or its columns in one.
import type { Rows } from './relations.ts';

export interface Inner {
  rows: Exclude<Rows, 'agency'>;
  /** The columns that are granted; `*` where the whole table is. */
  columns: string;
}

export const inner: Record<string, Inner> = {
  answers: {
    rows: 'operators',
    columns:
      'asked_at asked_by body_text error error_code id lead_id message_id reply_id sent_at state subject',
  },
  campaign_daily_numbers: { rows: 'own', columns: '*' },
  client_report_mails: {
    rows: 'operators',
    columns: 'attempts client_id email id last_error next_attempt_at report_id sent_at state wanted_at',
  },
  closed_campaigns: { rows: 'own', columns: '*' },
  crm_pushes: {
    rows: 'operators',
    columns:
      'attempts client_id connection_id created_at delivered_at duration_ms event_id id last_answer last_attempt_at last_error last_status lead_id next_attempt_at note sent state type wanted_at',
  },
  day_cuts: { rows: 'own', columns: '*' },
  day_shifts: { rows: 'own', columns: '*' },
  jobs: {
    rows: 'own',
    columns:
      'campaign_id client_id created_at done error_code error_message finished_at id kind started_at status total',
  },
  message_contents: { rows: 'operators', columns: 'inbox_url message_id' },
  erasures: {
    rows: 'operators',
    columns: 'client_id finished_at id is_blocked report requested_at requested_by status',
  },
  outgoing_deliveries: {
    rows: 'operators',
    columns:
      'attempts delivered_at duration_ms endpoint_id event_id last_answer last_attempt_at last_error last_status next_attempt_at state wanted_at',
  },
  outgoing_events: { rows: 'operators', columns: 'client_id id occurred_at payload type' },
  reply_waits: { rows: 'own', columns: '*' },
  report_links: {
    rows: 'operators',
    columns:
      'client_id created_at created_by expires_at has_password id label last_opened_at locked_until opens report_id revoked_at',
  },
  thread_notes: { rows: 'operators', columns: '*' },
  threads: { rows: 'operators', columns: '*' },
  webhook_events: { rows: 'operators', columns: 'connection_id delivery_count received_at status' },
};
