// Limits how many user requests the Data API processes at once. Parsing a request with hundreds of filters costs PostgREST
// nearly a second of processor time before the database can refuse it (private.request_places), so the gateway allows each
// party only its share. The others wait here, where they cost nothing.
import { Buffer } from 'node:buffer';

export interface Turns {
  /** Resolves with the function that releases the turn, or undefined when none was free in time. */
  take(party: string, isGone?: () => boolean): Promise<(() => void) | undefined>;
}

export interface TurnLimits {
  everybody: number;
  oneParty: number;
  /** Milliseconds. */
  timeout: number;
}

/** As private.request_places. */
export const usualTurns: TurnLimits = { everybody: 12, oneParty: 6, timeout: 10_000 };

export function createTurns(limits: TurnLimits = usualTurns): Turns {
  interface Waiting {
    party: string;
    isGone: () => boolean;
    begin: (giveBack: (() => void) | undefined) => void;
  }
  const inWork = new Map<string, number>();
  let all = 0;
  const waiting = new Set<Waiting>();

  const mayBegin = (party: string) => all < limits.everybody && (inWork.get(party) ?? 0) < limits.oneParty;
  const begin = (party: string): () => void => {
    all++;
    inWork.set(party, (inWork.get(party) ?? 0) + 1);
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      all--;
      const left = (inWork.get(party) ?? 1) - 1;
      if (left === 0) inWork.delete(party);
      else inWork.set(party, left);
      next();
    };
  };
  const next = (): void => {
    for (const one of waiting) {
      if (all >= limits.everybody) return;
      if (one.isGone()) waiting.delete(one);
      else if (mayBegin(one.party)) {
        waiting.delete(one);
        one.begin(begin(one.party));
      }
    }
  };

  return {
    take: (party, isGone = () => false) => {
      if (mayBegin(party)) return Promise.resolve(begin(party));
      return new Promise((resolve) => {
        const one: Waiting = {
          party,
          isGone,
          begin: (giveBack) => {
            clearTimeout(timer);
            resolve(giveBack);
          },
        };
        const timer = setTimeout(() => {
          waiting.delete(one);
          resolve(undefined);
        }, limits.timeout);
        waiting.add(one);
      });
    },
  };
}

/** Whose share a request counts against; undefined for the service role. PostgREST verifies the token afterwards. */
export function partyOf(authorization: string): string | undefined {
  const payload = /^bearer\s+[^.\s]+\.([^.\s]+)\./i.exec(authorization)?.[1];
  if (payload === undefined) return 'nobody';
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString());
    if (typeof claims !== 'object' || claims === null) return 'nobody';
    const { role, client_id: client, sub } = claims as Record<string, unknown>;
    if (role === 'service_role') return undefined;
    return typeof client === 'string' ? client : typeof sub === 'string' ? sub : 'nobody';
  } catch {
    return 'nobody';
  }
}
