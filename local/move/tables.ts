// What the catalogue does not tell about the tables of a client. Which tables belong to a client, and which rows of them, follows from
// client_id and the foreign keys (plan.ts); a test compares these lists with the catalogue.

/** They stay: what belongs to the agency, or to one installation. */
export const leftBehind: Record<string, string> = {
  'private.agency': 'name and colours of the agency',
  'private.mail_settings': 'the mail service of the agency',
  'private.reply_model': 'the language model of the agency',
  'private.reply_model_days': 'what the agency spent on it',
  'private.retention_settings': 'how long the agency keeps what',
  'private.standing_settings': 'whether the agency shows standings',
  'private.rate_quartiles': 'quartiles over all clients of an agency',
  'private.saved_filters': 'filters that operators saved for themselves',
  'public.sequence_templates': 'templates of the agency',
  'public.sending_domains': 'found again from the mailboxes',
  'public.sending_domain_checks': 'found again from the mailboxes',
  'public.sending_domain_changes': 'the history of a domain, which may send for several clients',
  'public.domain_listings': 'found again from the mailboxes',
  'private.function_calls': 'calls of this installation, kept for a day',
  'private.pending_changes': 'changes of transactions under way',
  'private.request_counts': 'counts of this minute',
  'private.erasures': 'copied apart, see erasures.ts: the hashes keep the salt of their project',
  'private.archive_lease': 'which run works on the archive',
  'private.client_moves': 'each project has its own side of a move',
};

/** Where a client is named by another column than client_id. */
export const ownerColumns: Record<string, string> = {
  'private.archive_parts': 'owner_id',
};

/** Columns without a foreign key that hold an id which the database numbers: `table.column` → the table that numbers it. */
export const numberedElsewhere: Record<string, string> = {
  'public.email_events.id': 'private.webhook_events',
  'public.messages.event_id': 'private.webhook_events',
  'private.recovered_facts.confirmed_by': 'private.webhook_events',
};

/** Columns of type bigint that count something, or number something that stays behind. */
export const plainNumbers: readonly string[] = [
  'private.day_cuts.events_counted',
  'private.archive_parts.rows',
  'private.archive_parts.bytes',
  'private.archive_parts.removed',
  'private.client_days.sent',
  'private.client_days.contacted',
  'private.client_days.replied',
  'private.client_days.positive',
  'private.client_days.meetings',
  'public.incidents.request_id',
];

/** Columns that are written by an expression of their own; `t` is the row, `shift` what is added to ids of deliveries. */
export const rewritten: Record<string, (shift: string) => string> = {
  // The call of pg_net that posted the alert, which only the source knows.
  'public.incidents.request_id': () => 'null::bigint',
  // The fact of a bounce is named by the id of its event.
  'private.outgoing_events.fact': (shift) =>
    `case when t.type = 'email.bounced' then 'email.bounced:' || (split_part(t.fact, ':', 2)::bigint + ${shift}) else t.fact end`,
};

/** References that may lead to a row of another client, or to somebody who has no account in the target: emptied then. */
export const mayPointElsewhere: readonly string[] = [
  'private.provider_campaigns.moved_from',
  'private.organizations.client_id',
  'private.threads.assigned_to',
  'private.client_report_mails.recipient_id',
];

export interface Encrypted {
  table: string;
  /** The primary key. */
  key: readonly string[];
  text: string;
  masterKeyId: string;
}

/** What is encrypted with the master key of a project, and is encrypted again for the target. */
export const encrypted: readonly Encrypted[] = [
  {
    table: 'private.provider_keys',
    key: ['connection_id'],
    text: 'encrypted_key',
    masterKeyId: 'master_key_id',
  },
  {
    table: 'private.webhook_secrets',
    key: ['connection_id', 'digest'],
    text: 'encrypted_secret',
    masterKeyId: 'master_key_id',
  },
  {
    table: 'private.outgoing_secrets',
    key: ['endpoint_id'],
    text: 'encrypted_secret',
    masterKeyId: 'master_key_id',
  },
  {
    table: 'private.outgoing_secrets',
    key: ['endpoint_id'],
    text: 'encrypted_previous',
    masterKeyId: 'previous_master_key_id',
  },
  {
    table: 'private.crm_tokens',
    key: ['connection_id'],
    text: 'encrypted_token',
    masterKeyId: 'master_key_id',
  },
];

/**
 * What the source's own background work may change in a client that is closed: `all`, or some columns. Before the switch everything
 * else must be as it was copied.
 */
export const changesInBackground: Record<string, 'all' | readonly string[]> = {
  // Deliveries still arrive; those since the copy are brought over apart.
  'private.webhook_events': 'all',
  // Retention empties texts and deletes logs.
  'public.messages': ['body_text', 'body_html', 'snippet', 'body_removed_at'],
  'private.message_contents': ['raw_html'],
  'private.message_search': ['document'],
  'private.answers': ['body_text'],
  'public.untracked_replies': ['body_text', 'snippet', 'body_removed_at'],
  'private.outgoing_events': 'all',
  'private.outgoing_deliveries': 'all',
  'private.notifications': 'all',
  'private.mails': 'all',
  'private.crm_pushes': 'all',
  'private.recovered_facts': 'all',
  'public.audit_log': 'all',
  'public.placement_results': 'all',
  'public.provider_api_calls': 'all',
  // Alerts open and close, and are posted.
  'public.incidents': 'all',
  // Rate budgets forget what they granted, changes are published, sums are added up.
  'private.rate_budgets': 'all',
  'private.rate_grants': 'all',
  'public.client_changes': 'all',
  'private.client_days': 'all',
  'private.client_sums': 'all',
};

/** Columns of client views by which pages continue: they hold ids that the database numbers. */
export const pagingKeys: readonly string[] = ['client_email_events.id', 'lead_timeline.position'];

/** Client views whose numbers depend on the other clients of a project. */
export const comparesClients: readonly string[] = ['client_standings'];
