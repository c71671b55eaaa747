/** Reports on their way: what is due is made and kept, its mails are reserved in the database and sent under their own ids. */
import { Buffer } from 'node:buffer';
import { z } from 'zod';
import { type Attachment, type MailResult, sendMail } from '../mail/send-mail.ts';
import { mailSettings, openMailKey, senderOf } from '../outgoing/send-notifications.ts';
import { callFunction, type ServiceClient } from '../platform/database.ts';
import { AppError } from '../platform/errors.ts';
import type { MasterKeys } from '../platform/environment.ts';
import { bookProcessorTime, processorBudget } from '../platform/processor-time.ts';
import { composeReport } from './compose.ts';
import { reportHtml, type ReportLinks } from './html.ts';
import { costOfPdf, readLogo, reportPdf } from './pdf.ts';
import { type Report, report, reportFacts, type ReportKind, reportKinds } from './report.ts';
import { reportText } from './text.ts';
import { fileNameOf, titleOf } from './words.ts';

/** Reports made in one turn; each takes the database a few tenths of a second. */
const reportsPerTurn = 20;
/** Milliseconds after which a run leaves the rest to the next one, which comes within a minute. */
const maxRun = 60_000;
/** Mails of one turn; sent one after the other, because mail APIs allow a few calls a second. */
const batchSize = 10;
/** Longer than a turn of mails that all time out. */
const leaseSeconds = 180;
/** Milliseconds of processor time of one report or mail: words, HTML and TLS. */
const costOfOne = 5;

export interface ReportSender {
  database: ServiceClient;
  fetch: typeof fetch;
  masterKeys: MasterKeys | undefined;
  /** Public URL of the functions, for the button that mail programs make to stop mails. */
  functionsUrl: string;
}

/** The snapshot of the last period that is over on a day, null = today at the client. */
export async function makeReport(
  database: ServiceClient,
  of: { clientId: string; kind: ReportKind; day?: string; draft?: Record<string, unknown> },
): Promise<Report> {
  const facts = await callFunction(database, 'read_report_facts', {
    target_client_id: of.clientId,
    of_kind: of.kind,
    of_day: of.day ?? null,
    draft: of.draft ?? {},
  }, reportFacts);
  return composeReport(facts);
}

const dueReports = z.array(
  z.object({ client_id: z.uuid(), kind: z.enum(reportKinds), of_day: z.iso.date() }),
);
const kept = z.object({ report_id: z.uuid(), reserved: z.number() });

/** Makes what is due and sends what waits, turn by turn. One report that cannot be made does not hold up the others. */
export async function runReports(options: ReportSender): Promise<void> {
  const { database } = options;
  const budget = processorBudget();
  const endsAt = performance.now() + maxRun;
  const hasTime = () => !budget.isSpent() && performance.now() < endsAt;
  let due: z.infer<typeof dueReports>;
  do {
    due = await callFunction(database, 'list_due_reports', { most: reportsPerTurn }, dueReports);
    for (const one of due) {
      if (!hasTime()) break;
      await keepScheduled(database, one);
      bookProcessorTime(costOfOne);
    }
    await sendReports(options, null, budget);
  } while (due.length === reportsPerTurn && hasTime());
}

async function keepScheduled(
  database: ServiceClient,
  { client_id, kind, of_day }: z.infer<typeof dueReports>[number],
): Promise<void> {
  const target = { target_client_id: client_id, of_kind: kind };
  try {
    const snapshot = await makeReport(database, { clientId: client_id, kind, day: of_day });
    await callFunction(database, 'keep_scheduled_report', { ...target, snapshot }, kept.nullable());
  } catch (error) {
    console.error(`The ${kind} report of client ${client_id} could not be made`, error);
    await callFunction(database, 'postpone_report', {
      ...target,
      error: error instanceof AppError ? error.message : 'The report could not be made',
    }, z.unknown());
  }
}

const reportMail = z.object({
  mail_id: z.uuid(),
  token: z.uuid(),
  to: z.string(),
  stop_token: z.uuid().nullable(),
  report_id: z.uuid(),
  attach_pdf: z.boolean(),
  snapshot: report,
});
type ReportMail = z.infer<typeof reportMail>;
type Settings = z.infer<typeof mailSettings>;

