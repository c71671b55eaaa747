import { Buffer } from 'node:buffer';
import { describe, expect, it } from 'vitest';
import { readDatabaseAddress } from '../../local/deploy/backup/connection.ts';
import { Answers, withoutChannelBinding } from '../../local/deploy/backup/pg-dump.ts';
import { statements } from '../../local/deploy/backup/statements.ts';

describe('the statements of a dump', () => {
  it('end at semicolons, not at those in texts, names and comments', () => {
    const sql = `-- It's a comment; really
SET x = 0;

INSERT INTO public."odd;name" (a) VALUES
	('it''s; -- fine
and goes over lines;'),
	('');
SELECT setval('public.s', 1, true);
`;
    expect([...statements(sql)]).toEqual([
      "-- It's a comment; really\nSET x = 0",
      `INSERT INTO public."odd;name" (a) VALUES\n\t('it''s; -- fine\nand goes over lines;'),\n\t('')`,
      "SELECT setval('public.s', 1, true)",
    ]);
  });

  it('are refused when the file ends within a text', () => {
    expect(() => [...statements("INSERT INTO a VALUES ('x")]).toThrow('not complete');
  });
});

describe('the end of an answer', () => {
  const message = (kind: string, body: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeInt32BE(body.length + 4);
    return Buffer.concat([Buffer.from(kind), length, body]);
  };
  const number = (value: number) => {
    const body = Buffer.alloc(4);
    body.writeInt32BE(value);
    return body;
  };

  it('is where the server waits: ready, or asking for a password, in whatever parts it arrives', () => {
    const row = message('D', Buffer.alloc(70_000));
    const ready = message('Z', Buffer.from('I'));
    const answers = new Answers();
    expect(answers.ends(row.subarray(0, 65_536))).toBe(false);
    expect(answers.ends(Buffer.concat([row.subarray(65_536), ready.subarray(0, 3)]))).toBe(false);
    expect(answers.ends(ready.subarray(3))).toBe(true);
    expect(answers.ends(message('R', number(10)))).toBe(true);
    expect(answers.ends(Buffer.concat([message('R', number(12)), message('R', number(0))]))).toBe(false);
  });
});

describe('an offer of mechanisms', () => {
  it('loses the one that needs to see the encryption, and nothing else changes', () => {
    const offer = (list: string) => {
      const body = Buffer.from(`\0\0\0\n${list}\0`, 'latin1');
      const message = Buffer.concat([Buffer.from('R\0\0\0\0', 'latin1'), body]);
      message.writeInt32BE(body.length + 4, 1);
      return message;
    };
    const plain = offer('SCRAM-SHA-256\0');
    expect(withoutChannelBinding(offer('SCRAM-SHA-256-PLUS\0SCRAM-SHA-256\0'))).toEqual(plain);
    expect(withoutChannelBinding(plain)).toBe(plain);
    const row = Buffer.from('D\0\0\0\x17SCRAM-SHA-256-PLUS\0', 'latin1');
    expect(withoutChannelBinding(row)).toBe(row);
  });
});

describe('the address of a database', () => {
  it('beyond this machine needs the certificate of its server', () => {
    expect(() => readDatabaseAddress({})).toThrow('Set SUPABASE_DB_URL');
    expect(() => readDatabaseAddress({ SUPABASE_DB_URL: 'postgresql://postgres:x@db.example.com/postgres' }))
      .toThrow(
        'Set SUPABASE_DB_CA',
      );
    expect(
      readDatabaseAddress({
        SUPABASE_DB_URL: 'postgresql://postgres:x@127.0.0.1:1/postgres?sslmode=disable',
      }),
    )
      .toMatchObject({ ca: undefined });
  });
});
