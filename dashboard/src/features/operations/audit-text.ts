// Actions of the audit log in words.

export const auditActions: Record<string, string> = {
  sync_started: 'Started a sync',
  export_started: 'Started an export',
  import_started: 'Started an import',
  import_completed: 'Completed an import',
  import_cancelled: 'Cancelled an import',
  import_undone: 'Undid an import',
  campaign_mapped: 'Assigned a campaign',
  campaign_remapped: 'Moved a campaign',
  dead_letters_replayed: 'Replayed dead letters',
  dead_letters_dismissed: 'Dismissed dead letters',
  dead_letters_restored: 'Restored dead letters',
  alert_acknowledged: 'Acknowledged an alert',
  alert_reopened: 'Reopened an alert',
  client_switched_on: 'Turned a client on',
  client_switched_off: 'Turned a client off',
  client_created: 'Created a client',
  client_changed: 'Changed a client',
  client_archived: 'Archived a client',
  client_restored: 'Restored a client',
  client_removal_requested: 'Started deleting a client',
  client_removed: 'Deleted a client',
  endpoint_added: 'Added an endpoint',
  endpoint_changed: 'Changed an endpoint',
  endpoint_secret_rotated: 'Gave an endpoint a new secret',
  endpoint_switched_on: 'Switched an endpoint on',
  endpoint_switched_off: 'Switched an endpoint off',
  endpoint_tested: 'Sent a test to an endpoint',
  endpoint_removed: 'Removed an endpoint',
  mail_settings_saved: 'Changed the sender of emails',
  notifications_changed: 'Changed their notifications by email',
  notifications_stopped: 'Stopped their notifications by email',
  outgoing_replayed: 'Replayed outgoing events',
  agency_changed: 'Changed the agency',
  logo_saved: 'Saved a logo',
  logo_removed: 'Removed a logo',
  checklist_hidden: 'Hid the first steps',
  checklist_shown: 'Showed the first steps',
  suppressions_added: 'Suppressed addresses or domains',
  suppression_removed: 'Removed a suppression',
  leads_removed: 'Removed leads',
  lead_removed: 'Removed a lead at the provider',
  campaign_created: 'Created a campaign',
  campaign_duplicated: 'Duplicated a campaign',
  campaign_changed: 'Changed a campaign',
  campaign_deleted: 'Deleted a campaign',
  campaign_paused: 'Paused a campaign',
  campaign_resumed: 'Resumed a campaign',
  campaign_paused_for_day: 'Paused a campaign for a holiday',
  campaign_resumed_after_day: 'Resumed a campaign after a holiday',
  approval_requested: 'Asked for an approval',
  approval_given: 'Approved a campaign',
  changes_asked: 'Asked for changes to a campaign',
  template_created: 'Created a template',
  template_changed: 'Changed a template',
  template_removed: 'Deleted a template',
  goals_changed: 'Set the monthly goals',
  standings_shown: 'Showed clients how they compare',
  standings_hidden: 'Hid from clients how they compare',
  cost_recorded: 'Entered a cost',
  cost_removed: 'Removed a cost',
  reply_judged: 'Set a verdict',
  meeting_recorded: 'Recorded a meeting',
  meeting_removed: 'Removed a meeting',
  reply_classified: 'Set the class of a reply',
  reply_model_saved: 'Saved the language model',
  reply_answered: 'Answered a reply',
  thread_assigned: 'Assigned a conversation',
  thread_unassigned: 'Removed the assignment of a conversation',
  thread_snoozed: 'Snoozed a conversation',
  thread_woken: 'Ended the snooze of a conversation',
  thread_done: 'Marked a conversation as done',
  thread_reopened: 'Reopened a conversation',
  note_added: 'Added an internal note',
  note_removed: 'Removed an internal note',
  verdict_pushed: 'Sent a verdict to the provider',
  verdict_push_failed: 'Could not send a verdict to the provider',
  person_added: 'Added a person',
  person_changed: 'Changed a person',
  person_removed: 'Removed a person',
  invitation_sent: 'Sent an invitation',
  invitation_link_made: 'Made an invitation link',
  password_link_made: 'Made a link for a new password',
  save_connection: 'Saved a key',
  pause: 'Paused a connection',
  resume: 'Resumed a connection',
  register_webhook: 'Checked a webhook',
  rotate_webhook_secret: 'Rotated a webhook secret',
  save_provider_secret: 'Saved a provider secret',
  remove: 'Removed a connection',
  reencrypt: 'Re-encrypted all keys',
};

export const auditLabel = (action: string): string => {
  const text = auditActions[action] ?? action.replaceAll('_', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
};

/** What a person can use of the details; ids are left out. */
export function auditDetails(details: unknown): string {
  if (typeof details !== 'object' || details === null) return '';
  return Object.entries(details)
    .filter(([name, value]) =>
      !/(^|_)ids?$/.test(name) && ['string', 'number', 'boolean'].includes(typeof value)
    )
    .map(([name, value]) =>
      `${name.replaceAll('_', ' ')}: ${value === true ? 'yes' : value === false ? 'no' : String(value)}`
    )
    .join(', ');
}
