/**
 * POST { action, … }: a report as PDF for everybody who may read it; preview and sending for operators and secret keys; what is due
 * for the scheduler.
 */
import { z } from 'zod';
import { languages } from '../outgoing/languages.ts';
import { mailSettings } from '../outgoing/send-notifications.ts';
import { createRunner } from '../platform/one-run.ts';
import type { Caller } from '../platform/caller.ts';
import { callFunction, type ServiceClient } from '../platform/database.ts';
import { AppError } from '../platform/errors.ts';
import { jsonResponse, readBody, requireMethod } from '../platform/http.ts';
import type { FunctionOptions } from '../platform/signed-in-function.ts';
import { reportHtml } from './html.ts';
import { readLogo, reportPdf } from './pdf.ts';
import { report, reportKinds } from './report.ts';
import {
  createDocuments,
  linksOf,
  makeReport,
  type ReportSender,
  runReports,
  sendReport,
  sendReports,
} from './send-reports.ts';
import { reportText } from './text.ts';
import { fileNameOf, titleOf } from './words.ts';

/** Of a form that is not saved yet. */
const draft = z.strictObject({
  language: z.enum(languages).optional(),
  with_replies: z.boolean().optional(),
  note: z.string().trim().max(1000).nullable().optional(),
  attach_pdf: z.boolean().optional(),
}).default({});
const which = { client_id: z.uuid(), kind: z.enum(reportKinds) };

/** A report that was kept, as a document. */
const pdfRequest = z.strictObject({ action: z.literal('pdf'), report_id: z.uuid() });

export const clientReportRequest = z.discriminatedUnion('action', [
  /** For the scheduler: make and send what is due. */
  z.strictObject({ action: z.literal('run') }),
  /** The report of the last period, not kept and not sent. */
  z.strictObject({ action: z.literal('preview'), ...which, draft }),
  /** The same to the operator who asks. */
  z.strictObject({ action: z.literal('test'), ...which, draft }),
  pdfRequest,
  /** The report of the last period, kept and sent to these recipients. */
  z.strictObject({ action: z.literal('send'), ...which, recipient_ids: z.array(z.uuid()).min(1).max(20) }),
]);
/** A client asks for a PDF; anything else is refused whatever is in it. */
const requestOfClient = pdfRequest.or(z.unknown().transform(() => null));
type ClientReportRequest = z.infer<typeof clientReportRequest>;

export function createClientReport(): (
  request: Request,
  caller: Caller,
  options: FunctionOptions,
) => Promise<Response> {
  const inTurn = createRunner();
  return async (request, caller, options) => {
    requireMethod(request, 'POST');
    const body = caller.kind === 'client'
      ? await readBody(request, requestOfClient)
      : await readBody(request, clientReportRequest);
    if (body === null) throw new AppError('FORBIDDEN', 'Only operators can send reports; ask the agency');
    if (body.action === 'pdf') return await answerPdf(body.report_id, options);
    const sender: ReportSender = {
      database: options.database,
      fetch: options.fetch,
      masterKeys: options.environment.masterKeys,
      functionsUrl: options.functionsUrl,
    };
    if (body.action === 'run') {
      if (caller.kind !== 'service') {
        throw new AppError('FORBIDDEN', 'Only the scheduler runs what is due; use send for one report');
      }
      options.runInBackground(inTurn(() => runReports(sender)));
      return jsonResponse({ running: true }, 202);
    }
    return jsonResponse(await act(body, caller, sender));
  };
}

