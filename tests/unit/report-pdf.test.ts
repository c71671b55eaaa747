// A client's report as a PDF: what it says and of whom, and that no data breaks it.
import { Buffer } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { extractText, getDocumentProxy, getMeta } from 'unpdf';
import { reportFontModule, reportFontPath } from '../../local/cli/report-font.ts';
import { renderReportPdf } from '../../supabase/functions/_shared/client-reports/pdf/render-report.ts';
import { missing, readable } from '../../supabase/functions/_shared/client-reports/pdf/typeface.ts';
import type { Report } from '../../supabase/functions/_shared/client-reports/report.ts';
import { reportWords, titleOf, writerOf } from '../../supabase/functions/_shared/client-reports/words.ts';
import { languages } from '../../supabase/functions/_shared/outgoing/languages.ts';
import { sampleReport } from '../support/sample-report.ts';

/** As a reader's program finds it; white space is where lines end and columns begin, so it is left out on both sides. */
const squeeze = (text: string) => text.replace(/\s+/g, '');

async function read(report: Report, logo: string | null = null) {
  const bytes = await renderReportPdf(report, { logo });
  const document = await getDocumentProxy(new Uint8Array(bytes));
  const { text: pages } = await extractText(document, { mergePages: false });
  const { info } = await getMeta(document);
  const sizes = await Promise.all(
    pages.map(async (_, index) => (await document.getPage(index + 1)).getViewport({ scale: 1 })),
  );
  const pictures = await Promise.all(pages.map(async (_, index) => {
    const { fnArray } = await (await document.getPage(index + 1)).getOperatorList();
    // OPS.paintImageXObject
    return fnArray.filter((operator) => operator === 85).length;
  }));
  return { bytes, pages, text: squeeze(pages.join('')), info, sizes, pictures };
}

/** A picture of one colour, as an image program saves it. */
function png(width: number, height: number): string {
  const table = Array.from({ length: 256 }, (_, n) => {
    for (let bit = 0; bit < 8; bit++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
    return n >>> 0;
  });
  const chunk = (type: string, data: Uint8Array) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    let sum = 0xffffffff;
    for (const byte of body) sum = table[(sum ^ byte) & 255]! ^ (sum >>> 8);
    const whole = Buffer.alloc(body.length + 8);
    whole.writeUInt32BE(data.length);
    body.copy(whole, 4);
    whole.writeUInt32BE((sum ^ 0xffffffff) >>> 0, body.length + 4);
    return whole;
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8);
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(width * 3, 100)]);
  const content = Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(Array.from({ length: height }, () => row)))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
  return `data:image/png;base64,${content.toString('base64')}`;
}

const month = Array.from({ length: 31 }, (_, index) => ({
  day: `2026-10-${String(index + 1).padStart(2, '0')}`,
  contacted: 100 + index,
  replied: index,
  positive: 3,
}));

