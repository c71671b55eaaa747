/** The parts of a report on paper, in the order in which they are read. Each ends where the next may begin. */
import type { PDFRef } from 'pdf-lib';
import { fill } from '../../outgoing/languages.ts';
import type { Report } from '../report.ts';
import type { SharedReport } from '../shared-report.ts';
import {
  bestOf,
  changeOf,
  comparisonOf,
  countOf,
  periodOf,
  reportWords,
  valueOf,
  writerOf,
} from '../words.ts';
import { measure, type Sheet, side } from './sheet.ts';
import { accentOf, colours, type Looks, toneColour } from './style.ts';
import { type Cell, drawTable } from './table.ts';
import { heightOf, type Line, linesOf, type Look } from './typeset.ts';

/** What a link shows, and what only the client and the agency read. */
export type ReportOnPaper = SharedReport & Pick<Report, 'campaigns'>;

export interface Part {
  sheet: Sheet;
  report: ReportOnPaper;
  looks: Looks;
}

/** Space above a part with a heading, and between heading and content. */
const above = 24;
const below = 7;
/** Lines of a name; longer ones end in "…". */
const maxNameLines = 6;
const table = { line: colours.line, padding: 4.2 };

/** A heading that is never the last thing on a page: what follows it needs at least this much room. */
function heading({ sheet, looks }: Part, text: string, needs: number, hint?: string): void {
  const lines = linesOf(text, looks.heading, measure);
  const hints = hint === undefined ? [] : linesOf(hint, looks.small, measure);
  sheet.skip(above);
  sheet.keepTogether(heightOf(lines) + heightOf(hints) + below + needs);
  sheet.block([...lines, ...hints]);
  sheet.y += below;
}

const text = (words: string, look: Look, most = maxNameLines): Cell => (width) =>
  linesOf(words, look, width, { most });

export function head(
  { sheet, report, looks }: Part,
  logo: { ref: PDFRef; width: number; height: number } | null,
): void {
  const { agency, client } = report;
  const words = reportWords[report.language];
  if (logo) {
    const scale = Math.min(170 / logo.width, 40 / logo.height);
    const height = logo.height * scale;
    sheet.picture(logo.ref, sheet.y, logo.width * scale, height);
    sheet.y += height + 20;
  } else if (agency.name) {
    sheet.block(linesOf(agency.name, looks.strong, measure, { most: 2 }));
    sheet.y += 16;
  }
  sheet.block(linesOf(client.name, looks.title, measure, { most: maxNameLines }));
  sheet.block(
    linesOf(`${words.title[report.kind]} · ${periodOf(report, report.period)}`, looks.subtitle, measure),
  );
}

export function note({ sheet, report, looks }: Part): void {
  if (!report.note) return;
  const padding = 12;
  const width = measure - 2 * padding;
  const { name } = report.agency;
  const words = reportWords[report.language];
  sheet.skip(16);
  sheet.block([
    ...(name === null ? [] : linesOf(fill(words.headings.note, { agency: name }), looks.strong, width)),
    ...linesOf(report.note, looks.text, width),
  ], { padding, ground: colours.ground });
}

export function sentences({ sheet, report, looks }: Part): void {
  const words = reportWords[report.language];
  const indent = 14;
  sheet.skip(20);
  for (const topic of ['trend', 'attention', 'next'] as const) {
    const { tone, text } = report.sentences[topic];
    const colour = colours[tone];
    sheet.block([
      ...linesOf(words.topics[topic], { ...looks.smallStrong, colour }, measure - indent),
      ...linesOf(text, looks.sentence, measure - indent),
    ], { bar: { colour, width: 3 }, indent });
    sheet.y += 10;
  }
}

export function keyNumbers({ sheet, report, looks }: Part): void {
  const words = reportWords[report.language];
  const write = writerOf(report);
  const shown = (['contacted', 'replied', 'positive', 'meetings'] as const).flatMap((metric) =>
    report.numbers.filter((number) => number.metric === metric)
  );
  const width = measure / 4;
  /** As large as there is room for. */
  const keyLine = (value: string, room: number) => {
    const wide = looks.key.face.width(value, looks.key.size);
    return linesOf(value, { ...looks.key, size: looks.key.size * Math.min(1, room / wide * 0.99) }, room);
  };
  const cells = shown.map((number): Line[] => [
    ...keyLine(write.count(number.value ?? 0), width - 8),
    ...linesOf(words.metrics[number.metric], looks.small, width - 8),
    ...linesOf(
      changeOf(report, number) ?? ' ',
      { ...looks.small, colour: toneColour(number.tone) },
      width - 8,
    ),
  ]);
  const height = Math.max(0, ...cells.map(heightOf));
  sheet.skip(8);
  sheet.keepTogether(height + 12);
  sheet.rule(sheet.y, colours.line);
  sheet.y += 12;
  for (const [index, lines] of cells.entries()) sheet.lines(lines, side + index * width, sheet.y);
  sheet.y += height;
}

