// Acts of the audit log in words.

export const auditActions: Record<string, string> = {
  sync_started: 'Started a sync',
  export_started: 'Started an export',
  campaign_mapped: 'Assigned a campaign',
  campaign_remapped: 'Moved a campaign',
  dead_letters_replayed: 'Replayed dead letters',
  dead_letters_dismissed: 'Dismissed dead letters',
  dead_letters_restored: 'Restored dead letters',
  alert_acknowledged: 'Acknowledged an alert',
  alert_reopened: 'Took an acknowledgement back',
  client_switched_on: 'Switched a client on',
  client_switched_off: 'Switched a client off',
  report_settings_changed: 'Changed report settings',
  cost_recorded: 'Entered a cost',
  cost_removed: 'Removed a cost',
  reply_judged: 'Judged a reply',
  provider_told: 'Told the provider of a verdict',
  provider_not_told: 'Could not tell the provider of a verdict',
  save_connection: 'Saved a key',
  pause: 'Paused a connection',
  resume: 'Resumed a connection',
  register_webhook: 'Checked a webhook',
  rotate_webhook_secret: 'Rotated a webhook secret',
  save_provider_secret: 'Saved a secret of the provider',
  remove: 'Removed a connection',
  reencrypt: 'Encrypted all keys again',
  reseal: 'Encrypted all keys again',
};

export const auditLabel = (action: string): string => {
  const text = auditActions[action] ?? action.replaceAll('_', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
};

/** What a person can use of an act's details; ids say nothing to anybody. */
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
