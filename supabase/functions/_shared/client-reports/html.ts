/**
 * A report as HTML that holds in mail programs: tables, styles on the elements, 600 pixels that shrink, the logo by its address.
 * The few rules in <style> are for programs that read them: dark colours, and less room on a phone. Page and mail show the same.
 */
import { escapeHtml } from '../mail/layout.ts';
import { fill } from '../outgoing/languages.ts';
import type { SharedReport } from './shared-report.ts';
import {
  bestOf,
  changeOf,
  comparisonOf,
  periodOf,
  reportWords,
  titleOf,
  valueOf,
  writerOf,
} from './words.ts';

export interface ReportLinks {
  /** Where the button leads; null = none. */
  dashboard: string | null;
  /** Where the person ends the reports; null = this copy has no recipient. */
  stop: string | null;
}

const colours = {
  ink: '#1c2430',
  soft: '#5b6675',
  line: '#e3e7ec',
  good: '#0b6b3a',
  bad: '#b3261e',
  neutral: '#5b6675',
};
const accent = '#0d6661';
const font = "font-family: system-ui, -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";

const table = (inner: string, style = '', attributes = '') =>
  `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="border-collapse: collapse; ${style}"${attributes}>${inner}</table>`;
/** A part of the report with a heading. */
const part = (heading: string, inner: string) =>
  `<tr><td class="pad" style="padding: 0 32px 28px">
<h2 style="margin: 0 0 12px; font-size: 16px; line-height: 1.3; font-weight: 600">${heading}</h2>
${inner}
</td></tr>`;
const cell = (inner: string, style = '', attributes = '') =>
  `<td style="${style}"${attributes}>${inner}</td>`;

export function reportHtml(report: SharedReport, links: ReportLinks): string {
  const title = escapeHtml(titleOf(report));
  return `<!DOCTYPE html>
<html lang="${report.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${title}</title>
<style>
:root { color-scheme: light dark; }
@media (prefers-color-scheme: dark) {
  .page { background: #12161c !important; } .card { background: #1b2129 !important; color: #e8ecf1 !important; }
  .soft { color: #a3adba !important; } .line { border-color: #333c47 !important; } .box { background: #232a33 !important; }
  .good { color: #6fd39b !important; } .bad { color: #ff9a8f !important; } .link { color: #e8ecf1 !important; }
  .logo { background: #ffffff !important; }
}
@media (max-width: 480px) {
  .outer { padding: 0 !important; } .card { border-radius: 0 !important; } .pad { padding-left: 20px !important; padding-right: 20px !important; }
  .key { font-size: 22px !important; } .narrow { font-size: 13px !important; }
}
</style>
</head>
<body class="page" style="margin: 0; padding: 0; background: #f6f7f9">
<div style="display: none; max-height: 0; overflow: hidden">${escapeHtml(report.sentences.trend.text)}</div>
${
    table(
      `<tr><td class="outer" align="center" style="padding: 24px 12px">
<table role="presentation" class="card" width="600" cellpadding="0" cellspacing="0" border="0" style="width: 100%; max-width: 600px; border-collapse: separate; background: #ffffff; color: ${colours.ink}; border-radius: 12px; ${font}; font-size: 15px; line-height: 1.5">
${head(report)}${note(report)}${sentences(report)}${keyNumbers(report)}${numbers(report)}${goals(report)}${
        best(report)
      }${replies(report)}${days(report)}${foot(report, links)}
</table>
</td></tr>`,
    )
  }
</body>
</html>
`;
}

function head(report: SharedReport): string {
  const { agency, client } = report;
  const words = reportWords[report.language];
  const name = agency.name === null ? '' : escapeHtml(agency.name);
  const brand = agency.logo_url
    ? `<img class="logo" src="${
      escapeHtml(agency.logo_url)
    }" alt="${name}" height="40" style="display: block; height: 40px; max-width: 240px; border: 0; font-weight: 600">`
    : name
    ? `<p style="margin: 0; font-weight: 600">${name}</p>`
    : '';
  return `<tr><td height="6" style="height: 6px; font-size: 0; line-height: 0; background: ${
    agency.colour ?? accent
  }; border-radius: 12px 12px 0 0">&nbsp;</td></tr>
<tr><td class="pad" style="padding: 28px 32px 24px">
${brand}
<h1 style="margin: ${brand ? '20px' : '0'} 0 4px; font-size: 24px; line-height: 1.25; font-weight: 650">${
    escapeHtml(client.name)
  }</h1>
<p class="soft" style="margin: 0; color: ${colours.soft}">${escapeHtml(words.title[report.kind])} · ${
    escapeHtml(periodOf(report, report.period))
  }</p>
</td></tr>`;
}

