import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { badRequest } from './errors.ts';
import type { ErrorObject, ValidateFunction } from 'ajv';
import type { JsonObject } from './types.ts';

export type Schema = JsonObject;
type Strictness = 'reject' | 'strip';

function createAjv(options: ConstructorParameters<typeof Ajv>[0]): Ajv {
  const ajv = new Ajv({ strict: false, ...options });
  formats.default(ajv);
  return ajv;
}

// Query values arrive as text and are converted; bodies are not, so an array never slips in as its only element.
const queryAjv = createAjv({ coerceTypes: 'array' });
const bodyAjv = {
  reject: createAjv({}),
  strip: createAjv({ removeAdditional: true }),
};
const compiled = new Map<Ajv, WeakMap<Schema, ValidateFunction>>();

function validator(ajv: Ajv, schema: Schema): ValidateFunction {
  const known = compiled.get(ajv) ?? new WeakMap<Schema, ValidateFunction>();
  compiled.set(ajv, known);
  const found = known.get(schema) ?? ajv.compile(schema);
  known.set(schema, found);
  return found;
}

const describe = (where: string, error: ErrorObject | undefined): string =>
  `${where}${error?.instancePath ?? ''} ${error?.message ?? 'is invalid'}`;

function check(ajv: Ajv, where: string, schema: Schema, value: unknown): void {
  const validate = validator(ajv, schema);
  if (!validate(value)) throw badRequest(describe(where, validate.errors?.[0]));
}

export const checkParameters = (schema: Schema, value: unknown): void =>
  check(queryAjv, 'params', schema, value);
export const checkQuery = (schema: Schema, value: unknown): void =>
  check(queryAjv, 'querystring', schema, value);
export const checkBody = (strictness: Strictness, schema: Schema, value: unknown): void =>
  check(bodyAjv[strictness], 'body', schema, value);

const emailPattern = /^[^\s@<>()[\]\\,;:"]+@[^\s@.]+(\.[^\s@.]+)+$/;
export const isEmail = (value: string): boolean => emailPattern.test(value);
