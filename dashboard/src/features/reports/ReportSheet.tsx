import { useEffect, useRef } from 'react';
import { reportHtml } from '../../../../supabase/functions/_shared/client-reports/html.ts';
import type { SharedReport } from '../../../../supabase/functions/_shared/client-reports/shared-report.ts';
import { useAgency } from '../../data/agency.ts';
import { useTheme } from '../../ui/theme.ts';

/** On paper no line, row or chart is cut, a heading keeps what it is about, and a usual report has two pages. */
const onPaper =
  '@media print { .outer { padding: 0 !important } .card { max-width: none !important; zoom: 0.85 } .card table tr, p { break-inside: avoid } h2 { break-after: avoid } }';

/** Where the report is dark, by the theme of the page; never on paper. */
const darkOn = { system: 'screen and (prefers-color-scheme: dark)', dark: 'screen', light: 'not all' };

/**
 * A report as its email, but part of the page, so that paper breaks between lines: a frame would be cut like a picture. Its styles
 * stay inside; the logo is the one that the page knows, because the page's policy lets no remote picture in.
 */
export function ReportSheet({ report }: { report: SharedReport }) {
  const place = useRef<HTMLDivElement>(null);
  const { logo } = useAgency();
  const theme = useTheme();

  useEffect(() => {
    if (!place.current) return;
    const root = place.current.shadowRoot ?? place.current.attachShadow({ mode: 'open' });
    const mail = new DOMParser().parseFromString(
      reportHtml(report, { dashboard: null, stop: null }),
      'text/html',
    );
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      [...mail.querySelectorAll('style')].map((style) => style.textContent).join('\n') + onPaper,
    );
    for (const rule of sheet.cssRules) {
      if (rule instanceof CSSMediaRule && rule.media.mediaText.includes('prefers-color-scheme')) {
        rule.media.mediaText = darkOn[theme];
      }
    }
    // The line that an inbox shows beside the subject.
    mail.querySelector('body > div')?.remove();
    for (const image of mail.querySelectorAll('img')) {
      if (logo === null) image.replaceWith(image.alt);
      else image.src = logo;
    }
    root.adoptedStyleSheets = [sheet];
    root.replaceChildren(...[...mail.body.childNodes].map((node) => document.adoptNode(node)));
  }, [report, logo, theme]);

  return <div ref={place} lang={report.language} />;
}