/** Line breaks that a person typed stay. */
const lines = (text: string) => escapeHtml(text).replace(/\r?\n/g, '<br>');

function note({ note, agency, language }: SharedReport): string {
  if (!note) return '';
  const heading = agency.name === null
    ? ''
    : `<p style="margin: 0 0 4px; font-weight: 600">${
      escapeHtml(fill(reportWords[language].headings.note, { agency: agency.name }))
    }</p>`;
  return `<tr><td class="pad" style="padding: 0 32px 24px">${
    table(
      `<tr>${
        cell(
          `${heading}<p style="margin: 0">${lines(note)}</p>`,
          'padding: 14px 16px; background: #f3f5f7; border-radius: 8px',
          ' class="box"',
        )
      }</tr>`,
    )
  }</td></tr>`;
}

function sentences(report: SharedReport): string {
  const words = reportWords[report.language];
  const rows = (['trend', 'attention', 'next'] as const).map((topic) => {
    const { tone, text } = report.sentences[topic];
    return `<tr><td style="padding: 0 0 12px">${
      table(
        `<tr>${cell('', `width: 4px; background: ${colours[tone]}; border-radius: 2px`, ' width="4"')}${
          cell(
            `<p class="${
              tone === 'neutral' ? 'soft' : tone
            }" style="margin: 0; font-size: 13px; font-weight: 600; color: ${colours[tone]}">${
              escapeHtml(words.topics[topic])
            }</p>
<p style="margin: 0; font-size: 16px">${escapeHtml(text)}</p>`,
            'padding: 0 0 0 14px',
          )
        }</tr>`,
      )
    }</td></tr>`;
  });
  return `<tr><td class="pad" style="padding: 0 32px 16px">${table(rows.join('\n'))}</td></tr>`;
}

const toneClass = (tone: string | null) => tone === 'good' || tone === 'bad' ? tone : 'soft';
const toneColour = (tone: string | null) =>
  tone === 'good' ? colours.good : tone === 'bad' ? colours.bad : colours.soft;

function keyNumbers(report: SharedReport): string {
  const words = reportWords[report.language];
  const write = writerOf(report);
  const shown = (['contacted', 'replied', 'positive', 'meetings'] as const).flatMap((metric) =>
    report.numbers.filter((number) => number.metric === metric)
  );
  const cells = shown.map((number) =>
    cell(
      `<p class="key" style="margin: 0; font-size: 28px; line-height: 1.15; font-weight: 650">${
        write.count(number.value ?? 0)
      }</p>
<p class="soft narrow" style="margin: 2px 0 0; font-size: 13px; line-height: 1.3; color: ${colours.soft}">${
        escapeHtml(words.metrics[number.metric])
      }</p>
<p class="${toneClass(number.tone)} narrow" style="margin: 2px 0 0; font-size: 13px; color: ${
        toneColour(number.tone)
      }">${escapeHtml(changeOf(report, number) ?? ' ')}</p>`,
      'padding: 14px 8px 12px 0; vertical-align: top',
      ' width="25%" valign="top"',
    )
  );
  return `<tr><td class="pad" style="padding: 4px 32px 20px">${
    table(`<tr>${cells.join('\n')}</tr>`, `border-top: 1px solid ${colours.line}`, ' class="line"')
  }</td></tr>`;
}

