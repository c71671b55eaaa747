// Sending domains with their DNS records, for operators.
import * as z from 'zod/mini';
import { queryOptions } from '@tanstack/react-query';
import { read } from './failure.ts';
import { supabase, type Views } from './supabase.ts';

export const recordKinds = ['spf', 'dkim', 'dmarc', 'mx'] as const;

const verdict = z.enum(['good', 'warning', 'bad', 'unknown']);
export type Verdict = z.infer<typeof verdict>;

const check = z.object({
  verdict,
  sentence: z.string(),
  advice: z.nullable(z.string()),
  records: z.array(z.string()),
  checked_at: z.string(),
  since: z.string(),
});
export type DomainCheck = z.infer<typeof check>;

const listing = z.object({
  address: z.string(),
  blacklist: z.string(),
  /** Where to ask for removal; null where we do not know the list. */
  removal_url: z.nullable(z.string()),
  listed_at: z.string(),
  seen_at: z.string(),
});
export type Listing = z.infer<typeof listing>;

const known = z.nullable(z.boolean());
const providerRecords = z.nullable(z.object({ spf: known, dkim: known, dmarc: known, mx: known }));

const checks = z.partial(z.object({ spf: check, dkim: check, dmarc: check, mx: check }));

export interface SendingDomain extends
  Omit<
    Views['operator_sending_domains']['Row'],
    'domain' | 'verdict' | 'checks' | 'blacklists' | 'provider_records'
  > {
  domain: string;
  verdict: Verdict;
  checks: z.infer<typeof checks>;
  blacklists: Listing[];
  /** What the provider's own test says; null = it made none. */
  provider_records: z.infer<typeof providerRecords>;
}

/** The worst come first. */
const ranks: Verdict[] = ['bad', 'warning', 'unknown', 'good'];

export const sendingDomainsQuery = (clientId: string | undefined, connectionId: string | undefined) =>
  queryOptions({
    queryKey: ['sending-domains', clientId, connectionId] as const,
    queryFn: async (): Promise<SendingDomain[]> => {
      let request = supabase().from('operator_sending_domains').select('*');
      if (clientId) request = request.contains('client_ids', [clientId]);
      if (connectionId) request = request.contains('connection_ids', [connectionId]);
      const rows = await read(request.order('domain').limit(1_000));
      return rows.map((row) => ({
        ...row,
        domain: row.domain ?? '',
        verdict: verdict.parse(row.verdict),
        checks: checks.parse(row.checks ?? {}),
        blacklists: z.array(listing).parse(row.blacklists ?? []),
        provider_records: providerRecords.parse(row.provider_records),
      })).sort((left, right) => ranks.indexOf(left.verdict) - ranks.indexOf(right.verdict));
    },
  });

export interface DomainChange {
  id: number;
  kind: string;
  changed_at: string;
  verdict_before: string;
  verdict: string;
  records_before: string[];
  records: string[];
}

export const domainChangesQuery = (domain: string) =>
  queryOptions({
    queryKey: ['sending-domain-changes', domain] as const,
    queryFn: (): Promise<DomainChange[]> =>
      read(
        supabase().from('sending_domain_changes')
          .select('id, kind, changed_at, verdict_before, verdict, records_before, records')
          .eq('domain', domain).order('changed_at', { ascending: false }).order('id', { ascending: false })
          .limit(20),
      ),
  });
