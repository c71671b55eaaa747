// npm run mails: writes supabase/templates, one layout with the words of each mail. Supabase Auth fills them with Go's
// html/template; {{ .Data.… }} is the account's metadata, where the database keeps the agency's identity
// (supabase/schemas/14_operators/19_mail_identity.sql). Nothing in them names this software.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { checkoutRoot } from '../shared/checkout.ts';

interface Words {
  /** The type that the dashboard hands to verifyOtp. */
  type: 'invite' | 'magiclink' | 'recovery';
  title: string;
  text: string;
  button: string;
  /** After "The link is valid for 24 hours and works once." */
  otherwise: string;
}

const mails: Record<string, Words> = {
  invite: {
    type: 'invite',
    title: 'You have been invited',
    text:
      '{{ if .Data.agency_name }}{{ .Data.agency_name }} has made an account for {{ .Email }}.{{ else }}An account has been made for {{ .Email }}.{{ end }} Choose a password to sign in.',
    button: 'Accept the invitation',
    otherwise: 'If you did not expect this mail, ignore it: without the link no one can sign in.',
  },
  magic_link: {
    type: 'magiclink',
    title: 'Sign in',
    text:
      'Somebody asked for a link to sign in{{ if .Data.agency_name }} at {{ .Data.agency_name }}{{ end }} as {{ .Email }}.',
    button: 'Sign in',
    otherwise: 'If it was not you, ignore this mail.',
  },
  recovery: {
    type: 'recovery',
    title: 'Choose a new password',
    text:
      'Somebody asked for a new password for {{ .Email }}{{ if .Data.agency_name }} at {{ .Data.agency_name }}{{ end }}.',
    button: 'Choose a new password',
    otherwise: 'If it was not you, ignore this mail: your password stays as it is.',
  },
};

/** A value of the agency, or what a mail has without one. */
const or = (name: string, fallback: string): string =>
  `{{ if .Data.${name} }}{{ .Data.${name} }}{{ else }}${fallback}{{ end }}`;

const page = ({ type, title, text, button, otherwise }: Words): string =>
  `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
  </head>
  <body style="margin: 0; padding: 32px 16px; background: #f6f7f9; color: #1c2430; font: 16px/1.5 system-ui, -apple-system, sans-serif">
    <div style="max-width: 480px; margin: 0 auto; padding: 32px; background: #ffffff; border-radius: 12px">
      {{- if .Data.agency_logo }}
      <p style="margin: 0 0 20px">
        <img src="{{ .Data.agency_logo }}" alt="${
    or('agency_name', '')
  }" height="40" style="display: block; height: 40px; max-width: 240px">
      </p>
      {{- else }}{{ if .Data.agency_name }}
      <p style="margin: 0 0 20px; font-weight: 600">{{ .Data.agency_name }}</p>
      {{- end }}{{ end }}
      <h1 style="margin: 0 0 12px; font-size: 20px; line-height: 1.3">${title}</h1>
      <p style="margin: 0 0 24px">${text}</p>
      <p style="margin: 0 0 24px">
        <a
          href="{{ .RedirectTo }}#token_hash={{ .TokenHash }}&type=${type}"
          style="display: inline-block; padding: 12px 20px; background: ${
    or('agency_colour', '#0d6661')
  }; color: ${or('agency_ink', '#ffffff')}; border-radius: 8px; font-weight: 600; text-decoration: none"
        >${button}</a>
      </p>
      <p style="margin: 0; font-size: 13px; color: #5b6675">The link is valid for 24 hours and works once. ${otherwise}</p>
      {{- if .Data.agency_support }}
      <p style="margin: 12px 0 0; font-size: 13px; color: #5b6675">
        Questions? Write to <a href="mailto:{{ .Data.agency_support }}" style="color: #1c2430">{{ .Data.agency_support }}</a>.
      </p>
      {{- end }}
    </div>
  </body>
</html>
`;

/** Path below the checkout and content of each template. */
export function mailTemplates(): Map<string, string> {
  return new Map(
    Object.entries(mails).map((
      [name, words],
    ) => [join('supabase', 'templates', `${name}.html`), page(words)]),
  );
}

/** Templates that are not as this program writes them. */
export const outdatedTemplates = (): string[] =>
  [...mailTemplates()].filter(([path, content]) => readFileSync(join(checkoutRoot, path), 'utf8') !== content)
    .map(([path]) => path);

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const [path, content] of mailTemplates()) writeFileSync(join(checkoutRoot, path), content);
  console.log(`Wrote ${mailTemplates().size} templates to supabase/templates`);
}
