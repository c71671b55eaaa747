const names: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  402: 'Payment Required',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  413: 'Payload Too Large',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

/** An answer with the flat error body that every Instantly endpoint uses. */
export class ApiError extends Error {
  constructor(readonly status: number, message: string) {
    super(message);
    this.name = 'ApiError';
  }

  get body() {
    return { statusCode: this.status, error: names[this.status] ?? 'Error', message: this.message };
  }
}

export const badRequest = (message: string): ApiError => new ApiError(400, message);
export const notFound = (): ApiError => new ApiError(404, 'Resource not found');
