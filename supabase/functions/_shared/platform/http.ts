import { z } from 'zod';
import { AppError, describeError, toAppError, TooManyRequests } from './errors.ts';
import { isTooDeep, mayHoldOddCharacters, tooDeep, withoutOddCharacters } from './odd-characters.ts';

export function jsonResponse(body: unknown, status = 200): Response {
  return Response.json(body, { status });
}

/** `{ "error": { "code", "message", "details?" } }` with the status of the code; the cause goes to the log. */
export function errorResponse(error: unknown): Response {
  const known = toAppError(error);
  if (known.status >= 500) console.error(JSON.stringify({ code: known.code, error: describeError(known) }));
  const body = {
    error: {
      code: known.code,
      message: known.message,
      ...(known.details === undefined ? {} : { details: known.details }),
    },
  };
  const response = jsonResponse(body, known.status);
  if (known instanceof TooManyRequests) response.headers.set('retry-after', String(known.seconds));
  return response;
}

/** The error response, sent after discarding any unread part of the body. */
export async function refuse(request: Request, error: unknown): Promise<Response> {
  await discardBody(request);
  return errorResponse(error);
}

export function requireMethod(request: Request, method: string): void {
  if (request.method !== method) {
    throw new AppError('METHOD_NOT_ALLOWED', `This function accepts ${method}, not ${request.method}`);
  }
}

/** Supported content encodings; not `br`, because the runtime has no decoder for it. */
const encodings: ReadonlyMap<string, CompressionFormat> = new Map([
  ['gzip', 'gzip'],
  ['x-gzip', 'gzip'],
  ['deflate', 'deflate'],
]);

const tooLarge = (limit: number) =>
  new AppError('PAYLOAD_TOO_LARGE', `The body is larger than ${limit} bytes; send it in smaller parts`);

/**
 * Reads a body of at most `limit` bytes, decompressed if necessary. A declared length is checked before reading (the server
 * reads no more than that); a body without one is counted while reading. `timeout` is in milliseconds. Throws
 * PAYLOAD_TOO_LARGE, REQUEST_TIMEOUT or VALIDATION_FAILED.
 */
export async function readText(request: Request, limit: number, timeout?: number): Promise<string> {
  const declared = Number(request.headers.get('content-length') ?? '');
  if (declared > limit) throw tooLarge(limit);
  const encoding = request.headers.get('content-encoding')?.trim().toLowerCase() || 'identity';
  if (encoding !== 'identity') return await unpack(request, encoding, limit, timeout);
  // The common case declares a small length: one read, no chunk handling.
  if (declared > 0 && timeout === undefined) return await request.text();
  if (!request.body) return '';
  return new TextDecoder().decode(await readBytes(request.body, limit, timeout));
}

async function unpack(
  request: Request,
  encoding: string,
  limit: number,
  timeout?: number,
): Promise<string> {
  const format = encodings.get(encoding);
  if (format === undefined) {
    throw new AppError(
      'UNSUPPORTED_MEDIA_TYPE',
      `A body in the encoding "${encoding.slice(0, 50)}" is not read; send it plain, or as gzip or deflate`,
    );
  }
  // Reads all compressed bytes first, so that the sender is done before any error is answered.
  const packed = request.body ? await readBytes(request.body, limit, timeout) : new Uint8Array();
  try {
    return new TextDecoder().decode(
      await readBytes(new Blob([packed]).stream().pipeThrough(new DecompressionStream(format)), limit),
    );
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('VALIDATION_FAILED', `The body is not what its encoding "${encoding}" says`, {
      cause: error,
    });
  }
}

async function readBytes(
  body: ReadableStream<Uint8Array>,
  limit: number,
  timeout?: number,
) {
  const chunks: Uint8Array[] = [];
  let size = 0;
  let isLate = false;
  const reader = body.getReader();
  const timer = timeout === undefined ? undefined : setTimeout(() => {
    isLate = true;
    void reader.cancel();
  }, timeout);
  try {
    while (true) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.byteLength;
      if (size > limit) {
        await discard(reader);
        throw tooLarge(limit);
      }
      chunks.push(value);
    }
  } finally {
    clearTimeout(timer);
  }
  if (isLate) throw new AppError('REQUEST_TIMEOUT', 'The body took too long to arrive; send it again');
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}

/** Bytes of an unwanted body that are read and discarded, and for how many milliseconds. */
const maxDiscardedBytes = 16 * 1024 * 1024;
const maxDiscardTime = 2_000;
/** Larger bodies are discarded one at a time: while they queue, TCP slows their senders down. */
const largeBody = 64 * 1024;
let discarding: Promise<void> = Promise.resolve();

/**
 * Reads and discards the unread rest of a body: closing the connection in the middle of a body would show the sender a
 * broken pipe instead of our answer.
 */
export async function discardBody(request: Request): Promise<void> {
  if (!request.body || request.bodyUsed) return;
  const reader = request.body.getReader();
  const declared = Number(request.headers.get('content-length') ?? '');
  if (declared > 0 && declared <= largeBody) return await discard(reader);
  discarding = discarding.then(() => discard(reader));
  await discarding;
}

async function discard(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  let discarded = 0;
  const timer = setTimeout(() => void reader.cancel().catch(() => undefined), maxDiscardTime);
  try {
    while (discarded < maxDiscardedBytes) {
      const { done, value } = await reader.read();
      if (done) return;
      discarded += value.byteLength;
    }
    await reader.cancel();
  } catch {
    // The sender is gone.
  } finally {
    clearTimeout(timer);
  }
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new AppError('VALIDATION_FAILED', 'The body is not JSON; send one JSON document');
  }
}

/** The body as the database can hold it, whatever its texts contain. */
function readJson(text: string): unknown {
  if (text.trim() === '') return {};
  const value = parseJson(text);
  if (isTooDeep(value)) throw new AppError('VALIDATION_FAILED', `${tooDeep}; send it flatter`);
  return mayHoldOddCharacters(text) ? withoutOddCharacters(value) : value;
}

/** A request body validated against a schema; throws VALIDATION_FAILED naming each wrong field. */
export async function readBody<T>(request: Request, schema: z.ZodType<T>, limit = 64 * 1024): Promise<T> {
  const text = await readText(request, limit);
  const parsed = schema.safeParse(readJson(text));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`);
  throw new AppError('VALIDATION_FAILED', `The body is invalid: ${problems.join('; ')}`, {
    details: problems,
  });
}
