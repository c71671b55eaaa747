/** The stable codes that a caller may branch on; docs/api.md lists them with their causes. */
export type ErrorCode =
  | 'INSTANTLY_API_KEY_MISSING'
  | 'INSTANTLY_API_KEY_INVALID'
  | 'SMARTLEAD_API_KEY_MISSING'
  | 'SMARTLEAD_API_KEY_INVALID'
  | 'CAMPAIGN_NOT_COMPLETED'
  | 'NO_VERIFIED_LEADS'
  | 'APPROVAL_MISSING'
  | 'CONFIRMATION_NEEDED'
  | 'RATE_LIMIT_EXCEEDED'
  | 'PLAN_LIMIT_REACHED'
  | 'EXPORT_TIMEOUT'
  | 'INVALID_SIGNATURE'
  | 'PASSWORD_REQUIRED'
  | 'WRONG_PASSWORD'
  | 'CAMPAIGN_NOT_FOUND'
  | 'SYNC_FAILED'
  | 'API_UNAVAILABLE'
  | 'VALIDATION_FAILED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'METHOD_NOT_ALLOWED'
  | 'REQUEST_TIMEOUT'
  | 'PAYLOAD_TOO_LARGE'
  | 'UNSUPPORTED_MEDIA_TYPE'
  | 'INTERNAL';

const statusOf: Record<ErrorCode, number> = {
  INSTANTLY_API_KEY_MISSING: 409,
  INSTANTLY_API_KEY_INVALID: 409,
  SMARTLEAD_API_KEY_MISSING: 409,
  SMARTLEAD_API_KEY_INVALID: 409,
  CAMPAIGN_NOT_COMPLETED: 409,
  NO_VERIFIED_LEADS: 409,
  APPROVAL_MISSING: 409,
  CONFIRMATION_NEEDED: 409,
  RATE_LIMIT_EXCEEDED: 429,
  PLAN_LIMIT_REACHED: 409,
  EXPORT_TIMEOUT: 504,
  INVALID_SIGNATURE: 401,
  PASSWORD_REQUIRED: 401,
  WRONG_PASSWORD: 401,
  CAMPAIGN_NOT_FOUND: 404,
  SYNC_FAILED: 500,
  API_UNAVAILABLE: 502,
  VALIDATION_FAILED: 400,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  REQUEST_TIMEOUT: 408,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  INTERNAL: 500,
};

/** An error that callers may see: its message says the state and what to do, and never holds a secret. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly status: number;
  readonly details: unknown;

  constructor(code: ErrorCode, message: string, options: { details?: unknown; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.status = statusOf[code];
    this.details = options.details;
  }
}

/** RATE_LIMIT_EXCEEDED with the seconds to wait, which the answer has in Retry-After too. */
export class TooManyRequests extends AppError {
  readonly seconds: number;

  constructor(message: string, seconds: number) {
    super('RATE_LIMIT_EXCEEDED', message, { details: { retry_after: seconds } });
    this.seconds = seconds;
  }
}

export function isErrorCode(value: string): value is ErrorCode {
  return Object.hasOwn(statusOf, value);
}

/** Any thrown value as an AppError; an unknown one becomes INTERNAL, with its cause only for the log. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  return new AppError(
    'INTERNAL',
    'Something went wrong on our side; try again, and see the function log if it persists',
    {
      cause: error,
    },
  );
}

/** One line for the log: the error and its causes, without stack or payload. */
export function describeError(error: unknown): string {
  const parts: string[] = [];
  let current: unknown = error;
  while (current instanceof Error && parts.length < 5) {
    parts.push(`${current.name}: ${current.message}`);
    current = current.cause;
  }
  if (parts.length === 0) parts.push(String(error));
  return parts.join(' ← ');
}
