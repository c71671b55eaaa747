/** Who the token is, what properties there are, and the pipelines. */
import { z } from 'zod';
import { HubSpotError, notFound, type Route } from '../api.ts';
import type { Kind, Portal, Property } from '../records.ts';

const shown = (
  { readOnly = false, hidden = false, hasUniqueValue = false, options = [], ...property }: Property,
) => ({
  ...property,
  description: '',
  displayOrder: -1,
  calculated: false,
  externalOptions: false,
  archived: false,
  hidden,
  hasUniqueValue,
  options: options.map((value, displayOrder) => ({ label: value, value, displayOrder, hidden: false })),
  modificationMetadata: { archivable: true, readOnlyDefinition: readOnly, readOnlyValue: readOnly },
  formField: true,
});

const newProperty = z.looseObject({
  name: z.string().regex(/^[a-z0-9_]+$/),
  label: z.string().min(1),
  type: z.string(),
  fieldType: z.string(),
  groupName: z.string(),
  hasUniqueValue: z.boolean().default(false),
});

const propertiesOf = (portal: Portal, kind: Kind) => portal.properties[kind];

export const accountRoutes: Record<string, Route> = {
  'GET /account-info/v3/details': {
    run: ({ portal }) => ({
      status: 200,
      body: {
        portalId: portal.id,
        accountType: 'STANDARD',
        timeZone: 'Europe/Amsterdam',
        companyCurrency: portal.currency,
        additionalCurrencies: [],
        utcOffset: '+01:00',
        utcOffsetMilliseconds: 3_600_000,
        uiDomain: portal.host,
        dataHostingLocation: 'eu1',
      },
    }),
  },
  'POST /oauth/v2/private-apps/get/access-token-info': {
    run: ({ portal, body }) => {
      const { tokenKey } = z.looseObject({ tokenKey: z.string() }).parse(body);
      const found = portal.tokens.find(({ token }) => token === tokenKey);
      if (found === undefined) throw notFound();
      return {
        status: 200,
        body: { userId: 1, hubId: portal.id, appId: portal.appId, scopes: found.scopes },
      };
    },
  },
  'GET /crm/v3/pipelines/deals': {
    scope: 'crm.objects.deals.read',
    run: ({ portal }) => ({
      status: 200,
      body: {
        results: portal.pipelines.map((pipeline) => ({
          ...pipeline,
          archived: false,
          stages: pipeline.stages.map((stage) => ({
            ...stage,
            archived: false,
            writePermissions: 'CRM_PERMISSIONS_ENFORCEMENT',
          })),
        })),
      },
    }),
  },
  'GET /crm/v3/properties/contacts': {
    scope: 'crm.schemas.contacts.read',
    run: ({ portal }) => ({ status: 200, body: { results: propertiesOf(portal, 'contacts').map(shown) } }),
  },
  'GET /crm/v3/properties/deals/:name': {
    scope: 'crm.schemas.deals.read',
    run: ({ portal, parameters }) => {
      const found = propertiesOf(portal, 'deals').find(({ name }) => name === parameters['name']);
      if (found === undefined) throw notFound();
      return { status: 200, body: shown(found) };
    },
  },
  'POST /crm/v3/properties/deals': {
    scope: 'crm.schemas.deals.write',
    run: ({ portal, body, world }) => {
      const wanted = newProperty.safeParse(body);
      if (!wanted.success) throw new HubSpotError(400, 'Invalid input JSON', 'VALIDATION_ERROR');
      if (propertiesOf(portal, 'deals').some(({ name }) => name === wanted.data.name)) {
        throw new HubSpotError(
          409,
          `A property named '${wanted.data.name}' already exists.`,
          'OBJECT_ALREADY_EXISTS',
        );
      }
      const { name, label, type, fieldType, groupName, hasUniqueValue } = wanted.data;
      const property = { name, label, type, fieldType, groupName, hasUniqueValue };
      propertiesOf(portal, 'deals').push(property);
      world.dirty = true;
      return { status: 201, body: shown(property) };
    },
  },
};
