import { ApiError } from '../shared/api.ts';

export const badRequest = (message: string): ApiError => new ApiError(400, message);

/** What the path or the body names, if it is there. */
export function found<Thing>(thing: Thing | undefined): Thing {
  if (thing === undefined) throw new ApiError(404, 'Resource not found');
  return thing;
}
