import { AppError } from '../platform/errors.ts';
import type { MasterKeys } from '../platform/environment.ts';

export interface EncryptedKey {
  /** base64 of the 12-byte nonce followed by ciphertext and tag. */
  encryptedKey: string;
  masterKeyId: string;
}

function toBytes(base64: string) {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

function toBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

async function importMasterKey(masterKeys: MasterKeys | undefined, id: string): Promise<CryptoKey> {
  const encoded = masterKeys?.keys[id];
  if (!encoded) {
    throw new AppError(
      'INTERNAL',
      `The master key "${id}" is not in PROVIDER_KEYS_MASTER; add it to the function secrets`,
    );
  }
  const bytes = toBytes(encoded);
  if (bytes.byteLength !== 32) {
    throw new AppError('INTERNAL', `The master key "${id}" must be 32 bytes in base64`);
  }
  return await crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
}

/**
 * Encrypts a provider key with AES-256-GCM under the current master key. `connectionId` is authenticated as additional data,
 * so that an encrypted key copied to another connection's row cannot be decrypted there.
 */
export async function encryptKey(
  masterKeys: MasterKeys | undefined,
  connectionId: string,
  key: string,
): Promise<EncryptedKey> {
  const masterKeyId = masterKeys?.current ?? 'current';
  const master = await importMasterKey(masterKeys, masterKeyId);
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const encrypted = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv: nonce, additionalData: new TextEncoder().encode(connectionId) },
    master,
    new TextEncoder().encode(key),
  );
  const bytes = new Uint8Array(nonce.byteLength + encrypted.byteLength);
  bytes.set(nonce);
  bytes.set(new Uint8Array(encrypted), nonce.byteLength);
  return { encryptedKey: toBase64(bytes), masterKeyId };
}

/** Decrypts a provider key; throws INTERNAL when the row was changed or belongs to another connection. */
export async function decryptKey(
  masterKeys: MasterKeys | undefined,
  connectionId: string,
  encrypted: EncryptedKey,
): Promise<string> {
  const master = await importMasterKey(masterKeys, encrypted.masterKeyId);
  try {
    const bytes = toBytes(encrypted.encryptedKey);
    const decrypted = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: bytes.subarray(0, 12), additionalData: new TextEncoder().encode(connectionId) },
      master,
      bytes.subarray(12),
    );
    return new TextDecoder().decode(decrypted);
  } catch (cause) {
    throw new AppError(
      'INTERNAL',
      `The API key of connection "${connectionId}" cannot be decrypted; save it again`,
      { cause },
    );
  }
}
