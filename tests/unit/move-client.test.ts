// The command line of a move: what it takes, and that it repeats no secret.
import { describe, expect, it } from 'vitest';
import { explained, readAccess, readMoveRequest } from '../../local/cli/move-client.ts';
import { Failure } from '../../local/shared/failure.ts';

const target = 'https://abc.supabase.co';
const masterKeys = '{"current":"k1","keys":{"k1":"c2VjcmV0"}}';
const answers = (databaseUrl: string, keys = masterKeys) => (name: string) =>
  Promise.resolve(name.endsWith('_DB_URL') ? databaseUrl : keys);

describe('npm run move-client', () => {
  it('reads client, target and what is to be done', () => {
    expect(readMoveRequest(['Lakeside', target])).toEqual({
      client: 'Lakeside',
      target,
      action: 'move',
      isDryRun: false,
    });
    expect(readMoveRequest(['Lakeside', '--finish', target, '--dry-run'])).toMatchObject({
      action: 'finish',
      isDryRun: true,
    });
    expect(readMoveRequest(['Lakeside', target, '--cancel']).action).toBe('cancel');
  });

  it('refuses anything else with how it is called', () => {
    for (
      const wrong of [
        [],
        ['Lakeside'],
        ['Lakeside', 'abc'],
        ['Lakeside', target, 'more'],
        ['Lakeside', target, '--now'],
        ['Lakeside', target, '--finish', '--cancel'],
      ]
    ) {
      expect(() => readMoveRequest(wrong)).toThrow('npm run move-client');
    }
  });

  it('takes a session of its own for each project, and the master keys of both', async () => {
    const url = 'postgresql://postgres:hunter2@db.test:5432/postgres';
    expect(await readAccess('SOURCE', answers(url))).toEqual({
      databaseUrl: url,
      masterKeys: { current: 'k1', keys: { k1: 'c2VjcmV0' } },
    });
    for (
      const [wrong, keys, sentence] of [
        ['https://hunter2.test', masterKeys, 'TARGET_DB_URL is no connection string'],
        ['postgresql://postgres:hunter2@db.test:6543/postgres', masterKeys, 'transaction pooler'],
        [url, 'hunter2', 'TARGET_PROVIDER_KEYS_MASTER is not the value'],
        [url, '{"current":"k2","keys":{"k1":"hunter2"}}', 'TARGET_PROVIDER_KEYS_MASTER is not the value'],
      ] as const
    ) {
      const refused = await readAccess('TARGET', answers(wrong, keys)).then(String, String);
      expect(refused).toContain(sentence);
      expect(refused).not.toContain('hunter2');
    }
  });

  it('shows the sentence of a database, never the row', () => {
    const broken = Object.assign(new Error('duplicate key'), {
      code: '23505',
      detail: 'Key (email)=(ina@mill.test)',
    });
    expect(String(explained(broken))).toBe(
      'Failure: The move stopped: duplicate key; run the command again, it continues',
    );
    const refused = Object.assign(new Error('VALIDATION_FAILED'), {
      code: 'PT409',
      detail: 'It cannot leave',
    });
    expect(String(explained(refused))).toBe('Failure: It cannot leave');
    const own = new Failure('No client');
    expect(explained(own)).toBe(own);
  });
});
