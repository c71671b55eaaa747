// The encrypted keys of providers: whose they are, under which master key, and what is wrong with one that does not open.
import { Buffer } from 'node:buffer';
import { describe, expect, it } from 'vitest';
import { decryptKey, encryptKey } from '../../supabase/functions/_shared/connections/encryption.ts';
import { digestUuid, sha256Hex } from '../../supabase/functions/_shared/platform/digest.ts';

const key = (fill: number, length = 32) => Buffer.alloc(length, fill).toString('base64');
const master = { current: 'k1', keys: { k1: key(1) } };
const cannotOpen = (connection: string) => ({
  code: 'INTERNAL',
  message: `The API key of connection "${connection}" cannot be decrypted; save it again`,
});
const isUnknown = (id: string) => ({
  code: 'INTERNAL',
  message: `The master key "${id}" is not in PROVIDER_KEYS_MASTER; add it to the function secrets`,
});

describe('encryptKey and decryptKey', () => {
  it('decrypt what they encrypted, and never encrypt the same text alike', async () => {
    const first = await encryptKey(master, 'connection-1', 'secret-äpi-key');
    const second = await encryptKey(master, 'connection-1', 'secret-äpi-key');
    expect(first.masterKeyId).toBe('k1');
    expect(first.encryptedKey).not.toBe(second.encryptedKey);
    expect(atob(first.encryptedKey)).not.toContain('secret');
    expect(await decryptKey(master, 'connection-1', first)).toBe('secret-äpi-key');
  });

  it('write the nonce, the text and the tag', async () => {
    const { encryptedKey } = await encryptKey(master, 'connection-1', 'twelve bytes');
    expect(Buffer.from(encryptedKey, 'base64')).toHaveLength(12 + 12 + 16);
  });

  it('open what any version encrypted', async () => {
    const stored = {
      encryptedKey: 'y8iTwpTsdk4DHGhJK80avr7yvxwtzL52+iVY9SbjiL1f5SkJ+JYFimTn',
      masterKeyId: 'k1',
    };
    expect(await decryptKey(master, 'connection-1', stored)).toBe('secret-api-key');
  });

  it('do not open for another connection, with another master key, or when any byte was changed', async () => {
    const encrypted = await encryptKey(master, 'connection-1', 'secret-api-key');
    await expect(decryptKey(master, 'connection-2', encrypted)).rejects.toMatchObject(
      cannotOpen('connection-2'),
    );
    await expect(decryptKey({ current: 'k1', keys: { k1: key(2) } }, 'connection-1', encrypted))
      .rejects.toMatchObject(cannotOpen('connection-1'));
    const bytes = Buffer.from(encrypted.encryptedKey, 'base64');
    for (const place of [0, 11, 12, bytes.length - 1]) {
      const changed = Buffer.from(bytes);
      changed[place] = (changed[place] ?? 0) ^ 1;
      await expect(
        decryptKey(master, 'connection-1', { ...encrypted, encryptedKey: changed.toString('base64') }),
      )
        .rejects.toMatchObject({ ...cannotOpen('connection-1'), cause: expect.anything() });
    }
    await expect(decryptKey(master, 'connection-1', { ...encrypted, encryptedKey: '%' }))
      .rejects.toMatchObject(cannotOpen('connection-1'));
  });

  it('open old keys after the master key was rotated', async () => {
    const encrypted = await encryptKey(master, 'c', 'secret');
    const rotated = { current: 'k2', keys: { k1: key(1), k2: key(2) } };
    expect(await decryptKey(rotated, 'c', encrypted)).toBe('secret');
    expect((await encryptKey(rotated, 'c', 'secret')).masterKeyId).toBe('k2');
    await expect(decryptKey({ current: 'k2', keys: { k2: key(2) } }, 'c', encrypted))
      .rejects.toMatchObject(isUnknown('k1'));
  });

  it('say which master key is missing or has another length', async () => {
    await expect(encryptKey(undefined, 'c', 'secret')).rejects.toMatchObject(isUnknown('current'));
    await expect(encryptKey({ current: 'k3', keys: {} }, 'c', 'secret')).rejects.toMatchObject(
      isUnknown('k3'),
    );
    await expect(encryptKey({ current: 'k1', keys: { k1: key(1, 16) } }, 'c', 'secret')).rejects
      .toMatchObject({
        code: 'INTERNAL',
        message: 'The master key "k1" must be 32 bytes in base64',
      });
  });
});

it('a digest is SHA-256, and half of it as a uuid', () => {
  expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  expect(digestUuid('abc')).toBe('ba7816bf-8f01-cfea-4141-40de5dae2223');
});
