/** What a column of a list can become: a field of a business, a custom variable, or nothing. */
export const fieldTargets = [
  'email',
  'first_name',
  'last_name',
  'full_name',
  'job_title',
  'name',
  'website',
  'phone',
  'email_deliverability',
  'linkedin_url',
  'category',
  'icebreaker',
  'subject_line',
  'address',
  'city',
  'state',
  'zip',
  'rating',
  'facebook_url',
  'email_source',
] as const;

export const targets = [...fieldTargets, 'variable', 'skip'] as const;
export type Target = typeof targets[number];

/** These may be in several columns: of addresses the first usable one counts, further ones become variables. */
export const repeatable: ReadonlySet<Target> = new Set(['email', 'variable', 'skip']);

/** How one column is read. */
export interface ColumnMapping {
  header: string;
  target: Target;
  /** The name of the custom variable; only for the target "variable". */
  variable?: string | undefined;
}

export type Deliverability =
  | 'deliverable'
  | 'risky'
  | 'undeliverable'
  | 'unknown'
  | 'unverified'
  | 'not_found';
