import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import { allowedTimeZones } from '../../supabase/functions/_shared/providers/instantly/time-zone.ts';
import { badRequest } from './errors.ts';
import type { JsonObject } from '../shared/records.ts';

// Instantly checks with Ajv and answers in its words, so the same is done here. The schemas are written by hand from the
// public contract.

export type Schema = JsonObject;

/** A check that throws in the words of the real service. */
function createCheck(options: ConstructorParameters<typeof Ajv>[0]) {
  const ajv = new Ajv({ strict: false, ...options });
  formats.default(ajv);
  const compiled = new WeakMap<Schema, ValidateFunction>();
  return (where: string, schema: Schema, value: unknown): void => {
    const validate = compiled.get(schema) ?? ajv.compile(schema);
    compiled.set(schema, validate);
    if (validate(value)) return;
    const [error] = validate.errors ?? [];
    throw badRequest(`${where}${error?.instancePath ?? ''} ${error?.message ?? 'is invalid'}`);
  };
}

// Query values arrive as text and are converted; bodies are not, so an array never slips in as its only element.
export const checkText = createCheck({ coerceTypes: 'array' });
export const checkBody = createCheck({});

export const text: Schema = { type: 'string' };
export const number: Schema = { type: 'number' };
export const flag: Schema = { type: 'boolean' };
export const uuid: Schema = { type: 'string', format: 'uuid' };
export const date: Schema = { type: 'string', format: 'date' };
export const email: Schema = { type: 'string', format: 'email' };
export const nullable = (schema: Schema): Schema => ({ ...schema, type: [schema.type, 'null'].flat() });
export const listOf = (items: Schema, more: Schema = {}): Schema => ({ type: 'array', items, ...more });
export const oneOf = (...values: Array<string | number>): Schema => ({
  type: typeof values[0],
  enum: values,
});

type Properties = Record<string, Schema>;
export const object = (properties: Properties, required: string[] = []): Schema => ({
  type: 'object',
  properties,
  required,
});
export const strict = (properties: Properties, required: string[] = []): Schema => ({
  ...object(properties, required),
  additionalProperties: false,
});
/** The same schema for several properties, named in one text. */
export const each = (names: string, schema: Schema): Properties =>
  Object.fromEntries(names.split(/\s+/).map((name) => [name, schema]));

const emailPattern = /^[^\s@<>()[\]\\,;:"]+@[^\s@.]+(\.[^\s@.]+)+$/;
export const isEmail = (value: string): boolean => emailPattern.test(value);

export const paging = { limit: { type: 'integer', minimum: 1, maximum: 100 }, starting_after: text };
const clock: Schema = { type: 'string', pattern: '^([01][0-9]|2[0-3]):([0-5][0-9])$' };

export const campaignSchedule = object({
  ...each('start_date end_date', nullable(date)),
  schedules: listOf(
    object({
      name: text,
      timing: object(each('from to', clock), ['from', 'to']),
      days: { ...object(each('0 1 2 3 4 5 6', flag)), minProperties: 1 },
      timezone: { type: 'string', enum: allowedTimeZones },
    }, ['name', 'timing', 'days', 'timezone']),
    { minItems: 1 },
  ),
}, ['schedules']);

export const sequenceStep = object({
  type: oneOf('email'),
  ...each('delay pre_delay', number),
  ...each('delay_unit pre_delay_unit', oneOf('minutes', 'hours', 'days')),
  variants: listOf(object({ subject: text, body: text, v_disabled: flag }, ['subject', 'body'])),
}, ['type', 'delay', 'variants']);
