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

export function requireMethod(request: Request, method: string): void {
  if (request.method !== method) {
    throw new AppError('METHOD_NOT_ALLOWED', `This function takes ${method}, not ${request.method}`);
  }
}

/**
 * Reads a body of at most `limit` bytes. A declared length is checked before reading (the server takes no more than was
 * declared); a body without one is counted while reading.
 */
export async function readText(request: Request, limit: number): Promise<string> {
  const tooLarge = () =>
    new AppError('PAYLOAD_TOO_LARGE', `The body is larger than ${limit} bytes; send it in smaller parts`);
  const declared = Number(request.headers.get('content-length') ?? '');
  if (declared > limit) {
    await discard(request);
    throw tooLarge();
  }
  // The usual delivery declares its small length: one read, no chunk handling.
  if (declared > 0) return await request.text();
  if (!request.body) return '';

  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body.getReader();
  while (true) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > limit) {
      reader.releaseLock();
      await discard(request);
      throw tooLarge();
    }
    chunks.push(value);
  }
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return new TextDecoder().decode(bytes);
}

/**
 * Reads and forgets the rest of a body that is too large, up to 16 MB: a connection that is closed on a sender in the
 * middle of its body shows it a broken pipe instead of our answer.
 */
async function discard(request: Request): Promise<void> {
  const reader = request.body?.getReader();
  if (!reader) return;
  let discarded = 0;
  while (discarded < 16 * 1024 * 1024) {
    const { done, value } = await reader.read();
    if (done) return;
    discarded += value.byteLength;
  }
  await reader.cancel();
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
