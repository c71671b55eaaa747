// The platform's check before an edge function: with `verify_jwt` a request needs a valid user token, and the answer to a bad
// one has the platform's codes.
import type { IncomingMessage } from 'node:http';
import { decodeProtectedHeader } from 'jose';
import type { Tokens } from '../auth/tokens.ts';

export interface GateRefusal {
  code: string;
  message: string;
}

/** Undefined when the request may pass. */
export async function checkGate(request: IncomingMessage, tokens: Tokens): Promise<GateRefusal | undefined> {
  if (request.method === 'OPTIONS') return undefined;
  const header = request.headers.authorization;
  if (!header) return { code: 'UNAUTHORIZED_NO_AUTH_HEADER', message: 'Missing authorization header' };
  const [scheme, token, ...more] = header.split(' ');
  // An API key such as sb_publishable_… is not a token.
  if (scheme !== 'Bearer' || !token || more.length > 0 || token.startsWith('sb_')) return invalidFormat;
  let algorithm: string | undefined;
  try {
    algorithm = decodeProtectedHeader(token).alg;
  } catch {
    return invalidFormat;
  }
  if (!algorithm) return invalidFormat;
  // This stack signs only with ES256: there is no shared secret for HS256.
  if (algorithm === 'HS256') return { code: 'UNAUTHORIZED_JWT', message: 'Invalid JWT' };
  if (algorithm !== 'ES256' && algorithm !== 'RS256') {
    return {
      code: 'UNAUTHORIZED_UNSUPPORTED_TOKEN_ALGORITHM',
      message: `Unsupported JWT algorithm ${algorithm}`,
    };
  }
  try {
    await tokens.verify(token);
    return undefined;
  } catch {
    return { code: 'UNAUTHORIZED_ASYMMETRIC_JWT', message: 'Invalid JWT' };
  }
}

const invalidFormat: GateRefusal = { code: 'UNAUTHORIZED_INVALID_JWT_FORMAT', message: 'Invalid JWT format' };
