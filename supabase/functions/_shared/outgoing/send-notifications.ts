/** Mails to people who asked for them: what is due is reserved in the database, composed here and sent under its own id. */
import { z } from 'zod';
import { decryptKey } from '../connections/encryption.ts';
import { mailKeyPurpose } from '../connections/reencrypt.ts';
import { type MailContent, mailHtml, type MailIdentity, mailText } from '../mail/layout.ts';
import { type MailResult, sendMail } from '../mail/send-mail.ts';
import { callFunction, type ServiceClient } from '../platform/database.ts';
import { AppError } from '../platform/errors.ts';
import type { MasterKeys } from '../platform/environment.ts';
import { bookProcessorTime, processorBudget } from '../platform/processor-time.ts';
import { fill, type Language, languages, words } from './languages.ts';
import { payload } from './payload.ts';
import { wordsOf } from './words.ts';

/** Mails of one turn; sent one after the other, because mail APIs allow a few calls a second. */
const batchSize = 10;
/** Longer than a turn of mails that all time out. */
const leaseSeconds = 180;
/** Events shown in one mail. */
const maxShown = 20;
/** Milliseconds of processor time of one mail. */
const costOfMail = 3;

export const mailSettings = z.object({
  sender_address: z.string(),
  base_url: z.string(),
  key_last4: z.string(),
  dashboard_url: z.string(),
  encrypted_key: z.string(),
  master_key_id: z.string(),
});

const notification = z.object({
  mail_id: z.uuid(),
  token: z.uuid(),
  to: z.string().nullable(),
  language: z.enum(languages),
  frequency: z.enum(['at_once', 'hourly', 'daily']),
  stop_token: z.uuid(),
  count: z.number(),
  payloads: z.array(payload),
});

type Notification = z.infer<typeof notification>;

const identity = z.object({
  agency_name: z.string().optional(),
  agency_support: z.string().optional(),
  agency_colour: z.string().optional(),
  agency_ink: z.string().optional(),
  agency_logo: z.string().optional(),
});

const turn = z.object({ mails: z.array(notification), settings: mailSettings, agency: identity }).nullable();

export interface NotifyOptions {
  database: ServiceClient;
  fetch: typeof fetch;
  masterKeys: MasterKeys | undefined;
  /** Public URL of the functions, for the button that mail programs make to stop mails. */
  functionsUrl: string;
}

/** Returns how many mails were tried. */
export async function sendNotifications(options: NotifyOptions): Promise<number> {
  const { database } = options;
  const budget = processorBudget();
  let tried = 0;
  while (!budget.isSpent()) {
    const taken = await callFunction(
      database,
      'take_mails',
      { batch_size: budget.fits(costOfMail, batchSize), lease_seconds: leaseSeconds },
      turn,
    );
    if (taken === null || taken.mails.length === 0) break;
    const { settings, agency } = taken;
    const ready = await prepare(settings, options);
    const results: (MailResult & { mail_id: string; token: string })[] = [];
    for (const mail of taken.mails) {
      const result = 'key' in ready
        ? await sendOne(mail, { settings, agency, key: ready.key, options })
        : { error: ready.problem, is_final: false, is_refused: true, retry_after: null };
      results.push({ ...result, mail_id: mail.mail_id, token: mail.token });
    }
    bookProcessorTime(costOfMail * results.length);
    tried += results.length;
    await callFunction(database, 'record_mails', { results }, z.number());
  }
  return tried;
}

/** The key, or why no mail can be sent at all. */
async function prepare(
  settings: z.infer<typeof mailSettings>,
  { masterKeys }: NotifyOptions,
): Promise<{ key: string } | { problem: string }> {
  try {
    return { key: await openMailKey(masterKeys, settings) };
  } catch (error) {
    return { problem: error instanceof AppError ? error.message : 'The mail API could not be reached' };
  }
}

export const openMailKey = (
  masterKeys: MasterKeys | undefined,
  settings: Pick<z.infer<typeof mailSettings>, 'encrypted_key' | 'master_key_id'>,
): Promise<string> =>
  decryptKey(masterKeys, mailKeyPurpose, {
    encryptedKey: settings.encrypted_key,
    masterKeyId: settings.master_key_id,
  });

async function sendOne(
  mail: Notification,
  { settings, agency, key, options }: {
    settings: z.infer<typeof mailSettings>;
    agency: MailIdentity;
    key: string;
    options: NotifyOptions;
  },
): Promise<MailResult> {
  if (mail.to === null) {
    return {
      error: 'The account has no email address',
      is_final: true,
      is_refused: false,
      retry_after: null,
    };
  }
  const content = contentOf(mail, settings.dashboard_url);
  return await sendMail({
    id: mail.mail_id,
    from: senderOf(agency.agency_name, settings.sender_address),
    to: mail.to,
    subject: content.title,
    html: mailHtml(content, agency),
    text: mailText(content, agency),
    headers: {
      // RFC 8058: mail programs show a button, and it needs no sign-in.
      'List-Unsubscribe': `<${options.functionsUrl}/outgoing/stop?token=${mail.stop_token}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    },
  }, { baseUrl: settings.base_url, key, fetch: options.fetch });
}

/** A display name is quoted, and holds nothing that could end the quotes or the header. */
export const senderOf = (name: string | undefined, address: string): string => {
  const plain = name?.replace(/["\\<>\p{Cc}]/gu, '').trim();
  return plain ? `"${plain}" <${address}>` : address;
};

export function contentOf(
  mail: Pick<Notification, 'language' | 'frequency' | 'count' | 'payloads'>,
  dashboardUrl: string,
): MailContent {
  const known = words[mail.language].mail;
  const shown = mail.payloads.slice(0, maxShown).map((one) => wordsOf(one, mail.language));
  const isSingle = mail.count === 1 && shown[0] !== undefined;
  const rest = mail.count - shown.length;
  const base = dashboardUrl.replace(/\/+$/, '');
  const intro = [known.summary[mail.frequency], rest > 0 ? fill(known.more, { count: rest }) : ''].filter(
    Boolean,
  ).join(' ');
  return {
    language: mail.language satisfies Language,
    title: isSingle
      ? shown[0]!.title
      : fill(mail.count === 1 ? known.one : known.many, { count: mail.count }),
    ...(intro && !isSingle ? { intro } : {}),
    sections: shown.map(({ title, facts, quote, link }) => ({ heading: title, facts, quote, link })),
    button: { label: known.open, url: `${base}/` },
    footer: { text: known.why, label: known.change, url: `${base}/settings?tab=email` },
  };
}
