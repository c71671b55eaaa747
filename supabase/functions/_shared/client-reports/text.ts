/** A report as plain text: all of it, for programs and people who read no HTML. */
import { fill } from '../outgoing/languages.ts';
import type { ReportLinks } from './html.ts';
import type { Report } from './report.ts';
import { bestOf, comparisonOf, periodOf, reportWords, titleOf, valueOf, writerOf } from './words.ts';

export function reportText(report: Report, links: ReportLinks): string {
  const words = reportWords[report.language];
  const write = writerOf(report);
  const { agency } = report;
  const best = bestOf(report);
  const sections: (string | false | null)[] = [
    `${report.client.name}\n${titleOf(report)}`,
    report.note &&
    (agency.name === null
      ? report.note
      : `${fill(words.headings.note, { agency: agency.name })}:\n${report.note}`),
    (['trend', 'attention', 'next'] as const)
      .map((topic) => `${words.topics[topic]}: ${report.sentences[topic].text}`).join('\n'),
    heading(words.headings.numbers, [
      fill(words.comparedWith, { days: periodOf(report, report.before) }),
      ...report.numbers.map((number) => {
        const change = comparisonOf(report, number);
        return `${words.metrics[number.metric]}: ${
          valueOf(report, number, 'value')
        } (${words.columns.before.toLowerCase()} ${valueOf(report, number, 'before')}${
          change === null ? '' : `, ${change}`
        })`;
      }),
    ]),
    report.goals[0] !== undefined && heading(
      fill(words.headings.goals, { month: write.month(report.goals[0].month) }),
      report.goals.map(({ metric, goal, reached, pace }) =>
        `${words.goalMetrics[metric]}: ${words.countOf(write.count(reached), write.count(goal))}, ${
          pace === null ? words.goalEarly : words.goalPace(write.count(pace))
        }`
      ),
    ),
    best.length > 0 && heading(
      words.headings.best,
      best.map(({ label, name, detail }) => `${label}: ${name}, ${detail}`),
    ),
    report.replies !== null && heading(
      words.headings.replies,
      report.replies.length === 0 ? [words.noReplies] : report.replies.map((reply) => {
        const kind = reply.is_positive ? 'positive' : reply.reply_class;
        return `${
          [reply.name, reply.company, kind && words.classes[kind]].filter(Boolean).join(', ')
        } (${reply.campaign_name}, ${write.momentDay(reply.received_at)})\n> ${reply.excerpt}\n`;
      }),
    ),
    heading(
      words.headings.days,
      report.days.map(({ day, contacted, replied }) =>
        `${write.shortDay(day)}: ${write.count(contacted)} ${words.chart.contacted}, ${
          write.count(replied)
        } ${words.chart.replied}`
      ),
    ),
    links.dashboard !== null && `${words.open}: ${links.dashboard}`,
    [
      report.as_of === null ? words.noNumbers : words.age(write.moment(report.as_of)),
      ...(report.rebuilding ? [words.rebuilding] : []),
      words.why(agency.name),
      ...(agency.support_address === null ? [] : [`${words.contact} ${agency.support_address}`]),
      ...(links.stop === null ? [] : [`${words.stop}: ${links.stop}`]),
    ].join('\n'),
  ];
  return `${sections.filter(Boolean).map((section) => String(section).trim()).join('\n\n')}\n`;
}

const heading = (title: string, lines: string[]) =>
  `${title}\n${'-'.repeat(title.length)}\n${lines.join('\n')}`;
