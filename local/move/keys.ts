// Keys and secrets are encrypted with the master key of a project: they are decrypted here and encrypted for the target, in memory only.
import { decryptKey, encryptKey } from '../../supabase/functions/_shared/connections/encryption.ts';
import { crmPurpose, endpointPurpose } from '../../supabase/functions/_shared/connections/reencrypt.ts';
import { secretPurpose } from '../../supabase/functions/_shared/connections/webhook-registration.ts';
import type { MasterKeys } from '../../supabase/functions/_shared/platform/environment.ts';
import { Failure } from '../shared/failure.ts';
import { type Owner, type Plan } from './plan.ts';
import { type Project, rowsOf } from './project.ts';
import { type Encrypted, encrypted } from './tables.ts';

/** What binds a text to its row, as the functions bind it. */
const purposes: Record<string, (id: string) => string> = {
  'private.provider_keys': (id) => id,
  'private.webhook_secrets': secretPurpose,
  'private.outgoing_secrets': endpointPurpose,
  'private.crm_tokens': crmPurpose,
};

interface EncryptedRow {
  id: string;
  key: string[];
  text: string;
  master_key_id: string;
}

async function readEncrypted(
  project: Project,
  plan: Plan,
  one: Encrypted,
  owner: Owner,
): Promise<EncryptedRow[]> {
  const planned = plan.get(one.table)!;
  return await rowsOf<EncryptedRow>(
    project,
    `select t.${one.key[0]}::text as id, array[${one.key.map((name) => `t.${name}::text`).join(', ')}] as key,
       t.${one.text} as text, t.${one.masterKeyId} as master_key_id
     from ${one.table} as t where t.${one.text} is not null and ${planned.owned(owner)} order by 2`,
  );
}

async function decrypt(
  keys: MasterKeys,
  one: Encrypted,
  row: EncryptedRow,
  side: Project['side'],
): Promise<string> {
  try {
    return await decryptKey(keys, purposes[one.table]!(row.id), {
      encryptedKey: row.text,
      masterKeyId: row.master_key_id,
    });
  } catch (error) {
    throw new Failure(
      `A key in ${one.table} cannot be decrypted with the master key of the ${side}; check ${side.toUpperCase()}_PROVIDER_KEYS_MASTER`,
      { cause: error },
    );
  }
}

/** Throws unless everything of the client can be decrypted; returns how many keys and secrets there are. */
export async function requireReadableKeys(source: Project, plan: Plan, owner: Owner): Promise<number> {
  let found = 0;
  for (const one of encrypted) {
    for (const row of await readEncrypted(source, plan, one, owner)) {
      await decrypt(source.masterKeys, one, row, 'source');
      found++;
    }
  }
  return found;
}

/** Throws if the master key given for the target opens none of the keys that the target has. */
export async function requireTargetMasterKey(target: Project): Promise<void> {
  for (const one of encrypted) {
    const [row] = await rowsOf<EncryptedRow>(
      target,
      `select t.${
        one.key[0]
      }::text as id, '{}'::text[] as key, t.${one.text} as text, t.${one.masterKeyId} as master_key_id
       from ${one.table} as t where t.${one.text} is not null limit 1`,
    );
    if (row) await decrypt(target.masterKeys, one, row, 'target');
  }
}

/** Writes what the source has, encrypted for the target, and reads it again. Safe to repeat, with another master key too. */
export async function writeKeys(
  source: Project,
  target: Project,
  plan: Plan,
  owners: { source: Owner; target: Owner },
): Promise<void> {
  for (const one of encrypted) {
    const plain = new Map<string, string>();
    for (const row of await readEncrypted(source, plan, one, owners.source)) {
      const text = await decrypt(source.masterKeys, one, row, 'source');
      const again = await encryptKey(target.masterKeys, purposes[one.table]!(row.id), text);
      const conditions = one.key.map((name, index) => `t.${name}::text = $${index + 3}`).join(' and ');
      const { rowCount } = await target.client.query(
        `update ${one.table} as t set ${one.text} = $1, ${one.masterKeyId} = $2 where ${conditions}`,
        [again.encryptedKey, again.masterKeyId, ...row.key],
      );
      if (rowCount !== 1) throw new Failure(`A row of ${one.table} is missing in the target`);
      plain.set(row.key.join(' '), text);
    }
    const written = await readEncrypted(target, plan, one, owners.target);
    for (const row of written) {
      if (await decrypt(target.masterKeys, one, row, 'target') !== plain.get(row.key.join(' '))) {
        throw new Failure(`A key in ${one.table} did not arrive as it is in the source`);
      }
    }
    if (written.length !== plain.size) throw new Failure(`Not every key in ${one.table} arrived`);
  }
}
