import { z } from 'zod';
import { AppError, describeError, toAppError } from './errors.ts';

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
  return jsonResponse(body, known.status);
}

/** The answer to a request that failed before its body was read, or after. */
export async function refuse(request: Request, error: unknown): Promise<Response> {
  await forgetBody(request);
  return errorResponse(error);
}

export function requireMethod(request: Request, method: string): void {
  if (request.method !== method) {
    throw new AppError('METHOD_NOT_ALLOWED', `This function takes ${method}, not ${request.method}`);
  }
}

/** The encodings of a body that we read; `br` is not among them, because the runtime has no decoder for it. */
const encodings: ReadonlyMap<string, CompressionFormat> = new Map([
  ['gzip', 'gzip'],
  ['x-gzip', 'gzip'],
  ['deflate', 'deflate'],
]);

const tooLarge = (limit: number) =>
  new AppError('PAYLOAD_TOO_LARGE', `The body is larger than ${limit} bytes; send it in smaller parts`);

/**
 * Reads a body of at most `limit` bytes, unpacked if need be. A declared length is checked before reading (the server
 * takes no more than was declared); a body without one is counted while reading. With `patience` it has to be there within
 * so many milliseconds.
 */
export async function readText(request: Request, limit: number, patience?: number): Promise<string> {
  const declared = Number(request.headers.get('content-length') ?? '');
  if (declared > limit) throw tooLarge(limit);
  const encoding = request.headers.get('content-encoding')?.trim().toLowerCase() || 'identity';
  if (encoding !== 'identity') return await unpack(request, encoding, limit, patience);
  // The usual delivery declares its small length: one read, no chunk handling.
  if (declared > 0 && patience === undefined) return await request.text();
  if (!request.body) return '';
  return new TextDecoder().decode(await readBytes(request.body, limit, patience));
}

async function unpack(
  request: Request,
  encoding: string,
  limit: number,
  patience?: number,
): Promise<string> {
  const format = encodings.get(encoding);
  if (format === undefined) {
    throw new AppError(
      'UNSUPPORTED_MEDIA_TYPE',
      `A body in the encoding "${encoding.slice(0, 50)}" is not read; send it plain, or as gzip or deflate`,
    );
  }
  // The packed bytes first: whatever becomes of them, the sender is done and waits for the answer.
  const packed = request.body ? await readBytes(request.body, limit, patience) : new Uint8Array();
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
  patience?: number,
) {
  const chunks: Uint8Array[] = [];
  let size = 0;
  let isLate = false;
  const reader = body.getReader();
  const timer = patience === undefined ? undefined : setTimeout(() => {
    isLate = true;
    void reader.cancel();
  }, patience);
  try {
    while (true) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.byteLength;
      if (size > limit) {
        await forget(reader);
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

/** So much of a body that nobody wants is read and forgotten, so long, in milliseconds. */
const maxForgotten = 16 * 1024 * 1024;
const maxForgetting = 2_000;
/** Large bodies are forgotten one after the other: while they queue, the network holds their senders back. */
const largeToForget = 64 * 1024;
let forgetting: Promise<void> = Promise.resolve();

/**
 * Reads and forgets what nobody has read of a body: a connection that is closed on a sender in the middle of its body
 * shows it a broken pipe instead of our answer. Nothing is kept, however much comes.
 */
export async function forgetBody(request: Request): Promise<void> {
  if (!request.body || request.bodyUsed) return;
  const reader = request.body.getReader();
  const declared = Number(request.headers.get('content-length') ?? '');
  if (declared > 0 && declared <= largeToForget) return await forget(reader);
  forgetting = forgetting.then(() => forget(reader));
  await forgetting;
}

async function forget(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  let forgotten = 0;
  const timer = setTimeout(() => void reader.cancel().catch(() => undefined), maxForgetting);
  try {
    while (forgotten < maxForgotten) {
      const { done, value } = await reader.read();
      if (done) return;
      forgotten += value.byteLength;
    }
    await reader.cancel();
  } catch {
    // The sender is gone; there is nobody left to spare.
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

/** A request body checked against a schema; what does not fit is named field by field. */
export async function readBody<T>(request: Request, schema: z.ZodType<T>, limit = 64 * 1024): Promise<T> {
  const text = await readText(request, limit);
  const parsed = schema.safeParse(text.trim() === '' ? {} : parseJson(text));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`);
  throw new AppError('VALIDATION_FAILED', `The body does not fit: ${problems.join('; ')}`, {
    details: problems,
  });
}