export function numbers(part: Part): void {
  const { sheet, report, looks } = part;
  const words = reportWords[report.language];
  const write = writerOf(report);
  const { columns } = words;
  const age = report.as_of === null ? words.noNumbers : words.age(write.moment(report.as_of));
  heading(
    part,
    words.headings.numbers,
    60,
    [
      `${fill(words.comparedWith, { days: periodOf(report, report.before) })}.`,
      age,
      ...(report.rebuilding ? [words.rebuilding] : []),
    ].join(' '),
  );
  drawTable(
    sheet,
    [
      { share: 0.4, align: 'left', heading: () => [] },
      { share: 0.17, align: 'right', heading: text(columns.now, looks.small) },
      { share: 0.17, align: 'right', heading: text(columns.before, looks.small) },
      { share: 0.26, align: 'right', heading: text(columns.change, looks.small) },
    ],
    report.numbers.map((number) => [
      text(words.metrics[number.metric], looks.text),
      text(valueOf(report, number, 'value'), looks.strong),
      text(valueOf(report, number, 'before'), { ...looks.text, colour: colours.soft }),
      text(
        comparisonOf(report, number) ?? '–',
        { ...looks.text, colour: toneColour(number.tone) },
      ),
    ]),
    table,
  );
}

export function goals(part: Part): void {
  const { sheet, report, looks } = part;
  const [first] = report.goals;
  if (first === undefined) return;
  const words = reportWords[report.language];
  const write = writerOf(report);
  heading(part, fill(words.headings.goals, { month: write.month(first.month) }), 44);
  for (const { metric, goal, reached, pace, behind, month } of report.goals) {
    const isOver = month.slice(0, 7) < report.made_at.slice(0, 7) || report.kind === 'monthly';
    const forecast = isOver ? '' : pace === null ? words.goalEarly : words.goalPace(write.count(pace));
    const colour = behind ? colours.bad : colours.good;
    const label = linesOf(words.goalMetrics[metric], looks.text, measure / 2);
    const score = linesOf(
      words.countOf(write.count(reached), write.count(goal)),
      looks.strong,
      measure / 2,
    );
    const pacing = forecast === '' ? [] : linesOf(
      forecast.charAt(0).toUpperCase() + forecast.slice(1),
      { ...looks.small, colour: behind ? colours.bad : colours.soft },
      measure,
    );
    sheet.keepTogether(heightOf(label) + 10 + heightOf(pacing));
    sheet.lines(label, side, sheet.y);
    sheet.lines(score, side + measure, sheet.y, 'right');
    sheet.y += heightOf(label) + 2;
    sheet.rectangle(side, sheet.y, measure, 6, colours.ground);
    sheet.rectangle(side, sheet.y, measure * (goal > 0 ? Math.min(1, reached / goal) : 0), 6, colour);
    sheet.y += 9;
    sheet.block(pacing);
    sheet.y += 8;
  }
  sheet.y -= 8;
}

export function best(part: Part): void {
  const { sheet, report, looks } = part;
  const width = (measure - 24) / 2;
  const entries = bestOf(report).map(({ label, name, detail }): Line[] => [
    ...linesOf(label, looks.small, width),
    ...linesOf(name, looks.strong, width, { most: maxNameLines }),
    ...linesOf(detail, looks.text, width),
  ]);
  if (entries.length === 0) return;
  const height = Math.max(...entries.map(heightOf));
  heading(part, reportWords[report.language].headings.best, height);
  for (const [index, lines] of entries.entries()) sheet.lines(lines, side + index * (width + 24), sheet.y);
  sheet.y += height;
}

