// What the guides call a page, a button or a label is what the dashboard calls it.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readPage, root } from '../support/docs.ts';

const guides = ['first-hour', 'guide-client', 'guide-operator', 'faq'];

/** Quoted for another reason than that they are on a page. */
const otherQuotes = new Set([
  'Numbers can change afterwards',
  'Which campaign had the best reply rate last month?',
]);

const plain = (text: string): string => text.replace(/[’‘]/g, "'").replace(/\s+/g, ' ');

/** The text of the dashboard, and of reports, whose words the preview shows. */
function shownTexts(): string {
  const folders = ['dashboard/src', 'supabase/functions/_shared/client-reports/words'];
  const built = 'supabase/schemas/16_campaign_setup/05_built_in_templates.sql';
  const files = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => `${folder}/${name}`)
  );
  return plain([...files, built].map(readPage).join('\n'));
}

/** Of **A → B**, “A” and "A", each step without the dots after a name and the sentence's own points. */
function namesIn(markdown: string): string[] {
  const prose = markdown.replace(/```[\s\S]*?```/g, '');
  // A bold text that ends as a sentence does, or that names parts of a page, is a heading in the line.
  const marked = /\*\*([A-Z][^*]*[^*.:])\*\*|["“]([A-Z][^"”\n]{2,60})["”]/g;
  return [...prose.matchAll(marked)]
    .flatMap(([, bold, quoted]) => (bold ?? quoted ?? '').split('→'))
    .map((name) => plain(name).trim().replace(/( …)?[.,:]?$/, ''))
    .filter((name) => name !== '');
}

it.each(guides)('docs/%s.md calls things as the dashboard does', (page) => {
  const shown = shownTexts();
  const names = namesIn(readPage(`docs/${page}.md`));
  expect(names.length).toBeGreaterThan(5);
  expect(names.filter((name) => !shown.includes(name) && !otherQuotes.has(name))).toEqual([]);
});
