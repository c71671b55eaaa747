/** The PDF of a report for a function that answers or sends it. */
import { z } from 'zod';
import { callFunction, type ServiceClient } from '../platform/database.ts';
import { bookProcessorTime } from '../platform/processor-time.ts';
import type { ReportOnPaper } from './pdf/sections.ts';

/**
 * Milliseconds of processor time of one report, by the kernel's count: 40 once the code is warm, 300 the first time in an isolate,
 * 100 more then for a logo of a million pixels.
 */
const cost = { first: 400, next: 40 };

/** The next one. */
export const costOfPdf = (): number => renderer ? cost.next : cost.first;

/** Loaded when it is first asked for: no other call pays for the font. */
let renderer: Promise<typeof import('./pdf/render-report.ts')> | undefined;

// The two compilers name the type of bytes of our own differently, so it is inferred.
export async function reportPdf(report: ReportOnPaper, logo: string | null) {
  bookProcessorTime(costOfPdf());
  renderer ??= import('./pdf/render-report.ts');
  const { renderReportPdf } = await renderer;
  return new Uint8Array(await renderReportPdf(report, { logo }));
}

/** The agency's logo as it is stored: a data URL, or null. */
export const readLogo = (database: ServiceClient): Promise<string | null> =>
  callFunction(database, 'read_agency_logo', {}, z.string().nullable());
