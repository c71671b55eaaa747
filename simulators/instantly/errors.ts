import { STATUS_CODES } from 'node:http';

/** An answer with the flat error body that every Instantly endpoint uses. */
export class ApiError extends Error {
  constructor(readonly status: number, message: string) {
    super(message);
    this.name = 'ApiError';
  }

  get body() {
    return { statusCode: this.status, error: STATUS_CODES[this.status] ?? 'Error', message: this.message };
  }
}

export const badRequest = (message: string): ApiError => new ApiError(400, message);
export const notFound = (): ApiError => new ApiError(404, 'Resource not found');
