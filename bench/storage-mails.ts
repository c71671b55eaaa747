// The deliveries of a campaign as an agency has it, in the provider's shape: for each 1,000 mails sent 400 opens, 30 clicks, 25
// replies, 10 automatic ones, 15 bounces, 6 labels and 4 unsubscribes, two and a half mails a lead. Texts are of words that
// come as often as words do (the n-th a n-th as often), so that they compress and index like those of people.
const vocabulary = 3_000;

/** A row of numbers that looks random and is the same at each run. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

const random = numbers(20_261_129);
const syllables = [
  'ba',
  'ter',
  'lo',
  'min',
  'ka',
  'res',
  'tu',
  'pol',
  'ne',
  'gar',
  'fi',
  'con',
  'se',
  'dal',
  'vi',
  'or',
];
const words = Array.from({ length: vocabulary }, (_, number) => {
  const picked = [number % 16, (number >> 4) % 16, (number >> 8) % 16];
  return picked.slice(0, 1 + number % 3).map((place) => syllables[place]).join('') +
    (number % 7 === 0 ? 's' : '');
});

function text(count: number): string {
  const picked = Array.from(
    { length: count },
    () => words[Math.floor(vocabulary ** random()) - 1] ?? 'and',
  );
  return picked.join(' ').replace(/((?:\S+ ){12})/g, (sentence) => `${sentence.trim()}. `);
}

const paragraphs = (count: number) =>
  Array.from({ length: count }, () => `<p style="margin:0 0 12px">${text(32)}</p>`).join('');

const shares: [type: string, perThousand: number][] = [
  ['email_sent', 1_000],
  ['email_opened', 400],
  ['link_clicked', 30],
  ['reply_received', 25],
  ['auto_reply_received', 10],
  ['email_bounced', 15],
  ['lead_interested', 6],
  ['lead_unsubscribed', 4],
];

export const campaigns = Array.from(
  { length: 10 },
  (_, number) => `eeeeeeee-0000-4000-8000-${String(number).padStart(12, '0')}`,
);

const uuid = (kind: string, number: number) =>
  `${kind.repeat(8)}-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** A reply has an id of its own; what happens to our mail has that of our mail. */
function mailIdOf(type: string, mail: number): number {
  if (type === 'reply_received') return mail + 500_000_000;
  return type === 'auto_reply_received' ? mail + 600_000_000 : mail;
}

/** The deliveries that follow from a thousand mails; `from` numbers the mails over the whole run. */
export function deliveriesOf(from: number): string[] {
  return shares.flatMap(([type, share]) =>
    Array.from({ length: share }, (_, place) => {
      const mail = from + Math.floor(place * 1_000 / share);
      const lead = Math.floor(mail / 2.5);
      const campaign = campaigns[lead % campaigns.length];
      return JSON.stringify({
        // Mails of one lead are days apart.
        timestamp: new Date(Date.UTC(2026, 5, 1) + (mail % 2.5) * 3 * 86_400_000 + mail * 1_000 + share)
          .toISOString(),
        event_type: type,
        workspace: '019900aa-1111-7222-8333-444455556666',
        campaign_id: campaign,
        campaign,
        campaign_name: `Campaign ${lead % campaigns.length}`,
        email_account: `sender${lead % 40}@outreach.test`,
        is_first: false,
        lead_email: `person${lead}@company${lead % 9_000}.test`,
        email: `person${lead}@company${lead % 9_000}.test`,
        email_id: uuid('a', mailIdOf(type, mail)),
        firstName: words[lead % vocabulary],
        lastName: words[(lead * 7) % vocabulary],
        companyName: `${words[(lead * 3) % vocabulary]} ${words[(lead * 5) % vocabulary]}`,
        website: `https://company${lead % 9_000}.test`,
        phone: null,
        job_title: 'Head of Operations',
        personalization: text(24),
        industry: 'Packaging',
        employees: 240,
        step: 1 + mail % 3,
        variant: 1,
        ...content(type),
      });
    })
  );
}

function content(type: string): Record<string, string> {
  const subject = text(6);
  if (type === 'email_sent') return { email_subject: subject, email_html: `<div>${paragraphs(3)}</div>` };
  if (type !== 'reply_received' && type !== 'auto_reply_received') return { email_subject: subject };
  const reply = text(45);
  return {
    reply_subject: `Re: ${subject}`,
    reply_text: `${reply}\n\n> ${text(90)}`,
    reply_html: `<div>${reply}</div><blockquote>${paragraphs(3)}</blockquote>`,
    reply_text_snippet: reply.slice(0, 200),
    unibox_url: 'https://app.instantly.ai/app/unibox?thread_id=019900aa',
  };
}