function numbers(report: SharedReport): string {
  const words = reportWords[report.language];
  const right = 'text-align: right; white-space: nowrap';
  const line = `border-top: 1px solid ${colours.line}; padding: 8px 0`;
  const headings = [words.columns.now, words.columns.before, words.columns.change].map((label) =>
    `<th class="soft" align="right" style="padding: 0 0 6px 12px; font-size: 13px; font-weight: 400; color: ${colours.soft}; ${right}">${
      escapeHtml(label)
    }</th>`
  );
  const rows = report.numbers.map((number) => {
    return `<tr><th scope="row" class="line" align="left" style="${line}; font-weight: 400; text-align: left">${
      escapeHtml(words.metrics[number.metric])
    }</th>${
      cell(
        escapeHtml(valueOf(report, number, 'value')),
        `${line} 8px 12px; ${right}; font-weight: 600`,
        ' class="line" align="right"',
      )
    }${
      cell(
        escapeHtml(valueOf(report, number, 'before')),
        `${line} 8px 12px; ${right}; color: ${colours.soft}`,
        ' class="line soft" align="right"',
      )
    }${
      cell(
        escapeHtml(comparisonOf(report, number) ?? '–'),
        `${line} 8px 12px; text-align: right; color: ${toneColour(number.tone)}`,
        ` class="line ${toneClass(number.tone)}" align="right"`,
      )
    }</tr>`;
  });
  return part(
    escapeHtml(words.headings.numbers),
    `<p class="soft" style="margin: -8px 0 10px; font-size: 13px; color: ${colours.soft}">${
      escapeHtml(fill(words.comparedWith, { days: periodOf(report, report.before) }))
    }</p>
<table width="100%" cellpadding="0" cellspacing="0" border="0" class="narrow" style="border-collapse: collapse; font-size: 14px"><tr><td></td>${
      headings.join('')
    }</tr>${rows.join('\n')}</table>`,
  );
}

/** A bar of two cells, because mail programs know no other. */
const bar = (share: number, colour: string) => {
  const filled = Math.max(0, Math.min(100, Math.round(share * 100)));
  const piece = (width: number, style: string, name = '') =>
    width === 0
      ? ''
      : `<td${name} width="${width}%" height="8" style="height: 8px; font-size: 0; line-height: 0; ${style}">&nbsp;</td>`;
  return table(
    `<tr>${piece(filled, `background: ${colour}`)}${
      piece(100 - filled, 'background: #edf0f3', ' class="box"')
    }</tr>`,
  );
};

function goals(report: SharedReport): string {
  if (report.goals.length === 0) return '';
  const words = reportWords[report.language];
  const write = writerOf(report);
  const rows = report.goals.map(({ metric, goal, reached, pace, behind, month }) => {
    const isOver = month.slice(0, 7) < report.made_at.slice(0, 7) || report.kind === 'monthly';
    const forecast = isOver ? '' : pace === null ? words.goalEarly : words.goalPace(write.count(pace));
    return `<p style="margin: 0 0 4px">${escapeHtml(words.goalMetrics[metric])}: <strong>${
      escapeHtml(words.countOf(write.count(reached), write.count(goal)))
    }</strong></p>${bar(reached / goal, behind ? colours.bad : colours.good)}
<p class="${behind ? 'bad' : 'soft'}" style="margin: 4px 0 14px; font-size: 13px; color: ${
      behind ? colours.bad : colours.soft
    }">${escapeHtml(forecast.charAt(0).toUpperCase() + forecast.slice(1))}</p>`;
  });
  const [{ month } = { month: report.period.to_day }] = report.goals;
  return part(
    escapeHtml(fill(words.headings.goals, { month: writerOf(report).month(month) })),
    rows.join('\n'),
  );
}

function best(report: SharedReport): string {
  const entries = bestOf(report);
  if (entries.length === 0) return '';
  return part(
    escapeHtml(reportWords[report.language].headings.best),
    entries.map(({ label, name, detail }) =>
      `<p style="margin: 0 0 12px"><span class="soft" style="font-size: 13px; color: ${colours.soft}">${
        escapeHtml(label)
      }</span><br><strong>${escapeHtml(name)}</strong><br>${escapeHtml(detail)}</p>`
    ).join('\n'),
  );
}

