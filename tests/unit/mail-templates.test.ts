// The mails of Supabase Auth: written from one layout, in the agency's name where it has one, and never in this software's.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mailTemplates, outdatedTemplates } from '../../local/cli/mail-templates.ts';
import { fillTemplate } from '../../local/platform/auth/go-template.ts';

const values = { Email: 'ann@lake.test', RedirectTo: 'https://portal.test/welcome', TokenHash: 'abc' };
const agency = {
  agency_name: 'North & <Beam>',
  agency_support: 'help@north.test',
  agency_colour: '#ffcc00',
  agency_ink: '#000000',
  agency_logo: 'https://x.supabase.co/functions/v1/agency/logo?version=1',
};
const templates = [...mailTemplates()];

it('the files are as the program writes them', () => {
  expect(outdatedTemplates()).toEqual([]);
});

it('config.toml names each of them', () => {
  const config = readFileSync(join(import.meta.dirname, '..', '..', 'supabase', 'config.toml'), 'utf8');
  for (const [path] of templates) expect(config).toContain(`content_path = "./${path}"`);
});

describe.each(templates)('%s', (_path, template) => {
  it('is neutral as long as the agency has no name', () => {
    const mail = fillTemplate(template, { ...values, Data: {} });
    expect(mail).not.toMatch(/replyloop|undefined|\{\{|<img|mailto:/i);
    expect(mail).toContain('background: #0d6661; color: #ffffff;');
    expect(mail).toContain('href="https://portal.test/welcome#token_hash=abc&type=');
    expect(fillTemplate(template, values)).toBe(mail);
  });

  it('carries name, colour, support address, and the logo in place of the name', () => {
    const mail = fillTemplate(template, { ...values, Data: agency });
    expect(mail).toContain('background: #ffcc00; color: #000000;');
    expect(mail).toContain('<a href="mailto:help@north.test"');
    expect(mail).toContain('alt="North &amp; &#60;Beam&#62;"');
    expect(mail).toContain(`<img src="${agency.agency_logo}"`);
    expect(mail).not.toMatch(/replyloop|\{\{|<Beam>/i);
    const { agency_logo: _, ...withoutLogo } = agency;
    expect(fillTemplate(template, { ...values, Data: withoutLogo })).toContain(
      '<p style="margin: 0 0 20px; font-weight: 600">North &amp; &#60;Beam&#62;</p>',
    );
  });
});

describe('the stand-in’s templates', () => {
  it('know if, else and end, nested and trimmed, as Go does', () => {
    const nested = 'a{{ if .Data.x }}{{ if .Data.y }}xy{{ else }}x{{ end }}{{ else }}none{{ end }}b';
    expect(fillTemplate(nested, { Data: { x: '1', y: '' } })).toBe('axb');
    expect(fillTemplate(nested, { Data: { x: '1', y: '2' } })).toBe('axyb');
    expect(fillTemplate(nested, { Data: { x: 0 } })).toBe('anoneb');
    expect(fillTemplate('a \n {{- if .Email }} b {{ end -}} \n c', { Email: 'e' })).toBe('a b c');
    expect(fillTemplate('{{ .Data.toString }}{{ .Missing }}', { Data: {} })).toBe('');
  });

  it.each([
    '{{ range .Data.x }}{{ end }}',
    '{{ .Data.x | upper }}',
    '{{ .Email.x }}',
    '{{ if .Email }}',
    '{{ end }}',
    '{{ else }}',
  ])('refuse %s, which they do not know', (template) => {
    expect(() => fillTemplate(template, { Email: 'e' })).toThrow();
  });
});