/** All of them; one alone is in the numbers above already. */
export function campaigns(part: Part): void {
  const { sheet, report, looks } = part;
  if (report.campaigns === undefined || report.campaigns.length < 2) return;
  const words = reportWords[report.language];
  const write = writerOf(report);
  const { metrics } = words;
  heading(part, words.headings.campaigns, 60);
  drawTable(
    sheet,
    [
      { share: 0.4, align: 'left', heading: text(words.columns.campaign, looks.small) },
      ...([['contacted', 0.16], ['replied', 0.13], ['positive', 0.15], ['positive_rate', 0.16]] as const).map(
        ([metric, share]) => ({
          share,
          align: 'right' as const,
          heading: text(metrics[metric], looks.small),
        }),
      ),
    ],
    report.campaigns.map((campaign) => [
      text(campaign.name, looks.text),
      ...(['contacted', 'replied', 'positive'] as const).map((metric) =>
        text(write.count(campaign[metric]), looks.text)
      ),
      // As in the dashboard: of too few leads there is no rate.
      text(
        campaign.positive_rate === null
          ? '–'
          : campaign.enough_signal
          ? write.rate(campaign.positive_rate)
          : countOf(report, campaign.positive, campaign.contacted),
        { ...looks.text, colour: colours.soft },
      ),
    ]),
    table,
  );
}

export function replies(part: Part): void {
  const { sheet, report, looks } = part;
  if (report.replies === null) return;
  const words = reportWords[report.language];
  const write = writerOf(report);
  const indent = 12;
  const entries = report.replies.map((reply) => {
    const kind = reply.is_positive ? 'positive' : reply.reply_class;
    const { leading: _, ...small } = looks.small;
    const about = `${words.inCampaign(reply.company, reply.campaign_name)} · ${
      write.momentDay(reply.received_at)
    }`;
    return {
      lines: [
        ...linesOf(reply.name, looks.strong, measure, { most: maxNameLines }),
        ...linesOf(about, looks.small, measure, {
          most: maxNameLines,
          ...(kind === null ? {} : {
            before: {
              ...small,
              text: `${words.classes[kind]} · `,
              colour: kind === 'positive' ? colours.good : colours.soft,
            },
          }),
        }),
      ],
      excerpt: linesOf(reply.excerpt, looks.text, measure - indent),
    };
  });
  const heightOfEntry = ({ lines, excerpt }: (typeof entries)[number]) =>
    heightOf(lines) + 4 + heightOf(excerpt);
  heading(part, words.headings.replies, entries[0] ? heightOfEntry(entries[0]) : 14);
  if (entries.length === 0) {
    sheet.block(linesOf(words.noReplies, { ...looks.text, colour: colours.soft }, measure));
  }
  for (const [index, entry] of entries.entries()) {
    if (index > 0) sheet.skip(14);
    sheet.keepTogether(heightOfEntry(entry));
    sheet.block(entry.lines);
    sheet.y += 4;
    sheet.block(entry.excerpt, { bar: { colour: colours.quote, width: 2 }, indent });
  }
}

/** Of the highest bar. */
const chartHeight = 56;

export function days(part: Part): void {
  const { sheet, report, looks } = part;
  if (!report.days.some(({ contacted, replied, positive }) => contacted + replied + positive > 0)) return;
  const words = reportWords[report.language];
  const write = writerOf(report);
  const highest = Math.max(...report.days.map(({ contacted }) => contacted));
  const isMonth = report.days.length > 7;
  heading(
    part,
    words.headings.days,
    (highest > 0 ? chartHeight + 30 : 0) + 80,
    highest > 0 ? words.metrics.contacted : undefined,
  );
  if (highest > 0) {
    const step = measure / report.days.length;
    const bottom = sheet.y + 12 + chartHeight;
    for (const [index, { day, contacted }] of report.days.entries()) {
      const x = side + index * step;
      const width = step * (isMonth ? 0.75 : 0.55);
      const height = contacted / highest * chartHeight;
      sheet.rectangle(x, bottom - height, width, height, accentOf(report));
      if (!isMonth) {
        sheet.lines(linesOf(write.count(contacted), looks.tiny, step), x, bottom - height - 11);
      }
      if (!isMonth || index % 7 === 0) {
        sheet.lines(linesOf(write.shortDay(day), looks.tiny, step * (isMonth ? 5 : 1)), x, bottom + 3);
      }
    }
    sheet.rule(bottom, colours.line);
    sheet.y = bottom + 22;
  }
  drawTable(
    sheet,
    [
      { share: 0.34, align: 'left', heading: text(words.columns.day, looks.small) },
      ...(['contacted', 'replied', 'positive'] as const).map((metric) => ({
        share: 0.22,
        align: 'right' as const,
        heading: text(words.metrics[metric], looks.small),
      })),
    ],
    report.days.map(({ day, ...counts }) => [
      text(write.weekday(day), looks.text),
      ...(['contacted', 'replied', 'positive'] as const).map((metric) =>
        text(write.count(counts[metric]), looks.text)
      ),
    ]),
    { ...table, padding: isMonth ? 2.2 : 3.2 },
  );
}
