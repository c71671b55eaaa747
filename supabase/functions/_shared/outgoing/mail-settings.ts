/** The sender and the mail API's key, as operators set them; and how a person ends their mails. */
import { z } from 'zod';
import { encryptKey } from '../connections/encryption.ts';
import { mailKeyPurpose } from '../connections/reencrypt.ts';
import { mailHtml, mailText } from '../mail/layout.ts';
import { sendMail } from '../mail/send-mail.ts';
import { callFunction, type ServiceClient } from '../platform/database.ts';
import { AppError } from '../platform/errors.ts';
import type { FunctionOptions } from '../platform/signed-in-function.ts';
import { requireReachableUrl } from '../platform/outbound.ts';
import { words } from './languages.ts';
import type { OutgoingRequest } from './request.ts';
import { mailSettings, openMailKey, senderOf } from './send-notifications.ts';

const readSettings = (database: ServiceClient) =>
  callFunction(database, 'read_mail_settings', {}, mailSettings.nullable());

/** Everything but the key. */
export async function showMailSettings(database: ServiceClient): Promise<unknown> {
  const found = await readSettings(database);
  if (found === null) return { settings: null };
  const { sender_address, base_url, key_last4, dashboard_url } = found;
  return { settings: { sender_address, base_url, key_last4, dashboard_url } };
}

export async function saveMailSettings(
  body: Extract<OutgoingRequest, { action: 'save_mail' }>,
  actor: string | null,
  { database, environment, address }: FunctionOptions,
): Promise<unknown> {
  await requireReachableUrl(body.base_url, address);
  const saved = {
    sender_address: body.sender_address,
    base_url: body.base_url.replace(/\/+$/, ''),
    dashboard_url: body.dashboard_url.replace(/\/+$/, ''),
  };
  const key = body.api_key === undefined ? {} : await encryptMailKey(body.api_key, environment);
  await callFunction(database, 'save_mail_settings', { saved: { ...saved, ...key }, actor }, z.unknown());
  return await showMailSettings(database);
}

async function encryptMailKey(key: string, environment: FunctionOptions['environment']) {
  const { encryptedKey, masterKeyId } = await encryptKey(environment.masterKeys, mailKeyPurpose, key);
  return { encrypted_key: encryptedKey, master_key_id: masterKeyId, key_last4: key.slice(-4) };
}

/** A mail to the operator who asks, now. */
export async function testMail(
  to: string,
  { database, environment, fetch }: FunctionOptions,
): Promise<unknown> {
  const settings = await readSettings(database);
  if (settings === null) throw new AppError('VALIDATION_FAILED', 'Save the sender and the key first');
  const agency = await callFunction(database, 'read_mail_identity', {}, z.record(z.string(), z.string()));
  const known = words.en.mail;
  const content = {
    language: 'en',
    title: 'Notifications by email work',
    intro: 'This is a test. Choose what you want to hear of in Settings → Email.',
    sections: [],
    footer: { text: '', label: known.change, url: `${settings.dashboard_url}/settings?tab=email` },
  };
  const { error } = await sendMail({
    id: crypto.randomUUID(),
    from: senderOf(agency['agency_name'], settings.sender_address),
    to,
    subject: content.title,
    html: mailHtml(content, agency),
    text: mailText(content, agency),
  }, { baseUrl: settings.base_url, key: await openMailKey(environment.masterKeys, settings), fetch });
  return { to, sent: error === null, error };
}

/**
 * GET /outgoing/stop?token=… leads to the preferences: mail filters open every link. POST ends the mails, as RFC 8058 has it:
 * the button of a mail program, without a sign-in.
 */
export async function answerStop(request: Request, database: ServiceClient): Promise<Response> {
  const token = z.uuid().safeParse(new URL(request.url).searchParams.get('token'));
  if (request.method === 'POST') {
    // The same answer for an unknown token: there is nothing to find out here.
    if (token.success) await callFunction(database, 'stop_notifications', { token: token.data }, z.boolean());
    return new Response('Stopped', { status: 200 });
  }
  const settings = await readSettings(database);
  if (settings === null) throw new AppError('NOT_FOUND', 'This page does not exist');
  return new Response(null, {
    status: 303,
    headers: { location: `${settings.dashboard_url}/settings?tab=email` },
  });
}