/** The report is read with the caller's own rights, so row level security decides whose it is. */
async function answerPdf(reportId: string, { asCaller, database }: FunctionOptions): Promise<Response> {
  const { data, error } = await asCaller.from('client_reports').select('snapshot').eq('id', reportId)
    .maybeSingle();
  if (error) throw new Error(`A report could not be read: ${error.message}`);
  if (data === null) throw new AppError('NOT_FOUND', 'This report does not exist, or was not sent to you');
  if (data.snapshot === null) throw new AppError('NOT_FOUND', 'This report was skipped: nothing was sent');
  const snapshot = report.parse(data.snapshot);
  return new Response(await reportPdf(snapshot, await readLogo(database)), {
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="${fileNameOf(snapshot)}"`,
      'cache-control': 'private, no-store',
    },
  });
}

async function act(
  body: Exclude<ClientReportRequest, { action: 'run' | 'pdf' }>,
  caller: Caller,
  sender: ReportSender,
): Promise<unknown> {
  const { database } = sender;
  const of = { clientId: body.client_id, kind: body.kind };
  switch (body.action) {
    case 'preview': {
      const snapshot = await makeReport(database, { ...of, draft: body.draft });
      const settings = await readSettings(database);
      const links = settings === null
        ? { dashboard: null, stop: null }
        : linksOf(settings.dashboard_url, snapshot, null);
      return {
        report: snapshot,
        subject: titleOf(snapshot),
        html: reportHtml(snapshot, links),
        text: reportText(snapshot, links),
      };
    }
    case 'test': {
      if (caller.userId === null) {
        throw new AppError('VALIDATION_FAILED', 'A test goes to the operator who asks; sign in as one');
      }
      const settings = await readSettings(database);
      if (settings === null) {
        throw new AppError(
          'VALIDATION_FAILED',
          'Enter a sender and the key of a mail service in Settings → Agency first',
        );
      }
      const to = await callFunction(
        database,
        'read_own_address',
        { target_user_id: caller.userId },
        z.string().nullable(),
      );
      if (to === null) throw new AppError('VALIDATION_FAILED', 'Your account has no email address');
      const snapshot = await makeReport(database, { ...of, draft: body.draft });
      const { error } = await sendReport(sender, settings, {
        id: crypto.randomUUID(),
        to,
        stop_token: null,
        snapshot,
        attachments: body.draft.attach_pdf === false ? [] : await createDocuments(database)('test', snapshot),
      });
      return { to, sent: error === null, error };
    }
    case 'send': {
      const snapshot = await makeReport(database, of);
      const sent = await callFunction(database, 'send_report', {
        target_client_id: body.client_id,
        of_kind: body.kind,
        snapshot,
        recipient_ids: body.recipient_ids,
        actor: caller.userId,
      }, z.object({ report_id: z.uuid(), reserved: z.number(), has_it: z.array(z.string()) }));
      await sendReports(sender, sent.report_id);
      const mails = await callFunction(
        database,
        'read_report_mails',
        { target_report_id: sent.report_id },
        z.array(z.object({ email: z.string(), state: z.string(), error: z.string().nullable() })),
      );
      return { report_id: sent.report_id, has_it: sent.has_it, emails: mails };
    }
  }
}

const readSettings = (database: ServiceClient) =>
  callFunction(database, 'read_mail_settings', {}, mailSettings.nullable());

/**
 * GET /client-report/stop?token=… leads to a page that asks: mail filters open every link. POST ends the reports, as RFC 8058 has
 * it: the button of a mail program, or of that page, without a sign-in.
 */
export async function answerStopReports(request: Request, database: ServiceClient): Promise<Response> {
  const token = z.uuid().safeParse(new URL(request.url).searchParams.get('token'));
  if (request.method === 'POST') {
    // The same answer for an unknown token: there is nothing to find out here.
    if (token.success) await callFunction(database, 'stop_reports', { token: token.data }, z.boolean());
    return new Response('Stopped', { status: 200, headers: { 'access-control-allow-origin': '*' } });
  }
  const settings = await readSettings(database);
  if (settings === null || !token.success) throw new AppError('NOT_FOUND', 'This page does not exist');
  return new Response(null, {
    status: 303,
    headers: {
      location: `${settings.dashboard_url.replace(/\/+$/, '')}/stop-reports?token=${token.data}`,
    },
  });
}
