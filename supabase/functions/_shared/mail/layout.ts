/**
 * The frame of every mail: the agency's name, colour and logo, as the mails of Supabase Auth have them
 * (local/cli/mail-templates.ts), with styles on the elements because mail programs drop others, and a plain text beside.
 */

/** private.mail_identity; only what has a value. */
export interface MailIdentity {
  agency_name?: string | undefined;
  agency_support?: string | undefined;
  agency_colour?: string | undefined;
  agency_ink?: string | undefined;
  agency_logo?: string | undefined;
}

export interface MailContent {
  language: string;
  title: string;
  /** Below the title. */
  intro?: string | undefined;
  sections: {
    heading: string;
    facts: [name: string, value: string][];
    quote?: string | undefined;
    link?: { label: string; url: string } | undefined;
  }[];
  button?: { label: string; url: string } | undefined;
  /** Small, at the end: a sentence and a link. */
  footer: { text: string; label: string; url: string };
}

export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const small = 'margin: 12px 0 0; font-size: 13px; color: #5b6675';

export function mailHtml(content: MailContent, identity: MailIdentity): string {
  const { agency_name: name, agency_logo: logo, agency_support: support } = identity;
  const head = logo
    ? `<p style="margin: 0 0 20px"><img src="${escapeHtml(logo)}" alt="${
      escapeHtml(name ?? '')
    }" height="40" style="display: block; height: 40px; max-width: 240px"></p>`
    : name
    ? `<p style="margin: 0 0 20px; font-weight: 600">${escapeHtml(name)}</p>`
    : '';
  const sections = content.sections.map(({ heading, facts, quote, link }) =>
    `<div style="margin: 0 0 20px; padding: 16px; border: 1px solid #e3e7ec; border-radius: 8px">
<p style="margin: 0 0 6px; font-weight: 600">${escapeHtml(heading)}</p>${
      facts.map(([label, value]) =>
        `<p style="margin: 0; font-size: 14px"><span style="color: #5b6675">${escapeHtml(label)}:</span> ${
          escapeHtml(value)
        }</p>`
      ).join('')
    }${
      quote
        ? `<p style="margin: 10px 0 0; padding-left: 12px; border-left: 3px solid #d4dae1; font-size: 14px; white-space: pre-line">${
          escapeHtml(quote)
        }</p>`
        : ''
    }${
      link
        ? `<p style="margin: 10px 0 0; font-size: 14px"><a href="${
          escapeHtml(link.url)
        }" style="color: #1c2430">${escapeHtml(link.label)}</a></p>`
        : ''
    }</div>`
  ).join('\n');
  const button = content.button
    ? `<p style="margin: 0 0 24px"><a href="${
      escapeHtml(content.button.url)
    }" style="display: inline-block; padding: 12px 20px; background: ${
      escapeHtml(identity.agency_colour ?? '#0d6661')
    }; color: ${
      escapeHtml(identity.agency_ink ?? '#ffffff')
    }; border-radius: 8px; font-weight: 600; text-decoration: none">${
      escapeHtml(content.button.label)
    }</a></p>`
    : '';
  return `<!DOCTYPE html>
<html lang="${content.language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>${
    escapeHtml(content.title)
  }</title></head>
<body style="margin: 0; padding: 32px 16px; background: #f6f7f9; color: #1c2430; font: 16px/1.5 system-ui, -apple-system, sans-serif">
<div style="max-width: 560px; margin: 0 auto; padding: 32px; background: #ffffff; border-radius: 12px">
${head}
<h1 style="margin: 0 0 12px; font-size: 20px; line-height: 1.3">${escapeHtml(content.title)}</h1>
${content.intro ? `<p style="margin: 0 0 20px">${escapeHtml(content.intro)}</p>` : ''}
${sections}
${button}
<p style="${small}">${escapeHtml(content.footer.text)} <a href="${
    escapeHtml(content.footer.url)
  }" style="color: #1c2430">${escapeHtml(content.footer.label)}</a></p>
${
    support
      ? `<p style="${small}"><a href="mailto:${escapeHtml(support)}" style="color: #1c2430">${
        escapeHtml(support)
      }</a></p>`
      : ''
  }
</div>
</body>
</html>
`;
}

export function mailText(content: MailContent, identity: MailIdentity): string {
  const sections = content.sections.map(({ heading, facts, quote, link }) =>
    [
      heading,
      ...facts.map(([label, value]) => `${label}: ${value}`),
      ...(quote ? [quote.split('\n').map((line) => `> ${line}`).join('\n')] : []),
      ...(link ? [`${link.label}: ${link.url}`] : []),
    ].join('\n')
  );
  return [
    content.title,
    ...(content.intro ? [content.intro] : []),
    ...sections,
    ...(content.button ? [`${content.button.label}: ${content.button.url}`] : []),
    `${content.footer.text} ${content.footer.label}: ${content.footer.url}`,
    ...(identity.agency_name
      ? [[identity.agency_name, identity.agency_support].filter(Boolean).join(' · ')]
      : []),
  ].join('\n\n');
}
