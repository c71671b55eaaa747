/** What HubSpot's own pages would show of an account, for people who try the product: contacts, and deals that can be moved. */
import type { HubSpotObject, Portal } from './records.ts';

const style =
  ':root{color-scheme:light dark}body{margin:0 auto;max-width:72rem;padding:2rem 1rem;font:1rem/1.5 system-ui,sans-serif}h1{font-size:1.4rem}h2{font-size:1.1rem;margin:2rem 0 .5rem}.wide{overflow-x:auto}table{width:100%;border-collapse:collapse;font-size:.875rem}th,td{padding:.5rem .75rem .5rem 0;text-align:left;border-bottom:1px solid #8884;vertical-align:top}th{font-weight:600}form{display:flex;gap:.5rem}select,input,button{font:inherit;padding:.2rem .4rem}input{width:7rem}.note{opacity:.75}';

export function showPortals(portals: readonly Portal[]): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>HubSpot (simulated)</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>${style}</style></head><body>
<h1>HubSpot (simulated)</h1>
<p class="note">What Replyloop pushed. Move a deal as sales would; Replyloop reads it within five minutes.</p>
${portals.map(showPortal).join('') || '<p>No account yet.</p>'}</body></html>`;
}

function showPortal(portal: Portal): string {
  const present = (rows: readonly HubSpotObject[]) => rows.filter(({ archived }) => !archived).toReversed();
  const contacts = present(portal.contacts);
  const deals = present(portal.deals);
  return `<h2>Account ${portal.id}: ${deals.length} deals</h2>${
    table(['Deal', 'Contact', 'Stage and amount'], deals.map((deal) => dealRow(portal, deal)))
  }<h2>Account ${portal.id}: ${contacts.length} contacts</h2>${
    table(
      ['Email', 'Name', 'Company', 'Job title', 'Reply', 'Campaign'],
      contacts.map(({ properties: of }) => [
        escape(of['email']),
        escape([of['firstname'], of['lastname']].filter(Boolean).join(' ')),
        escape(of['company']),
        escape(of['jobtitle']),
        escape(of['reply_kind']),
        escape(of['outreach_campaign']),
      ]),
    )
  }`;
}

function dealRow(portal: Portal, { id, properties: of, contacts }: HubSpotObject): string[] {
  const pipeline = portal.pipelines.find((one) => one.id === of['pipeline']);
  const options = (pipeline?.stages ?? []).map((stage) =>
    `<option value="${escape(stage.id)}"${stage.id === of['dealstage'] ? ' selected' : ''}>${
      escape(stage.label)
    }</option>`
  );
  const who = portal.contacts.filter((contact) => contacts.includes(contact.id))
    .map((contact) => escape(contact.properties['email'])).join(', ');
  return [
    escape(of['dealname']),
    who,
    `<form method="post" action="/move"><input type="hidden" name="portal" value="${portal.id}"><input type="hidden" name="deal" value="${
      escape(id)
    }"><select name="stage" aria-label="Stage">${
      options.join('')
    }</select><input name="amount" aria-label="Amount" placeholder="Amount" inputmode="decimal" value="${
      escape(of['amount'])
    }"><button>Save</button></form>`,
  ];
}

const table = (heads: readonly string[], rows: readonly string[][]): string =>
  rows.length === 0
    ? '<p>None yet.</p>'
    : `<div class="wide"><table><thead><tr>${
      heads.map((head) => `<th>${head}</th>`).join('')
    }</tr></thead><tbody>${
      rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('')
    }</tbody></table></div>`;

const escape = (text: string | undefined): string =>
  (text ?? '').replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