const turn = z.object({ mails: z.array(reportMail), settings: mailSettings }).nullable();

/** Sends mails that are due, of one report or all; returns how many were tried. */
export async function sendReports(
  options: ReportSender,
  onlyReport: string | null,
  budget = processorBudget(),
): Promise<number> {
  const { database } = options;
  const documents = createDocuments(database);
  let tried = 0;
  while (!budget.isSpent()) {
    const taken = await callFunction(
      database,
      'take_report_mails',
      {
        // Each may have a report of its own as a PDF.
        batch_size: budget.fits(costOfOne + costOfPdf(), batchSize),
        lease_seconds: leaseSeconds,
        only_report: onlyReport,
      },
      turn,
    );
    if (taken === null || taken.mails.length === 0) break;
    const results: (MailResult & { mail_id: string; token: string })[] = [];
    for (const mail of taken.mails) {
      const attachments = mail.attach_pdf ? await documents(mail.report_id, mail.snapshot) : [];
      const result = await sendReport(options, taken.settings, { ...mail, id: mail.mail_id, attachments });
      results.push({ ...result, mail_id: mail.mail_id, token: mail.token });
    }
    bookProcessorTime(costOfOne * results.length);
    tried += results.length;
    await callFunction(database, 'record_report_mails', { results }, z.number());
  }
  return tried;
}

/**
 * Reports as attachments. Each is made once for all of its recipients, whose mails come one after the other. One that cannot be made
 * does not keep the mail: the report is in it, too.
 */
export function createDocuments(
  database: ServiceClient,
): (reportId: string, snapshot: Report) => Promise<Attachment[]> {
  let logo: Promise<string | null> | undefined;
  let last: { reportId: string; attachments: Attachment[] } | undefined;
  return async (reportId, snapshot) => {
    if (last?.reportId === reportId) return last.attachments;
    let attachments: Attachment[] = [];
    try {
      const bytes = await reportPdf(snapshot, await (logo ??= readLogo(database)));
      attachments = [{
        filename: fileNameOf(snapshot),
        content_type: 'application/pdf',
        content: Buffer.from(bytes).toString('base64'),
      }];
    } catch (error) {
      console.error(`The PDF of report ${reportId} could not be made`, error);
    }
    last = { reportId, attachments };
    return attachments;
  };
}

/** One mail, now. Never throws. */
export async function sendReport(
  { fetch, masterKeys, functionsUrl }: ReportSender,
  settings: Settings,
  { id, to, stop_token, snapshot, attachments }: Pick<ReportMail, 'to' | 'stop_token' | 'snapshot'> & {
    id: string;
    attachments: Attachment[];
  },
): Promise<MailResult> {
  let key: string;
  try {
    key = await openMailKey(masterKeys, settings);
  } catch (error) {
    const problem = error instanceof AppError ? error.message : 'The mail API could not be reached';
    return { error: problem, is_final: false, is_refused: true, retry_after: null };
  }
  const links = linksOf(settings.dashboard_url, snapshot, stop_token);
  return await sendMail({
    id,
    from: senderOf(snapshot.agency.name ?? undefined, settings.sender_address),
    to,
    subject: titleOf(snapshot),
    html: reportHtml(snapshot, links),
    text: reportText(snapshot, links),
    ...(attachments.length === 0 ? {} : { attachments }),
    ...(stop_token === null ? {} : {
      headers: {
        // RFC 8058: mail programs show a button, and it needs no sign-in.
        'List-Unsubscribe': `<${functionsUrl}/client-report/stop?token=${stop_token}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      },
    }),
  }, { baseUrl: settings.base_url, key, fetch });
}

/** Where a copy of a report leads: operators choose among clients, so the address names the one that it is about. */
export function linksOf(dashboardUrl: string, { client }: Report, stopToken: string | null): ReportLinks {
  const base = dashboardUrl.replace(/\/+$/, '');
  return {
    dashboard: `${base}/reports?client=${client.id}`,
    stop: stopToken === null ? null : `${base}/stop-reports?token=${stopToken}`,
  };
}
