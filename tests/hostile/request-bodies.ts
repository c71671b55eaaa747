// Bodies made from the functions' own schemas: right in shape, with hostile contents, so that they get past the first check.
import fc from 'fast-check';
import { z } from 'zod';
import { requestBody as agency } from '../../supabase/functions/_shared/agency/handle-agency.ts';
import { requestBody as campaign } from '../../supabase/functions/_shared/campaigns/handle-campaign.ts';
import { clientReportRequest } from '../../supabase/functions/_shared/client-reports/handle-client-report.ts';
import { requestBody as sharedReport } from '../../supabase/functions/_shared/client-reports/handle-shared-report.ts';
import { connectionRequest } from '../../supabase/functions/_shared/connections/request.ts';
import { crmRequest } from '../../supabase/functions/_shared/crm/request.ts';
import { requestBody as exported } from '../../supabase/functions/_shared/export/handle-export.ts';
import { importRequest } from '../../supabase/functions/_shared/import/request.ts';
import { requestBody as answer } from '../../supabase/functions/_shared/inbox/handle-answer.ts';
import { requestBody as model } from '../../supabase/functions/_shared/language-model/handle-reply-model.ts';
import { tools } from '../../supabase/functions/_shared/mcp/tools.ts';
import { outgoingRequest } from '../../supabase/functions/_shared/outgoing/request.ts';
import { peopleRequest } from '../../supabase/functions/_shared/people/request.ts';
import { requestBody as removal } from '../../supabase/functions/_shared/removal/handle-removal.ts';
import { requestBody as sync } from '../../supabase/functions/_shared/sync/handle-sync.ts';
import { emails, texts, times, values } from './arbitraries.ts';

const schemas: Record<string, z.ZodType> = {
  agency,
  'answer-reply': answer,
  campaign,
  'client-report': clientReportRequest,
  crm: crmRequest,
  'export-campaign': exported,
  'import-leads': importRequest,
  outgoing: outgoingRequest,
  people: peopleRequest,
  'provider-connection': connectionRequest,
  'remove-client': removal,
  'reply-model': model,
  'shared-report': sharedReport,
  'sync-client': sync,
};

interface Shape {
  type?: string;
  format?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Shape[];
  oneOf?: Shape[];
  allOf?: Shape[];
  properties?: Record<string, Shape>;
  required?: string[];
  items?: Shape;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  maxLength?: number;
}

const shapeOf = (schema: z.ZodType): Shape =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as unknown as Shape;

/** What the schema allows, with about one value in twelve that it does not. */
function fromShape(shape: Shape, ids: fc.Arbitrary<string>): fc.Arbitrary<unknown> {
  return fc.oneof({ arbitrary: allowed(shape, ids), weight: 12 }, { arbitrary: values, weight: 1 });
}

function allowed(shape: Shape, ids: fc.Arbitrary<string>): fc.Arbitrary<unknown> {
  const choices = shape.anyOf ?? shape.oneOf;
  if (shape.const !== undefined) return fc.constant(shape.const);
  if (shape.enum !== undefined) return fc.constantFrom(...shape.enum);
  if (choices !== undefined) return fc.oneof(...choices.map((choice) => allowed(choice, ids)));
  if (shape.allOf !== undefined) {
    return fc.tuple(...shape.allOf.map((part) => allowed(part, ids))).map((parts) =>
      Object.assign({}, ...parts as object[]) as unknown
    );
  }
  switch (shape.type) {
    case 'object':
      return objectOf(shape, ids);
    case 'array':
      return fc.array(fromShape(shape.items ?? {}, ids), {
        minLength: Math.min(shape.minItems ?? 0, 3),
        maxLength: Math.max(Math.min(shape.maxItems ?? 4, 4), Math.min(shape.minItems ?? 0, 3)),
      });
    case 'string':
      return textOf(shape, ids);
    case 'integer':
      return fc.oneof(
        fc.integer({
          min: Math.max(shape.minimum ?? -(2 ** 31), -(2 ** 31)),
          max: Math.min(shape.maximum ?? 2 ** 31 - 1, 2 ** 31 - 1),
        }),
        fc.constantFrom(shape.minimum ?? 0, shape.maximum ?? Number.MAX_SAFE_INTEGER),
      );
    case 'number':
      return fc.oneof(fc.double({ noNaN: true }), fc.integer(), fc.constantFrom(1e308, -1e308, 1e-320));
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      return values;
  }
}

function objectOf(shape: Shape, ids: fc.Arbitrary<string>): fc.Arbitrary<unknown> {
  const properties = Object.entries(shape.properties ?? {});
  const record: Record<string, fc.Arbitrary<unknown>> = {};
  for (const [name, property] of properties) {
    // What tells the actions apart stays right; a wrong one is refused at once.
    record[name] = property.const !== undefined ? fc.constant(property.const) : fromShape(property, ids);
  }
  return fc.record(record, { requiredKeys: (shape.required ?? []).filter((name) => name in record) });
}

function textOf(shape: Shape, ids: fc.Arbitrary<string>): fc.Arbitrary<unknown> {
  const longest = shape.maxLength ?? 100_000;
  const cut = (arbitrary: fc.Arbitrary<unknown>) => arbitrary.map((text) => String(text).slice(0, longest));
  if (shape.format === 'uuid') return ids;
  if (shape.format === 'email') return cut(emails);
  if (shape.format === 'date-time' || shape.format === 'date') return cut(times);
  if (shape.format === 'uri') {
    return fc.oneof(
      fc.webUrl(),
      fc.constantFrom('http://127.0.0.1:1/', 'https://[::1]/', 'file:///etc/passwd', 'https://x'),
    );
  }
  return cut(
    fc.oneof(
      { arbitrary: texts, weight: 3 },
      times,
      emails,
      fc.constantFrom('en', 'Europe/Berlin', '2026-11-29'),
    ),
  );
}

export function requestBodies(ids: fc.Arbitrary<string>): fc.Arbitrary<{ slug: string; body: string }> {
  const own = Object.entries(schemas).map(([slug, schema]) =>
    allowed(shapeOf(schema), ids).map((body) => ({ slug, body: JSON.stringify(body) }))
  );
  const called = tools.map((tool) =>
    allowed(shapeOf(tool.input), ids).map((given) => ({
      slug: 'mcp',
      body: JSON.stringify({
        jsonrpc: '2.0',
        id: 1,
        method: 'tools/call',
        params: { name: tool.name, arguments: given },
      }),
    }))
  );
  return fc.oneof(...own, fc.oneof(...called));
}
