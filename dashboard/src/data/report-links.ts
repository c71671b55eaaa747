// Share links of a report, for operators.
import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { read } from './failure.ts';
import { cut, readList } from './paging.ts';
import { type Filled, supabase, type Views } from './supabase.ts';

export type ReportLink =
  & Filled<
    Views['operator_report_links']['Row'],
    'label' | 'revoked_at' | 'created_by' | 'created_by_name' | 'last_opened_at' | 'locked_until'
  >
  & { state: 'working' | 'expired' | 'revoked' };

/** Newest first. */
export const reportLinksQuery = (reportId: string) =>
  queryOptions({
    queryKey: ['report-links', reportId],
    queryFn: () =>
      readList(
        async (page) =>
          await read(
            cut(supabase().from('operator_report_links').select('*').eq('report_id', reportId), page, 'id'),
          ) as ReportLink[],
        { id: 'created_at', desc: true },
      ),
    // Openings come from elsewhere.
    refetchInterval: 10_000,
  });

export interface NewLink {
  label: string;
  days: number;
  /** Empty = none. */
  password: string;
}

const made = z.object({ token: z.string(), expires_at: z.string() });

/** Makes a link and gives its address, which is shown this once. */
export async function createReportLink(
  reportId: string,
  { label, days, password }: NewLink,
): Promise<string> {
  const { token } = made.parse(
    await read(
      supabase().rpc('create_report_link', {
        target_report_id: reportId,
        label,
        expires_in_days: days,
        ...(password === '' ? {} : { password }),
      }),
    ),
  );
  return new URL(`${import.meta.env.BASE_URL}shared-report#${token}`, location.origin).href;
}

export const revokeReportLink = async (linkId: string): Promise<void> => {
  await read(supabase().rpc('revoke_report_link', { target_link_id: linkId }));
};
