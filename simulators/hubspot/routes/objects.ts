/** Contacts and deals: read, write, upsert, search, and the link between both. */
import { z } from 'zod';
import type { Answer } from '../../shared/api.ts';
import { type Context, HubSpotError, notFound, type Route } from '../api.ts';
import type { HubSpotObject, Kind, Portal } from '../records.ts';

const written = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String));
const upserts = z.looseObject({
  inputs: z.array(z.looseObject({ id: z.string(), idProperty: z.string(), properties: written })).min(1).max(
    100,
  ),
});
const reads = z.looseObject({
  properties: z.array(z.string()).default([]),
  propertiesWithHistory: z.array(z.string()).default([]),
  inputs: z.array(z.looseObject({ id: z.string() })).min(1).max(100),
});
const search = z.looseObject({
  filterGroups: z.array(z.looseObject({
    filters: z.array(
      z.looseObject({ propertyName: z.string(), operator: z.string(), value: z.string().optional() }),
    ).max(6),
  })).max(5),
  properties: z.array(z.string()).default([]),
  limit: z.number().max(200).default(10),
  after: z.union([z.string(), z.number()]).default('0').transform(Number),
});

function parse<T>(shape: z.ZodType<T>, body: unknown): T {
  const parsed = shape.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new HubSpotError(
    400,
    `Invalid input JSON on line 1, column 1: ${parsed.error.issues[0]?.message}`,
    'VALIDATION_ERROR',
  );
}

const changedProperty = (kind: Kind) => kind === 'deals' ? 'hs_lastmodifieddate' : 'lastmodifieddate';

function valueOf(kind: Kind, row: HubSpotObject, name: string): string | null {
  if (name === 'hs_object_id') return row.id;
  if (name === 'createdate') return row.createdAt;
  if (name === changedProperty(kind)) return row.updatedAt;
  return row.properties[name] ?? null;
}

function shown(kind: Kind, row: HubSpotObject, names: readonly string[], history: readonly string[] = []) {
  const wanted = new Set(['hs_object_id', 'createdate', changedProperty(kind), ...names]);
  return {
    id: row.id,
    properties: Object.fromEntries([...wanted].map((name) => [name, valueOf(kind, row, name)])),
    ...(history.includes('dealstage') && { propertiesWithHistory: { dealstage: row.stages } }),
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    archived: false,
  };
}

/** Refuses what the account does not know, as a whole, and says all of it. */
function check(portal: Portal, kind: Kind, properties: Record<string, string>): void {
  const wrong = Object.entries(properties).flatMap(([name, value]) => {
    const property = portal.properties[kind].find((one) => one.name === name);
    const complain = (error: string, message: string) => [{ isValid: false, message, error, name }];
    if (property === undefined) return complain('PROPERTY_DOESNT_EXIST', `Property "${name}" does not exist`);
    if (property.readOnly) return complain('READ_ONLY_VALUE', `"${name}" is a read only property`);
    if (property.options && value !== '' && !property.options.includes(value)) {
      return complain(
        'INVALID_OPTION',
        `${value} was not one of the allowed options: [${property.options.join(', ')}]`,
      );
    }
    return [];
  });
  const stage = properties['dealstage'];
  if (
    kind === 'deals' && stage !== undefined &&
    !portal.pipelines.some(({ stages }) => stages.some(({ id }) => id === stage))
  ) {
    wrong.push({
      isValid: false,
      message: `${stage} was not one of the allowed options`,
      error: 'INVALID_OPTION',
      name: 'dealstage',
    });
  }
  if (wrong.length === 0) return;
  throw new HubSpotError(
    400,
    `Property values were not valid: ${JSON.stringify(wrong)}`,
    'VALIDATION_ERROR',
    wrong.map(({ message, error, name }) => ({ message, code: error, context: { propertyName: [name] } })),
  );
}

const byApp = (portal: Portal) => ({ sourceType: 'INTEGRATION', sourceId: String(portal.appId) });

function read(kind: Kind, { world, portal, parameters, query }: Context): Answer {
  const id = parameters['id'] ?? '';
  const idProperty = query('idProperty');
  if (
    idProperty !== undefined &&
    !portal.properties[kind].find(({ name }) => name === idProperty)?.hasUniqueValue
  ) {
    throw new HubSpotError(400, `Property ${idProperty} is not a unique property`, 'VALIDATION_ERROR');
  }
  const row = idProperty === undefined
    ? world.find(portal, kind, id)
    : world.findBy(portal, kind, idProperty, id);
  if (row === undefined) throw notFound();
  return { status: 200, body: shown(kind, row, (query('properties') ?? '').split(',').filter(Boolean)) };
}

function change(kind: Kind, { world, portal, parameters, body }: Context): Answer {
  const row = world.find(portal, kind, parameters['id'] ?? '');
  if (row === undefined) throw notFound();
  const { properties } = parse(z.looseObject({ properties: written }), body);
  check(portal, kind, properties);
  world.write(row, properties, byApp(portal));
  return { status: 200, body: shown(kind, row, Object.keys(properties)) };
}

