/** How many variables of a lead a provider takes. No imports: the dashboard reads it too. */

/** Smartlead speaks of 20 and of 200, Instantly of none; private.variable_limit has the same number. */
export const maxVariables = { instantly: null, smartlead: 200 } as const;

/** Fields of ours that Smartlead has no place for; they go as variables too. */
const sentAsVariables: ReadonlySet<string> = new Set([
  'name',
  'job_title',
  'icebreaker',
  'subject_line',
  'address',
  'city',
  'state',
  'zip',
  'facebook_url',
  'email_source',
  'category',
  'rating',
]);

/** What to know before a list with these columns is imported for this provider; undefined = it fits. */
export function tooManyVariables(
  provider: 'instantly' | 'smartlead' | null,
  columns: readonly { target: string }[],
): string | undefined {
  const most = provider === null ? null : maxVariables[provider];
  const count = columns.filter(({ target }) => target === 'variable' || sentAsVariables.has(target)).length;
  if (most === null || count <= most) return undefined;
  return `Smartlead takes at most ${most} variables of a lead, and this list makes ${count}. All of them are imported and nothing is left out, but Smartlead may refuse these leads: skip columns that no email uses`;
}
