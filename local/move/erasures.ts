// People who were erased must not come back in the target either, and no one knows their addresses any more: their hashes move with the
// salt of the source, which is kept in the Vault of the target under the name of the source.
import { Failure } from '../shared/failure.ts';
import { type Project, rowOf, rowsOf } from './project.ts';

const ownSalt = 'erasure_salt';

/** Those of the client, and those of all clients of the source, which concern this one; in the target they concern it alone. */
const concerning = '(e.client_id = $1::uuid or e.client_id is null)';

/** Returns how many erasures came. */
export async function copyErasures(source: Project, target: Project, clientId: string): Promise<number> {
  const used = await rowsOf<{ salt: string; secret: string | null }>(
    source,
    `select distinct e.salt, s.decrypted_secret as secret
     from private.erasures as e left join vault.decrypted_secrets as s on s.name = e.salt
     where ${concerning}`,
    [clientId],
  );
  let copied = 0;
  for (const { salt, secret } of used) {
    if (secret === null) {
      throw new Failure(
        `The Vault of the source lacks "${salt}", so people who were erased would not be recognised; restore it first`,
      );
    }
    const name = await keepSalt(target, salt === ownSalt ? `${ownSalt} of ${source.url}` : salt, secret);
    const found = await rowOf<{ list: unknown[] }>(
      source,
      // One for all clients may come with several of them, each time under an id of its own.
      `select jsonb_agg(to_jsonb(e) || jsonb_build_object(
         'id', case when e.client_id is null then md5(e.id::text || $1::uuid::text)::uuid else e.id end, 'client_id', $1::uuid, 'salt', $3::text
       )) as list
       from private.erasures as e where ${concerning} and e.salt = $2`,
      [clientId, salt, name],
    );
    const { rowCount } = await target.client.query(
      'insert into private.erasures select * from jsonb_populate_recordset(null::private.erasures, $1::jsonb)',
      [JSON.stringify(found?.list)],
    );
    if (rowCount !== found?.list.length) throw new Failure('Not every erasure arrived in the target');
    copied += rowCount ?? 0;
  }
  return copied;
}

/** The name under which the target has this salt; its own, where both projects have the same. */
async function keepSalt(target: Project, name: string, secret: string): Promise<string> {
  const there = await rowsOf<{ name: string; secret: string }>(
    target,
    `select s.name, s.decrypted_secret as secret from vault.decrypted_secrets as s where s.name in ($1, $2)`,
    [ownSalt, name],
  );
  const same = there.find((one) => one.secret === secret);
  if (same) return same.name;
  if (there.some((one) => one.name === name)) {
    throw new Failure(`The Vault of the target has another secret under "${name}"; rename it first`);
  }
  await target.client.query('select vault.create_secret($1, $2, $3)', [
    secret,
    name,
    'Salt of the hashes of people who were erased before their client came from there.',
  ]);
  return name;
}
