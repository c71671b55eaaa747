// The emails that come with an installation read right with a value and with its fallback.
import { expect, it } from 'vitest';
import { readPage } from '../support/docs.ts';

const sql = readPage('supabase/schemas/16_campaign_setup/05_built_in_templates.sql');
const texts = [...sql.matchAll(/"(?:subject|body)": "((?:[^"\\]|\\.)*)"/g)].map(([, text = '']) => text);

const filled = (text: string) => text.replace(/\{\{\w+\|([^{}]+)\}\}/g, '$1');

it('are all read here', () => {
  expect(texts.length).toBeGreaterThan(60);
});

it('have no fallback that a verb in the third person follows', () => {
  // "how you shows up", where "how Mill Bakery shows up" would be right.
  const wrong = texts.map(filled).filter((text) => /\b(you|we|I|they) (?!this\b)\w+[^s\W]s\b/.test(text));
  expect(wrong).toEqual([]);
});

it('have no article before a value, which may begin with a vowel or be a plural', () => {
  expect(texts.filter((text) => /\b(an?|many) \{\{/i.test(text))).toEqual([]);
});

it('begin a subject with a capital, whatever fills it', () => {
  const subjects = [...sql.matchAll(/"subject": "([^"]+)"/g)].map(([, text = '']) => filled(text));
  expect(subjects.filter((subject) => /^\p{Ll}/u.test(subject))).toEqual([]);
});
