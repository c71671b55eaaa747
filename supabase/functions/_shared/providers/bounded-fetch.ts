import { bookProviderCall } from '../platform/processor-time.ts';
import { ProviderError, type ProviderName } from './provider.ts';

/** Bytes. Far above any page of either provider. */
export const maxAnswerBytes = 16 * 1024 * 1024;

/**
 * A fetch that does not trust a provider's answer: it follows no redirect (the key travels in headers and URLs) and reads at
 * most `limit` bytes of the body, whatever Content-Length says. Both throw ProviderError `unexpected_answer`.
 */
export function boundedFetch(
  provider: ProviderName,
  title: string,
  inner: typeof fetch,
  limit: number = maxAnswerBytes,
): typeof fetch {
  const refuse = (what: string, status: number) =>
    new ProviderError('unexpected_answer', `${title} ${what}`, { provider, status });
  return async (input, init) => {
    const response = await inner(input, { ...init, redirect: 'manual' });
    if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)) {
      await response.body?.cancel();
      throw refuse('answered with a redirect to another address, which is not followed', response.status);
    }
    if (response.body === null) return response;
    const chunks: Uint8Array[] = [];
    let size = 0;
    const reader = response.body.getReader();
    while (true) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.byteLength;
      if (size > limit) {
        await reader.cancel();
        throw refuse(`answered with more than ${limit} bytes`, response.status);
      }
      chunks.push(value);
    }
    const bytes = new Uint8Array(size);
    let offset = 0;
    for (const chunk of chunks) {
      bytes.set(chunk, offset);
      offset += chunk.byteLength;
    }
    bookProviderCall(size);
    const { status, statusText, headers } = response;
    return new Response(bytes, { status, statusText, headers });
  };
}
