import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { callFunction } from '../platform/database.ts';
import { sha256Hex } from '../platform/digest.ts';
import { AppError } from '../platform/errors.ts';
import type { WebhookTest } from '../providers/provider.ts';
import { decryptKey, encryptKey } from './encryption.ts';
import { registerCampaignWebhooks } from './campaign-webhooks.ts';
import { deliversTo, type RegistrationContext, webhookName } from './registration-context.ts';

/** Additional data of a webhook secret; differs from the key's, so that neither decrypts as the other. */
export function secretPurpose(connectionId: string): string {
  return `${connectionId} webhook secret`;
}

const encryptedSecret = z.object({ encrypted_secret: z.string(), master_key_id: z.string() });

/**
 * Ensures that the provider delivers to us with our secret: the webhook is found by the connection in its URL, corrected if it differs,
 * switched on if the provider switched it off, and created only if missing. Ends with the provider's own test delivery.
 */
export async function ensureWebhook(
  context: RegistrationContext,
): Promise<{ test: WebhookTest }> {
  return await register(context, await requireSecret(context));
}

/** Creates a new secret; the previous one stays valid for the grace time (seconds), so that deliveries in flight are kept. */
export async function rotateWebhookSecret(
  context: RegistrationContext,
  graceSeconds: number,
): Promise<{ test: WebhookTest }> {
  // Stored before the provider gets it: from here on both are accepted, whatever happens to the next call.
  return await register(context, await newSecret(context, graceSeconds));
}

/** How long the previous secret stays valid when a new one was created without a requested rotation. */
const graceSeconds = 24 * 3600;

/**
 * The secret that the provider has to present; created when there is none that we can read. One of which only the digest is
 * known may be in use at the provider, so it stays valid for a day.
 */
export async function requireSecret(context: RegistrationContext): Promise<string> {
  return await currentSecret(context) ?? await newSecret(context, graceSeconds);
}

async function register(
  context: RegistrationContext,
  secret: string,
): Promise<{ test: WebhookTest }> {
  const { webhooks, url } = context;
  if (webhooks.per === 'campaign') return await registerCampaignWebhooks(context, secret);
  const wanted = { name: webhookName, url, secret };
  // One that was registered under an earlier address of ours is moved.
  const ours = (await webhooks.list()).filter((webhook) => deliversTo(webhook.url, context.connectionId));
  const [first, ...duplicates] = ours.sort((one, other) =>
    Number(other.url === url) - Number(one.url === url)
  );
  for (const double of duplicates) await webhooks.remove(double.id);

  let webhook = first ?? await webhooks.create(wanted);
  if (first && (first.secret !== secret || first.url !== url)) {
    webhook = await webhooks.update(first.id, wanted);
  }
  if (!webhook.isActive) webhook = await webhooks.resume(webhook.id);
  await callFunction(context.database, 'record_provider_webhook', {
    target_connection_id: context.connectionId,
    new_provider_webhook_id: webhook.id,
    new_url: url,
    new_state: 'active',
  }, z.unknown());
  return { test: await webhooks.test(webhook.id) };
}

async function currentSecret(context: RegistrationContext): Promise<string | undefined> {
  const encrypted = await callFunction(
    context.database,
    'read_webhook_secret',
    { target_connection_id: context.connectionId },
    encryptedSecret.nullable(),
  );
  if (encrypted === null) return undefined;
  try {
    return await decryptKey(context.masterKeys, secretPurpose(context.connectionId), {
      encryptedKey: encrypted.encrypted_secret,
      masterKeyId: encrypted.master_key_id,
    });
  } catch (error) {
    // A secret that no master key decrypts is replaced; the old one is accepted until it expires.
    if (error instanceof AppError) return undefined;
    throw error;
  }
}

async function newSecret(context: RegistrationContext, grace: number): Promise<string> {
  const secret = randomBytes(32).toString('base64url');
  const encrypted = await encryptKey(context.masterKeys, secretPurpose(context.connectionId), secret);
  await callFunction(context.database, 'save_webhook_secret', {
    target_connection_id: context.connectionId,
    digest_hex: sha256Hex(secret),
    encrypted: encrypted.encryptedKey,
    key_id: encrypted.masterKeyId,
    grace_seconds: grace,
  }, z.unknown());
  return secret;
}
