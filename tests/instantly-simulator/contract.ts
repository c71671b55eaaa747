import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { ValidateFunction } from 'ajv/dist/2020.js';

type Json = Record<string, unknown>;

interface Parameter {
  name: string;
  in: 'query' | 'path' | 'header';
  required?: boolean;
  schema: Json;
}

interface Operation {
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: Json }> };
  responses: Record<string, { content?: Record<string, { schema: Json }> }>;
}

interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Json> };
}

export interface InstantlyContract {
  /** False: a trimmed contract may have left it out. */
  knows: (method: string, path: string) => boolean;
  /** Every deviation of an answer from the official contract, as readable sentences; empty when it fits. */
  validateResponse: (method: string, path: string, status: number, body: unknown) => string[];
  /** The same for a call; query values are texts (or lists of texts), as they arrive. */
  validateRequest: (method: string, path: string, query: Record<string, unknown>, body: unknown) => string[];
}

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Where the official file is expected: it is not part of the project. */
export const contractFile = (): string =>
  process.env.INSTANTLY_OPENAPI ?? resolve(root, '../shared/reference/instantly-openapi.json');

const documentId = 'https://contract.invalid/openapi';

/** Points references at the registered document, so that any part of it can be compiled alone. */
function absolute(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(absolute);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) =>
      key === '$ref' && typeof part === 'string' && part.startsWith('#')
        ? [key, `${documentId}${part}`]
        : [key, absolute(part)]
    ),
  );
}

/** Some fields may be null by their type but not by their list of values; the type is taken at its word. */
function allowNullInEnums(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  const { type, enum: values } = value as Json;
  if (Array.isArray(type) && type.includes('null') && Array.isArray(values) && !values.includes(null)) {
    values.push(null);
  }
  for (const part of Object.values(value)) allowNullInEnums(part);
}

/**
 * The contract lists only the nine built-in interest numbers, but its own description of the field allows the
 * number of a custom label too, so the closed list is opened.
 */
function openInterestEnum(document: Document): void {
  const properties = document.components.schemas.Lead?.properties as Record<string, Json> | undefined;
  delete properties?.lt_interest_status?.enum;
}

interface Found {
  operation: Operation;
  parameters: Record<string, string>;
}

function createFinder(document: Document) {
  const templates = Object.entries(document.paths).map(([template, operations]) => ({
    segments: template.split('/'),
    fixed: template.split('/').filter((segment) => !segment.startsWith('{')).length,
    operations,
  })).sort((one, other) => other.fixed - one.fixed);
  return (method: string, path: string): Found | undefined => {
    const parts = path.split('/');
    for (const { segments, operations } of templates) {
      if (segments.length !== parts.length) continue;
      const parameters: Record<string, string> = {};
      const fits = segments.every((segment, index) => {
        if (!segment.startsWith('{')) return segment === parts[index];
        parameters[segment.slice(1, -1)] = decodeURIComponent(parts[index] ?? '');
        return true;
      });
      const operation = operations[method.toLowerCase()];
      if (fits && operation !== undefined) return { operation, parameters };
    }
    return undefined;
  };
}

function createValidator(document: Document, options: { coerceTypes?: 'array' }) {
  const ajv = new Ajv2020({ strict: false, allErrors: true, ...options });
  formats.default(ajv);
  ajv.addSchema({ $id: documentId, components: document.components });
  const compiled = new Map<unknown, ValidateFunction>();
  return (where: string, schema: Json, value: unknown): string[] => {
    const validate = compiled.get(schema) ?? ajv.compile(absolute(schema) as Json);
    compiled.set(schema, validate);
    if (validate(value)) return [];
    return (validate.errors ?? []).map((error) => {
      const detail = Object.values(error.params).join(', ');
      return `${where}${error.instancePath} ${error.message ?? 'is invalid'} (${detail})`;
    });
  };
}

/** Reads the official contract; undefined when the file is not there. */
export function loadContract(): InstantlyContract | undefined {
  const file = contractFile();
  if (!existsSync(file)) return undefined;
  const document = JSON.parse(readFileSync(file, 'utf8')) as Document;
  openInterestEnum(document);
  allowNullInEnums(document);
  const find = createFinder(document);
  const checkBody = createValidator(document, {});
  const checkText = createValidator(document, { coerceTypes: 'array' });

  return {
    knows: (method, path) => find(method, path) !== undefined,
    validateResponse: (method, path, status, body) => {
      const found = find(method, path);
      if (found === undefined) return [`${method} ${path} is not in the contract`];
      const answer = found.operation.responses[String(status)];
      if (answer === undefined) return [`${method} ${path} has no documented answer ${status}`];
      const schema = answer.content?.['application/json']?.schema;
      return schema === undefined ? [] : checkBody('body', schema, body);
    },
    validateRequest: (method, path, query, body) => {
      const found = find(method, path);
      if (found === undefined) return [`${method} ${path} is not in the contract`];
      const problems: string[] = [];
      const { parameters = [], requestBody } = found.operation;
      const known = new Set(
        parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name),
      );
      for (const name of Object.keys(query)) {
        if (!known.has(name)) problems.push(`query/${name} is not documented`);
      }
      for (const { name, in: place, required, schema } of parameters) {
        const value = place === 'query' ? query[name] : place === 'path' ? found.parameters[name] : undefined;
        if (value === undefined) {
          if (required === true && place !== 'header') problems.push(`${place}/${name} is required`);
          continue;
        }
        const wrapped = { type: 'object', properties: { [name]: schema } };
        problems.push(...checkText(place, wrapped, { [name]: value }));
      }
      const schema = requestBody?.content['application/json']?.schema;
      if (schema === undefined) {
        if (body !== undefined && body !== null) problems.push('body must be absent');
      } else {problems.push(
          ...checkBody('body', schema, body === undefined && schema.type === 'null' ? null : body),
        );}
      return problems;
    },
  };
}
