import { lookup } from 'node:dns/promises';
import type { ResolveHost } from './public-address.ts';

/** As the runtime's own fetch resolves it. */
export const resolveHost: ResolveHost = async (host) =>
  (await lookup(host, { all: true })).map(({ address }) => address);