describe('the PDF of a report', () => {
  it('says everything that the mail says, in every language', async () => {
    for (const language of languages) {
      const report = { ...sampleReport, language };
      const words = reportWords[language];
      const write = writerOf(report);
      const { text } = await read(report);
      for (
        const fact of [
          report.client.name,
          report.note!,
          ...Object.values(words.metrics),
          ...Object.values(words.topics),
          ...Object.values(report.sentences).map((sentence) => sentence.text),
          ...report.replies!.flatMap(({ name, excerpt, campaign_name }) => [name, excerpt, campaign_name]),
          words.headings.replies,
          words.headings.days,
          words.countOf(write.count(3105), write.count(3200)),
          words.goalPace(write.count(43)).slice(1),
          `${words.stepName(2, 'B')} · Bakeries in Holland`,
          write.rate(0.0829),
          write.count(2140),
          words.age(write.moment(report.as_of!)),
          'hello@northwind.example',
        ]
      ) expect(text).toContain(squeeze(fact));
    }
  });

  it('has a title, an author and a language, and names no program', async () => {
    const { info, bytes } = await read({ ...sampleReport, language: 'nl' });
    expect(info).toMatchObject({
      Title: `Bakery Vermeer & Sons · ${titleOf({ ...sampleReport, language: 'nl' })}`,
      Author: 'Northwind Outreach',
      Creator: 'Northwind Outreach',
      Producer: 'Northwind Outreach',
      Language: 'nl',
      CreationDate: 'D:20261130070002Z',
    });
    expect(Buffer.from(bytes).toString('latin1')).not.toMatch(/pdf-lib|replyloop/i);
  });

  it('is A4, with its number on every page, and whose report it is from the second on', async () => {
    const { pages, sizes } = await read({ ...sampleReport, kind: 'monthly', days: month });
    expect(pages.length).toBeGreaterThan(1);
    for (const [index, page] of pages.entries()) {
      expect(page).toContain(`Page ${index + 1} of ${pages.length}`);
      expect(page).toContain('Bakery Vermeer & Sons');
      expect(page).toContain('Northwind Outreach');
      expect([Math.round(sizes[index]!.width), Math.round(sizes[index]!.height)]).toEqual([595, 842]);
    }
  });

  it('repeats the head of a table on the page on which it continues', async () => {
    const { pages } = await read({ ...sampleReport, kind: 'monthly', days: month });
    const withDays = pages.filter((page) => /\w+day \d+ October/.test(page));
    expect(withDays).toHaveLength(2);
    for (const page of withDays) {
      expect(squeeze(page)).toContain('DayPeoplecontactedRepliesPositivereplies');
      expect(page.match(/\w+day \d+ October/g)!.length).toBeGreaterThan(1);
    }
    expect(pages.join('').match(/\w+day \d+ October/g)).toHaveLength(31);
  });

  it('has a table of sixty campaigns, each once, and none of a single campaign', async () => {
    const one = {
      name: 'Only',
      contacted: 9,
      replied: 1,
      positive: 0,
      positive_rate: 0,
      enough_signal: false,
    };
    const many = Array.from({ length: 60 }, (_, index) => ({
      ...one,
      name: `Campaign ${String(index + 10)} ${'of the north '.repeat(index % 5 * 4)}`,
      contacted: 6_000 - index,
      positive_rate: 0.0411,
      enough_signal: index < 30,
    }));
    const { pages, text } = await read({ ...sampleReport, campaigns: many });
    for (const { name } of many) expect(text.split(squeeze(name).slice(0, 60))).toHaveLength(2);
    expect(pages.filter((page) => squeeze(page).includes('CampaignPeoplecontactedReplies')).length)
      .toBeGreaterThan(
        1,
      );
    expect(text.split('4.1%')).toHaveLength(31);
    // Of too few people it is how many of how many, as on the dashboard.
    expect(text.match(/0of5,9\d\d/g)).toHaveLength(30);
    for (const campaigns of [[one], [], undefined]) {
      const { text: without } = await read({ ...sampleReport, ...(campaigns ? { campaigns } : {}) });
      expect(without).not.toContain('Campaigns');
    }
  });

  it('has no heading as the last thing of a page, wherever the page ends', async () => {
    const headings = Object.values(reportWords.en.headings);
    const endings = new Set<string>();
    for (let lines = 0; lines < 60; lines += 3) {
      const note = 'One more line.\n'.repeat(lines);
      const { pages } = await read({ ...sampleReport, note });
      for (const page of pages) {
        const last = page.split(/Page \d+ of/)[0]!.trim().split('\n').at(-1)!.trim();
        expect(last).toMatch(/\w/);
        expect(headings.map((heading) => heading.replace('{month}', 'November'))).not.toContain(last);
        endings.add(last);
      }
    }
    // Pages did end in many places.
    expect(endings.size).toBeGreaterThan(8);
  });

  it('is the same twice, for the same report', async () => {
    const [one, two] = [
      await renderReportPdf(sampleReport, { logo: null }),
      await renderReportPdf(sampleReport, { logo: null }),
    ];
    expect(Buffer.from(one).equals(Buffer.from(two))).toBe(true);
    expect(one.length).toBeLessThan(40_000);
  });

  it('of a client with nothing is one page, in every language', async () => {
    for (const language of languages) {
      const { pages, text } = await read({
        ...sampleReport,
        language,
        note: null,
        agency: { name: null, support_address: null, colour: null, ink: null, logo_url: null },
        numbers: sampleReport.numbers.map((number) => ({
          ...number,
          value: number.metric.endsWith('_rate') ? null : 0,
          before: null,
          change: null,
          tone: null,
          enough_signal: false,
        })),
        goals: [],
        best_campaign: null,
        best_step: null,
        replies: [],
        days: sampleReport.days.map(({ day }) => ({ day, contacted: 0, replied: 0, positive: 0 })),
        as_of: null,
      });
      expect(pages).toHaveLength(1);
      expect(text).toContain(squeeze(reportWords[language].noReplies));
      expect(text).not.toMatch(/undefined|null|NaN/);
    }
  });
});

