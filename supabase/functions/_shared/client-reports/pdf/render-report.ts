/** A report as a PDF: from the same snapshot as its mail, with text that can be selected, searched and read aloud. */
import { reportWords, titleOf } from '../words.ts';
import { embedLogo } from './logo.ts';
import {
  best,
  campaigns,
  days,
  goals,
  head,
  keyNumbers,
  note,
  numbers,
  type Part,
  replies,
  type ReportOnPaper,
  sentences,
} from './sections.ts';
import { measure, paper, Sheet, side } from './sheet.ts';
import { accentOf, colours, looksIn } from './style.ts';
import { readable } from './typeface.ts';
import { type Run, shorten } from './typeset.ts';

export interface ReportLook {
  /** The agency's logo as it is stored: a data URL. PNG and JPEG are shown; any other is replaced by the agency's name. */
  logo: string | null;
}

/**
 * The bytes of the document, 15 to 30 KB and the logo. The same report and logo give the same bytes, so that a mail that is sent
 * again is the same mail.
 */
export async function renderReportPdf(report: ReportOnPaper, look: ReportLook): Promise<Uint8Array> {
  const sheet = await Sheet.begin();
  const part: Part = { sheet, report, looks: looksIn(sheet.faces) };
  describe(part);
  sheet.rectangle(0, 0, paper.width, 7, accentOf(report));
  sheet.y = 48;
  head(part, await embedLogo(sheet.document, look.logo));
  for (const draw of [note, sentences, keyNumbers, numbers, goals, best, campaigns, replies, days]) {
    draw(part);
  }
  margins(part);
  return await sheet.document.save();
}

/** Title, language and author, as a reader's program and a search find them. */
function describe({ sheet: { document }, report }: Part): void {
  const author = report.agency.name ?? '';
  const made = new Date(report.made_at);
  document.setTitle(`${report.client.name} · ${titleOf(report)}`, { showInWindowTitleBar: true });
  document.setAuthor(author);
  document.setSubject(report.sentences.trend.text);
  document.setLanguage(report.language);
  document.setCreator(author);
  document.setProducer(author);
  document.setCreationDate(made);
  document.setModificationDate(made);
}

/** On every page its number, and whose it is; from the second on whose report of when. */
function margins({ sheet, report, looks }: Part): void {
  const words = reportWords[report.language];
  const { leading: _, ...small } = { ...looks.small, size: 8 };
  const pages = sheet.document.getPages();
  const title = readable(titleOf(report));
  const titleWidth = small.face.width(title, small.size);
  const { name, support_address: address } = report.agency;
  const short = (text: string) => shorten(text, small.face, small.size, (measure - 100) / 2);
  const sender: Run[] = [
    ...(name === null ? [] : [{ ...small, text: short(name) }]),
    ...(name === null || address === null ? [] : [{ ...small, text: ' · ' }]),
    ...(address === null ? [] : [{ ...small, text: short(address), link: `mailto:${address}` }]),
  ];
  for (const [index, page] of pages.entries()) {
    const number = words.page(index + 1, pages.length);
    const numberX = side + measure - small.face.width(number, small.size);
    sheet.runs([{ ...small, text: number }], numberX, paper.height - 32, page);
    sheet.runs(sender, side, paper.height - 32, page);
    if (index === 0) continue;
    const client = shorten(report.client.name, small.face, small.size, measure - titleWidth - 24);
    sheet.runs([{ ...small, text: client, colour: colours.ink }], side, 38, page);
    sheet.runs([{ ...small, text: title }], side + measure - titleWidth, 38, page);
  }
}
