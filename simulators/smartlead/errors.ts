import { z } from 'zod';
import type { JsonObject } from '../shared/records.ts';

/** A body that failed a check; whether that is 400 or 422 is not settled. */
export class ValidationError extends Error {}

/** An answer that is not JSON: Express' own 404, Cloudflare's refusal, the bare word `success`. */
export class TextAnswer extends Error {
  constructor(readonly status: number, message: string, readonly contentType = 'text/html; charset=utf-8') {
    super(message);
  }
}

/** Reading something that is not there; the route answers as `behaviour.missing` says. */
export class Missing extends Error {}

const types: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  int: 'a number',
  boolean: 'a boolean',
  array: 'an array',
};

function describe(issue: z.core.$ZodIssue, value: unknown): string {
  const items = 'origin' in issue && issue.origin === 'array';
  switch (issue.code) {
    case 'invalid_type':
      return value === undefined ? 'is required' : `must be ${types[issue.expected] ?? 'of type object'}`;
    case 'invalid_value':
      return `must be one of [${issue.values.join(', ')}]`;
    case 'too_small':
      return items
        ? `must contain at least ${issue.minimum} items`
        : `must be greater than or equal to ${issue.minimum}`;
    case 'too_big':
      return `must ${items ? 'contain' : 'be'} less than or equal to ${issue.maximum}${
        items ? ' items' : ''
      }`;
    case 'unrecognized_keys':
      return 'is not allowed';
    default:
      return issue.message;
  }
}

/** Checks a body or query and refuses it in the words of Joi, which checks at Smartlead. */
export function read<Shape extends z.ZodType>(shape: Shape, source: unknown): z.output<Shape> {
  const result = shape.safeParse(source);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  if (issue === undefined) throw new ValidationError('"value" is invalid');
  const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path;
  const name = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  const value = path.reduce<unknown>((part, key) => (part as JsonObject | undefined)?.[String(key)], source);
  throw new ValidationError(`"${name.slice(1) || 'value'}" ${describe(issue, value)}`);
}

/** Offset and limit of a query, which are text there. */
export const page = (limit: number, max = limit) => ({
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(max).default(limit),
});

const parsesAsDate = (text: string): boolean => !Number.isNaN(Date.parse(text));

export const instant = z.string().refine(parsesAsDate, 'must be a valid date').transform(Date.parse);

export const day = z.string()
  .refine((text) => /^\d{4}-\d{2}-\d{2}$/.test(text) && parsesAsDate(text), 'must be in YYYY-MM-DD format')
  .transform(Date.parse);