describe('its words', () => {
  const long = 'Bakeries, pastry shops and millers of the Low Countries and the north of France '.repeat(3);

  it('wrap, however long a name is and whether or not it has spaces', async () => {
    for (const name of [long.slice(0, 200), 'x'.repeat(200)]) {
      const { text } = await read({
        ...sampleReport,
        client: { ...sampleReport.client, name },
        best_campaign: { ...sampleReport.best_campaign!, name },
        replies: sampleReport.replies!.map((reply) => ({ ...reply, name, campaign_name: name })),
      });
      expect(text.split(squeeze(name).slice(0, 150)).length).toBeGreaterThan(4);
    }
  });

  it('end in an ellipsis where a name is longer than anybody reads', async () => {
    const name = 'y'.repeat(5_000);
    const { pages, text } = await read({ ...sampleReport, client: { ...sampleReport.client, name } });
    expect(pages.length).toBeLessThan(4);
    expect(text).toContain('y…');
  });

  it('of a note that is longer than a page continues on the next ones', async () => {
    const note = Array.from({ length: 120 }, (_, index) => `Line ${index}.`).join('\n');
    const { pages, text } = await read({ ...sampleReport, note });
    expect(pages.length).toBeGreaterThan(3);
    for (const line of ['Line0.', 'Line60.', 'Line119.']) expect(text).toContain(line);
  });

  it('are readable in Latin, Greek and Cyrillic; what the font does not have is marked once, not refused', async () => {
    const kept = 'Žluťoučký kůň, Việt Nam, Ελλάδα, Привіт, ß ı ł ø – “€ 1.234” … № ™';
    expect(readable(kept)).toBe(kept);
    expect(readable('e\u0301')).toBe('é');
    expect(readable('Great 👍🏽👩‍💻 work')).toBe(`Great ${missing} work`);
    expect(readable('株式会社 Tokyo')).toBe(`${missing} Tokyo`);
    expect(readable('x\u0323\u0331y\u200b\u202ez\u0000')).toBe('xyz');
    expect(readable('\ud83d')).toBe(missing);
    const odd = `${kept} 👍 株式会社 שלום`;
    const { text } = await read({
      ...sampleReport,
      client: { ...sampleReport.client, name: odd },
      replies: [{ ...sampleReport.replies![0]!, excerpt: `${odd}\u0000\u{10FFFF}` }],
    });
    expect(text.split(squeeze(kept)).length).toBeGreaterThan(2);
    expect(text).toContain(missing);
  });
});

describe('the logo', () => {
  it('replaces the agency’s name where it is a PNG', async () => {
    expect((await read(sampleReport)).pictures[0]).toBe(0);
    expect((await read(sampleReport, png(300, 80))).pictures[0]).toBe(1);
  });

  it('that cannot be shown leaves the name: WebP, SVG, damaged, or too large to unpack', async () => {
    const whole = png(300, 80);
    for (
      const logo of [
        'data:image/webp;base64,UklGRg==',
        'data:image/svg+xml;base64,PHN2Zy8+',
        'data:image/png;base64,iVBORw==',
        `${whole.slice(0, 80)}`,
        'data:image/jpeg;base64,/9j/AAAA',
        png(4000, 4000),
        'nothing',
      ]
    ) {
      const { pages, pictures } = await read(sampleReport, logo);
      expect(pictures[0]).toBe(0);
      expect(pages[0]!.trimStart().startsWith('Northwind Outreach')).toBe(true);
    }
  });
});

describe('the font', () => {
  it('is as its program writes it', async () => {
    expect(readFileSync(reportFontPath, 'utf8')).toBe(await reportFontModule());
  });
});