function replies(report: SharedReport): string {
  if (report.replies === null) return '';
  const words = reportWords[report.language];
  const write = writerOf(report);
  const entries = report.replies.map((reply) => {
    const kind = reply.is_positive ? 'positive' : reply.reply_class;
    return `<p style="margin: 0; font-weight: 600">${escapeHtml(reply.name)}${
      kind === null
        ? ''
        : ` <span class="${
          kind === 'positive' ? 'good' : 'soft'
        }" style="font-weight: 400; font-size: 13px; color: ${
          kind === 'positive' ? colours.good : colours.soft
        }">· ${escapeHtml(words.classes[kind])}</span>`
    }</p>
<p class="soft" style="margin: 0; font-size: 13px; color: ${colours.soft}">${
      escapeHtml(
        `${words.inCampaign(reply.company, reply.campaign_name)} · ${write.momentDay(reply.received_at)}`,
      )
    }</p>
<p class="line" style="margin: 6px 0 16px; padding: 0 0 0 12px; border-left: 3px solid #d4dae1">${
      escapeHtml(reply.excerpt)
    }</p>`;
  });
  return part(
    escapeHtml(words.headings.replies),
    entries.join('\n') ||
      `<p class="soft" style="margin: 0; color: ${colours.soft}">${escapeHtml(words.noReplies)}</p>`,
  );
}

/** Pixels of the highest bar. */
const chartHeight = 72;

function days(report: SharedReport): string {
  const highest = Math.max(...report.days.map(({ contacted }) => contacted));
  if (!(highest > 0)) return '';
  const words = reportWords[report.language];
  const write = writerOf(report);
  const colour = report.agency.colour ?? accent;
  const every = report.days.length > 7 ? 7 : 1;
  const bars = report.days.map(({ day, contacted, replied }) => {
    const height = Math.round(contacted / highest * chartHeight);
    const label = `${write.shortDay(day)}: ${write.count(contacted)} ${words.chart.contacted}, ${
      write.count(replied)
    } ${words.chart.replied}`;
    return `<td valign="bottom" title="${
      escapeHtml(label)
    }" style="height: ${chartHeight}px; padding: 0 1px; vertical-align: bottom"><div style="height: ${height}px; background: ${colour}; font-size: 0; line-height: 0; border-radius: 2px 2px 0 0">&nbsp;</div></td>`;
  });
  const labels = report.days.map(({ day }, index) =>
    index % every === 0
      ? `<td class="soft" colspan="${Math.min(every, report.days.length - index)}" align="${
        every === 1 ? 'center' : 'left'
      }" style="padding: 4px 1px 0; font-size: 11px; color: ${colours.soft}">${
        escapeHtml(write.shortDay(day))
      }</td>`
      : ''
  );
  return part(
    `${
      escapeHtml(words.headings.days)
    } <span class="soft" style="font-size: 13px; font-weight: 400; color: ${colours.soft}">${
      escapeHtml(words.metrics.contacted)
    }</span>`,
    table(
      `<tr>${bars.join('')}</tr><tr>${labels.join('')}</tr>`,
      'table-layout: fixed',
      ` aria-label="${escapeHtml(words.chart.alt)}"`,
    ),
  );
}

function foot(report: SharedReport, { dashboard, stop }: ReportLinks): string {
  const { agency } = report;
  const words = reportWords[report.language];
  const link = (url: string, label: string) =>
    `<a class="link" href="${escapeHtml(url)}" style="color: ${colours.ink}">${escapeHtml(label)}</a>`;
  const button = dashboard === null
    ? ''
    : `<table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr><td style="background: ${
      agency.colour ?? accent
    }; border-radius: 8px"><a href="${
      escapeHtml(dashboard)
    }" style="display: inline-block; padding: 12px 20px; color: ${
      agency.ink ?? '#ffffff'
    }; font-weight: 600; text-decoration: none">${escapeHtml(words.open)}</a></td></tr></table>`;
  const small = `class="soft" style="margin: 14px 0 0; font-size: 13px; color: ${colours.soft}"`;
  const age = report.as_of === null ? words.noNumbers : words.age(writerOf(report).moment(report.as_of));
  return `<tr><td class="pad" style="padding: 0 32px 32px">
${button}
<p ${small}>${escapeHtml([age, ...(report.rebuilding ? [words.rebuilding] : [])].join(' '))}</p>
<p ${small}>${escapeHtml(words.why(agency.name))}${stop === null ? '' : ` ${link(stop, words.stop)}`}</p>
${
    agency.support_address
      ? `<p ${small}>${escapeHtml(words.contact)} ${
        link(`mailto:${agency.support_address}`, agency.support_address)
      }</p>`
      : ''
  }
</td></tr>`;
}
