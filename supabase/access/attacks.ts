// Ways to another tenant's rows, and the test that tries each. A test checks that the tests are there under these names; docs/isolation.md
// prints the list.

export interface Attack {
  what: string;
  /** What happens instead. */
  answer: string;
  /** Where it is tried: a file and the names of its tests, each a part of a title. */
  proof: readonly (readonly [file: string, ...titles: string[]])[];
}

const isolation = 'tests/integration/isolation.test.ts';
const tokens = 'tests/support/isolation-tokens.ts';
const edges = 'tests/support/isolation-edges.ts';
const requests = 'tests/integration/requests.test.ts';
const declared = 'supabase/tests/001_isolation.test.sql';

export const attacks: readonly Attack[] = [
  {
    what: 'Reading every table and view',
    answer: 'own rows, counted against the truth; signed out 401',
    proof: [[isolation, 'shows each person what is theirs and nothing else'], [
      'supabase/tests/003_reading.test.sql',
      'a client cannot see any other row of %s',
      'a user without a membership sees nothing of %s',
    ]],
  },
  {
    what: 'Writing to every table and view, in one’s own name and another’s: insert, upsert, update, delete',
    answer: '403, a view 405; the digest of every table is the same afterwards',
    proof: [[isolation, 'write nothing'], [requests, 'to a view is answered with 405 for everybody']],
  },
  {
    what: 'Moving a row to another tenant, or another’s to oneself, by its `client_id`',
    answer: '403: people have no verb but `select`',
    proof: [[isolation, 'write nothing'], [declared, 'the privileges of public are those declared']],
  },
  {
    what: 'Filters, `or`, order and exact counts that name the other tenant',
    answer: 'no row, and the count of one’s own rows',
    proof: [[isolation, 'nothing more by filter, order or count']],
  },
  {
    what: 'Embedding along every foreign key, in both directions, and from every view',
    answer: 'nothing of the other tenant; a shared workspace is null',
    proof: [[isolation, 'nothing more by embedding']],
  },
  {
    what: 'Counts from the planner’s statistics: `count=planned`, `count=estimated`',
    answer: '400 at every table and view',
    proof: [[edges, 'lets %s write to no table, and count nothing by the planner'], [
      requests,
      'that are %s are refused: they tell of other clients’ rows',
    ]],
  },
  {
    what: 'Query plans: `application/vnd.pgrst.plan`',
    answer: '415',
    proof: [[requests, 'and plans are not shown to anybody']],
  },
  {
    what: 'Regular expressions that run for minutes',
    answer: '400',
    proof: [[requests, 'refuse a regular expression to client and operator']],
  },
  {
    what: 'Selecting, filtering and ordering by a column that is not granted',
    answer: '`42501`, every such column of every table that is partly granted',
    proof: [[declared, 'an operator cannot select, filter or order by']],
  },
  {
    what: 'Naming an object of `private`, or another schema by `Accept-Profile` and `Content-Profile`',
    answer: '404, as if it did not exist; a schema that is not exposed 406',
    proof: [[isolation, 'and table of schema private is out of reach for everybody'], [
      edges,
      '%s, to read, write or call in',
    ]],
  },
  {
    what: 'Calling every function of `worker`',
    answer: '403 for people, signed in or not',
    proof: [[isolation, 'of the Data API is refused to'], [
      declared,
      'a function of worker is executed by the service role',
    ]],
  },
  {
    what:
      'Errors that quote a value: casts of every column that holds one of the other tenant, wrong types, unknown columns, malformed bodies',
    answer:
      'they quote one’s own; no secret and no provider id is in anything that a person was ever answered',
    proof: [[edges, 'that quote a value quote none of another to %s'], [
      isolation,
      'holds no secret, no provider campaign id and no raw payload',
      'holds nothing of the other tenant',
    ]],
  },
  {
    what: 'Aggregates: `count()`, `max()`',
    answer: '400',
    proof: [[edges, 'are given for aggregates, which could count what is hidden']],
  },
  {
    what:
      'Naming something of another tenant in each argument of each SQL function, the others being one’s own',
    answer: 'the same answer as for an id that does not exist, and no table changes',
    proof: [[
      'tests/support/isolation-arguments.ts',
      'is answered to %s as if it did not exist, and changes nothing',
    ]],
  },
  {
    what: 'Calling every edge function, as everybody',
    answer: '401 or 403 where it is not for the caller',
    proof: [[isolation, 'an edge function works for whom it is declared']],
  },
  {
    what: 'Another’s campaign at an edge function',
    answer: '404, the same bytes as for a campaign that does not exist',
    proof: [[isolation, 'treats a foreign campaign for %s as if it did not exist']],
  },
  {
    what: 'An expired token, and one that is not valid yet',
    answer: '401 at every table, view, SQL function and edge function',
    proof: [[tokens, 'that is expired opens no table, view, SQL function or edge function']],
  },
  {
    what:
      'A token with another tenant or role in it, without a signature (`alg: none`), signed with the public key (`HS256`), by another project, or as service role',
    answer: '401',
    proof: [[tokens, 'that is changed, unsigned or signed by somebody else opens none either']],
  },
  {
    what: 'The token of a person who was removed, or moved to another client',
    answer: '403 from the next request on, at the Data API and at functions; the session is not renewed',
    proof: [
      [tokens, 'of a person who was %s opens none'],
      [
        'tests/integration/access.test.ts',
        'does and reads nothing more with the token that it had',
        'reaches neither until it signs in again',
      ],
      ['tests/integration/people-rights.test.ts', 'is out at once', 'whose old token reads nothing'],
    ],
  },
  {
    what: 'Making oneself an operator: by `members`, by one’s metadata, by signing up',
    answer: '403; metadata is not read, sign-up is off',
    proof: [['tests/integration/people-rights.test.ts', 'neither through the tables']],
  },
  {
    what: 'Joining another’s channel of Realtime, or writing to any',
    answer: 'refused; a removed person joins none',
    proof: [[edges, 'lets each person join what is theirs, and broadcast nowhere'], [
      'supabase/tests/050_live_changes.test.sql',
      'cannot to another',
      'a former operator joins nothing',
    ], [
      'tests/integration/people-rights.test.ts',
      'joins no channel of Realtime',
    ]],
  },
];