function upsert(kind: Kind, { world, portal, body }: Context): Answer {
  const { inputs } = parse(upserts, body);
  const startedAt = world.now().toISOString();
  for (const { idProperty, properties, id } of inputs) {
    const property = portal.properties[kind].find(({ name }) => name === idProperty);
    if (property === undefined) check(portal, kind, { [idProperty]: id });
    if (!property?.hasUniqueValue) {
      throw new HubSpotError(400, `Property ${idProperty} is not a unique property`, 'VALIDATION_ERROR');
    }
    if (idProperty === 'email' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(id)) {
      const wrong = {
        isValid: false,
        message: `Email address ${id} is invalid`,
        error: 'INVALID_EMAIL',
        name: 'email',
      };
      throw new HubSpotError(
        400,
        `Property values were not valid: ${JSON.stringify([wrong])}`,
        'VALIDATION_ERROR',
      );
    }
    check(portal, kind, properties);
  }
  const results = inputs.map(({ idProperty, id, properties }) => {
    const found = world.findBy(portal, kind, idProperty, id);
    if (found) world.write(found, properties, byApp(portal));
    const row = found ?? world.add(portal, kind, { ...properties, [idProperty]: id }, byApp(portal));
    return { ...shown(kind, row, Object.keys(properties)), new: found === undefined };
  });
  return {
    status: 200,
    body: { status: 'COMPLETE', results, startedAt, completedAt: world.now().toISOString() },
  };
}

function readBatch(kind: Kind, { world, portal, body }: Context): Answer {
  const { inputs, properties, propertiesWithHistory } = parse(reads, body);
  if (propertiesWithHistory.length > 0 && inputs.length > 50) {
    throw new HubSpotError(400, 'The limit is 50 inputs when history is asked for', 'VALIDATION_ERROR');
  }
  // Unlike a single read, it does not follow a merge.
  const found = inputs.flatMap(({ id }) => portal[kind].find((row) => row.id === id && !row.archived) ?? []);
  const missing = inputs.filter(({ id }) => !found.some((row) => row.id === id)).map(({ id }) => id);
  const at = world.now().toISOString();
  return {
    status: missing.length > 0 ? 207 : 200,
    body: {
      status: 'COMPLETE',
      results: found.map((row) => shown(kind, row, properties, propertiesWithHistory)),
      startedAt: at,
      completedAt: at,
      ...(missing.length > 0 && {
        numErrors: 1,
        errors: [{
          status: 'error',
          category: 'OBJECT_NOT_FOUND',
          message:
            'Could not get some DEAL objects, they may be deleted or not exist. Check that ids are valid.',
          context: { ids: missing },
        }],
      }),
    },
  };
}

function find(kind: Kind, { world, portal, body, searchDelayMs }: Context): Answer {
  const { filterGroups, properties, limit, after } = parse(search, body);
  if (after + limit > 10_000) {
    throw new HubSpotError(400, 'The maximum number of results of a search is 10000', 'VALIDATION_ERROR');
  }
  const indexed = world.now().getTime() - searchDelayMs;
  const matches = (row: HubSpotObject) =>
    filterGroups.some(({ filters }) =>
      filters.every(({ propertyName, operator, value = '' }) => {
        const own = valueOf(kind, row, propertyName);
        if (operator === 'HAS_PROPERTY') return own !== null;
        if (operator === 'GTE') return own !== null && Date.parse(own) >= Number(value);
        if (operator === 'EQ') return own === value;
        throw new HubSpotError(400, `Unknown operator ${operator}`, 'VALIDATION_ERROR');
      })
    );
  const rows = portal[kind]
    .filter((row) => !row.archived && Date.parse(row.updatedAt) <= indexed && matches(row))
    .toSorted((one, other) =>
      one.updatedAt.localeCompare(other.updatedAt) || Number(one.id) - Number(other.id)
    );
  const next = after + limit;
  return {
    status: 200,
    body: {
      total: rows.length,
      results: rows.slice(after, next).map((row) => shown(kind, row, properties)),
      ...(rows.length > next && { paging: { next: { after: String(next), link: `?after=${next}` } } }),
    },
  };
}

function link({ world, portal, parameters }: Context): Answer {
  const deal = world.find(portal, 'deals', parameters['deal'] ?? '');
  const contact = world.find(portal, 'contacts', parameters['contact'] ?? '');
  if (deal === undefined || contact === undefined) throw notFound();
  if (!deal.contacts.includes(contact.id)) deal.contacts.push(contact.id);
  world.dirty = true;
  const at = world.now().toISOString();
  const spec = (associationTypeId: number) => ({ associationCategory: 'HUBSPOT_DEFINED', associationTypeId });
  return {
    status: 200,
    body: {
      status: 'COMPLETE',
      results: [
        { from: { id: deal.id }, to: { id: contact.id }, associationSpec: spec(3) },
        { from: { id: contact.id }, to: { id: deal.id }, associationSpec: spec(4) },
      ],
      startedAt: at,
      completedAt: at,
    },
  };
}

const routesOf = (kind: Kind): Record<string, Route> => ({
  [`GET /crm/v3/objects/${kind}/:id`]: {
    scope: `crm.objects.${kind}.read`,
    run: (context) => read(kind, context),
  },
  [`PATCH /crm/v3/objects/${kind}/:id`]: {
    scope: `crm.objects.${kind}.write`,
    run: (context) => change(kind, context),
  },
  [`POST /crm/v3/objects/${kind}/batch/upsert`]: {
    scope: `crm.objects.${kind}.write`,
    run: (context) => upsert(kind, context),
  },
  [`POST /crm/v3/objects/${kind}/batch/read`]: {
    scope: `crm.objects.${kind}.read`,
    run: (context) => readBatch(kind, context),
  },
  [`POST /crm/v3/objects/${kind}/search`]: {
    scope: `crm.objects.${kind}.read`,
    run: (context) => find(kind, context),
  },
});

export const objectRoutes: Record<string, Route> = {
  ...routesOf('contacts'),
  ...routesOf('deals'),
  'PUT /crm/v4/objects/deals/:deal/associations/default/contacts/:contact': {
    scope: 'crm.objects.deals.write',
    run: link,
  },
};
