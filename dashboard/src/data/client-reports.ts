// Weekly and monthly reports to clients: their settings, preview and sending (operators), and those that were sent.
import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { Failure, functionFailure, read } from './failure.ts';
import { cut, readList } from './paging.ts';
import { type Enums, type Filled, projectConfig, supabase, type Tables, type Views } from './supabase.ts';

export type ReportKind = Enums['report_kind'];
export type ReportLanguage = Enums['mail_language'];

export const kindNames: Record<ReportKind, string> = { weekly: 'Weekly', monthly: 'Monthly' };

const turn = z.nullable(z.object({
  send_on: z.number(),
  send_hour: z.number(),
  is_due: z.boolean(),
  next_at: z.nullable(z.string()),
  last_error: z.nullable(z.string()),
}));

const recipient = z.object({
  id: z.string(),
  user_id: z.nullable(z.string()),
  email: z.nullable(z.string()),
  stopped_at: z.nullable(z.string()),
});

const settings = z.object({
  client_id: z.string(),
  time_zone: z.string(),
  language: z.enum(['en', 'nl', 'de']),
  with_replies: z.boolean(),
  attach_pdf: z.boolean(),
  note: z.nullable(z.string()),
  weekly: turn,
  monthly: turn,
  recipients: z.array(recipient),
  people: z.array(z.object({ user_id: z.string(), email: z.nullable(z.string()) })),
  is_set_up: z.boolean(),
});

export type ReportSettings = z.infer<typeof settings>;
export type ReportRecipient = z.infer<typeof recipient>;

export const reportSettingsQuery = (clientId: string) =>
  queryOptions({
    queryKey: ['report-settings', clientId],
    queryFn: async () =>
      settings.parse(await read(supabase().rpc('report_settings', { target_client_id: clientId }))),
    refetchInterval: false,
  });

export interface Turn {
  send_on: number;
  send_hour: number;
}

/** A person of the client by its id, anybody else by the address. */
export type RecipientInput = { user_id: string } | { email: string };

export interface ReportSettingsInput {
  weekly: Turn | null;
  monthly: Turn | null;
  language: ReportLanguage;
  with_replies: boolean;
  attach_pdf: boolean;
  note: string;
  recipients: RecipientInput[];
}

export const changeReportSettings = async (
  clientId: string,
  { weekly, monthly, ...input }: ReportSettingsInput,
): Promise<ReportSettings> =>
  settings.parse(
    await read(
      supabase().rpc('change_report_settings', {
        target_client_id: clientId,
        settings: { ...input, weekly: weekly && { ...weekly }, monthly: monthly && { ...monthly } },
      }),
    ),
  );

export type ReportDraft = Pick<ReportSettingsInput, 'language' | 'with_replies' | 'note'> & {
  /** Of a test only. */
  attach_pdf?: boolean;
};

const preview = z.object({ subject: z.string(), html: z.string(), text: z.string() });

/** The report of the last period as it would be sent with these settings. */
export const reportPreviewQuery = (clientId: string, kind: ReportKind, draft: ReportDraft) =>
  queryOptions({
    queryKey: ['report-preview', clientId, kind, draft],
    queryFn: async () => preview.parse(await invoke({ action: 'preview', client_id: clientId, kind, draft })),
    staleTime: 60_000,
    refetchInterval: false,
  });

const tested = z.object({ to: z.string(), sent: z.boolean(), error: z.nullable(z.string()) });

export const testReport = async (clientId: string, kind: ReportKind, draft: ReportDraft) =>
  tested.parse(await invoke({ action: 'test', client_id: clientId, kind, draft }));

const sent = z.object({
  report_id: z.string(),
  has_it: z.array(z.string()),
  emails: z.array(z.object({
    email: z.string(),
    state: z.enum(['waiting', 'delivered', 'failed']),
    error: z.nullable(z.string()),
  })),
});
export type SentReport = z.infer<typeof sent>;

export const sendReport = async (clientId: string, kind: ReportKind, recipientIds: string[]) =>
  sent.parse(
    await invoke({ action: 'send', client_id: clientId, kind, recipient_ids: recipientIds }),
  );

async function invoke(body: Record<string, unknown>): Promise<unknown> {
  const { data, error } = await supabase().functions.invoke<unknown>('client-report', { body });
  if (error) throw await functionFailure(error);
  return data;
}

export type ReportRow = Omit<Tables['client_reports']['Row'], 'snapshot'>;

const columns =
  'id, client_id, kind, from_day, to_day, skipped, scheduled_at, requested_by, sent_at, created_at';

/** Reports of a client, newest first; a client gets those that were sent. */
export const clientReportsQuery = (clientId: string) =>
  queryOptions({
    queryKey: ['client-reports', clientId],
    queryFn: () =>
      readList(
        async (page): Promise<ReportRow[]> =>
          await read(
            cut(supabase().from('client_reports').select(columns).eq('client_id', clientId), page, 'id'),
          ),
        { id: 'to_day', desc: true },
      ),
  });

export type ReportMail = Filled<Views['operator_report_mails']['Row'], 'last_error' | 'sent_at'>;

/** To whom reports of a client went, of the newest 1,000; operators only. */
export const reportMailsQuery = (clientId: string) =>
  queryOptions({
    queryKey: ['report-emails', clientId],
    queryFn: () =>
      readList(
        async (page) =>
          await read(
            cut(supabase().from('operator_report_mails').select('*').eq('client_id', clientId), page, 'id'),
          ) as ReportMail[],
        { id: 'wanted_at', desc: true },
      ),
  });

/** One report with its snapshot, which the page parses. */
export const clientReportQuery = (reportId: string) =>
  queryOptions({
    queryKey: ['client-report', reportId],
    queryFn: async () => {
      const found = await read(
        supabase().from('client_reports').select(`${columns}, snapshot`).eq('id', reportId).maybeSingle(),
      );
      if (found === null) throw new Failure('NOT_FOUND', 'The report was not found', 404);
      return found;
    },
    refetchInterval: false,
  });

/** A report as a document; the function reads it as the person who is signed in. */
export async function readReportPdf(reportId: string): Promise<Blob> {
  const answer = await invoke({ action: 'pdf', report_id: reportId });
  if (answer instanceof Blob) return answer;
  throw new Failure('INTERNAL', 'The answer was no PDF', 500);
}

/** Ends the reports of the person whose email held this token; a plain request, because there is no sign-in. */
export async function stopReports(token: string): Promise<void> {
  const url = `${projectConfig().api_url}/functions/v1/client-report/stop?token=${encodeURIComponent(token)}`;
  const response = await fetch(url, { method: 'POST' }).catch(() => undefined);
  if (!response?.ok) throw new Failure('OFFLINE', 'The reports could not be stopped', response?.status ?? 0);
}
