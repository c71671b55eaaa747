// docs/runbook.md has an entry for every kind of incident, docs/faq.md one for every reason that a person reads somewhere.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPage, root, section } from '../support/docs.ts';

const schemas = readdirSync(join(root, 'supabase/schemas'), { recursive: true }).map(String)
  .filter((name) => name.endsWith('.sql')).map((name) => readPage(join('supabase/schemas', name))).join('\n');
const body =
  /create function private\.list_incident_kinds\(\)[\s\S]*?\$\$([\s\S]*?)\$\$/.exec(schemas)?.[1] ?? '';
const kinds = [...body.matchAll(/\('(\w+)', '([^']+)', (true|false)\)/g)]
  .map(([, kind = '', title = '']) => ({ kind, title }));

describe('docs/runbook.md', () => {
  const runbook = readPage('docs/runbook.md');

  it('has exactly the kinds of incidents of the catalogue as entries, under the titles of their alerts', () => {
    const entries = [...runbook.matchAll(/^### (.+)\n\n`([a-z_]+)`\. /gm)].map(([, title, kind]) => ({
      kind,
      title,
    }));
    const byKind = (rows: { kind?: string | undefined }[]) =>
      rows.toSorted((one, other) => String(one.kind).localeCompare(String(other.kind)));
    expect(kinds.length).toBeGreaterThan(20);
    expect(byKind(entries)).toEqual(byKind(kinds));
  });

  it.each(kinds)('says of "$title" what to do, and when it is over', ({ title }) => {
    const entry = section(runbook, title);
    expect(entry).toMatch(/^- \*\*Do[:,*]/m);
    expect(entry).toMatch(/^- \*\*Over:\*\* /m);
  });

  it('knows every kind that is opened anywhere', () => {
    const opened = [
      ...schemas.matchAll(/'([a-z_]+)',\s*'(?:domain|goal|endpoint|crm|report|campaign|mailbox):'/g),
    ]
      .map(([, kind]) => kind);
    expect(new Set(opened).size).toBeGreaterThan(8);
    const known = new Set(kinds.map(({ kind }) => kind));
    expect(opened.filter((kind = '') => !known.has(kind))).toEqual([]);
  });
});

describe('docs/faq.md', () => {
  const faq = readPage('docs/faq.md');

  it('explains every reason for which a lead is not sent', () => {
    const sources = [
      readPage('supabase/schemas/10_export/02_planning.sql').split('select case')[1]?.split(
        'end as reason',
      )[0],
      readPage('supabase/functions/_shared/export/receipts.ts'),
    ].join('\n');
    const reasons = new Set([...sources.matchAll(/(?:then |reason: )'(\w+)'/g)].map(([, reason]) => reason));
    // Of a lead that was sent.
    reasons.delete('confirmed_after_interruption');
    const explained = section(faq, 'A lead was not sent');
    expect(reasons.size).toBeGreaterThan(8);
    expect([...reasons].filter((reason) => !explained.includes(`\`${reason}\``))).toEqual([]);
  });

  it('explains every state of a webhook but the one in order, by the label that the card shows', () => {
    const badge = readPage('dashboard/src/features/operations/WebhookBadge.tsx');
    const labels = [...badge.matchAll(/label: '([^']+)'/g)].map(([, label = '']) => label).filter((label) =>
      label !== 'On'
    );
    expect(labels).toHaveLength(5);
    const explained = section(faq, 'No events arrive');
    expect(labels.filter((label) => !explained.includes(`| ${label} `))).toEqual([]);
  });

  it('has under every symptom where to see it or why it is so, and what to do', () => {
    const symptoms = [...faq.matchAll(/^### (.+)$/gm)].map(([, symptom = '']) => symptom);
    expect(symptoms.length).toBeGreaterThan(25);
    const incomplete = symptoms.filter((symptom) => {
      const answer = section(faq, symptom);
      // A table has its own columns for both.
      const says = (...words: string[]) =>
        words.some((word) => answer.includes(`**${word}:**`) || new RegExp(`\\| ${word} +\\|`).test(answer));
      return !says('See', 'Why', 'Why and do') || !says('Do', 'Why and do');
    });
    expect(incomplete).toEqual([]);
  });
});
