import { ValidationError } from './errors.ts';
import type { JsonObject } from './types.ts';

export type FieldType = 'string' | 'number' | 'boolean' | 'array' | 'object' | 'any';

export interface Field {
  type: FieldType;
  required?: boolean;
  nullable?: boolean;
  oneOf?: readonly string[];
}

export type Shape = Readonly<Record<string, Field>>;

const a = {
  string: 'a string',
  number: 'a number',
  boolean: 'a boolean',
  array: 'an array',
  object: 'of type object',
};

function typeOf(value: unknown): FieldType | 'null' {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  const type = typeof value;
  return type === 'string' || type === 'number' || type === 'boolean' ? type : 'object';
}

const refuse = (name: string, what: string): never => {
  throw new ValidationError(`"${name}" ${what}`);
};

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Checks a body the way Joi does, in Joi's words; a key that nobody asked for is refused. */
export function check(value: unknown, shape: Shape, path = ''): JsonObject {
  const object = isObject(value) ? value : refuse(path || 'value', 'must be of type object');
  const prefix = path === '' ? '' : `${path}.`;
  for (const [name, field] of Object.entries(shape)) {
    const given = object[name];
    const full = `${prefix}${name}`;
    if (given === undefined) {
      if (field.required === true) refuse(full, 'is required');
      continue;
    }
    if (given === null && field.nullable === true) continue;
    if (field.type !== 'any' && typeOf(given) !== field.type) refuse(full, `must be ${a[field.type]}`);
    if (field.oneOf !== undefined && !field.oneOf.includes(String(given))) {
      refuse(full, `must be one of [${field.oneOf.join(', ')}]`);
    }
  }
  for (const name of Object.keys(object)) if (!(name in shape)) refuse(`${prefix}${name}`, 'is not allowed');
  return object;
}

/** A number of the query, which is text there; absent is the default. */
export function numberOf(
  query: JsonObject,
  name: string,
  fallback: number,
  range: { min?: number; max?: number } = {},
): number {
  const text = query[name];
  if (text === undefined || text === '') return fallback;
  const value = Number(text);
  if (!Number.isInteger(value)) return refuse(name, 'must be a number');
  if (range.min !== undefined && value < range.min) {
    return refuse(name, `must be greater than or equal to ${range.min}`);
  }
  if (range.max !== undefined && value > range.max) {
    return refuse(name, `must be less than or equal to ${range.max}`);
  }
  return value;
}

export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** An instant of the query or body, in milliseconds. */
export function instantOf(source: JsonObject, name: string): number | undefined {
  const text = textOf(source[name]);
  if (text === undefined) return undefined;
  const instant = Date.parse(text);
  return Number.isNaN(instant) ? refuse(name, 'must be a valid date') : instant;
}

/** A required calendar day of the query, at UTC midnight. */
export function dayOf(query: JsonObject, name: string): number {
  const text = textOf(query[name]);
  if (text === undefined) return refuse(name, 'is required');
  const instant = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(instant) ? refuse(name, 'must be in YYYY-MM-DD format') : instant;
}

const address = /^[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;.]{2,}$/;
export const isEmail = (text: string): boolean => address.test(text);
