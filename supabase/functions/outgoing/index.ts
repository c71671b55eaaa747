/**
 * POST /outgoing { action, … }: adds, changes, tests and replays endpoints, for operators and secret keys; sends what is due, for
 * pg_cron and the database with the secret key named "cron".
 */
import { lookup } from 'node:dns/promises';
import { createOutgoing } from '../_shared/outgoing/handle-outgoing.ts';
import { createSignedInFunction } from '../_shared/platform/signed-in-function.ts';

const resolve = async (host: string) => (await lookup(host, { all: true })).map(({ address }) => address);

export default { fetch: createSignedInFunction(createOutgoing(resolve)) };
