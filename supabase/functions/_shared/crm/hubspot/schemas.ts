/** The shapes of HubSpot's CRM API v3, as far as they are used. What is not needed may be missing or odd. */
import { z } from 'zod';

const id = z.union([z.string(), z.number()]).transform(String);
const texts = z.array(z.string()).catch([]);

export const errorBody = z.looseObject({
  message: z.string().optional().catch(undefined),
  category: z.string().optional().catch(undefined),
  /** Of a rate limit: SECONDLY, TEN_SECONDLY_ROLLING or DAILY. */
  policyName: z.string().optional().catch(undefined),
  errors: z.array(z.looseObject({
    context: z.looseObject({
      propertyName: texts.default([]),
      requiredGranularScopes: texts.default([]),
      requiredScopes: texts.default([]),
      missingScopes: texts.default([]),
    }).catch({ propertyName: [], requiredGranularScopes: [], requiredScopes: [], missingScopes: [] }).default(
      {
        propertyName: [],
        requiredGranularScopes: [],
        requiredScopes: [],
        missingScopes: [],
      },
    ),
  })).catch([]).default([]),
});

export const tokenInfo = z.looseObject({ hubId: id, scopes: texts });

export const accountDetails = z.looseObject({
  portalId: id,
  companyCurrency: z.string().regex(/^[A-Z]{3}$/).nullable().catch(null),
  uiDomain: z.string().regex(/^[a-z0-9.-]{1,100}$/).catch('app.hubspot.com'),
});

export const pipelines = z.looseObject({
  results: z.array(z.looseObject({
    id,
    label: z.string(),
    archived: z.boolean().catch(false),
    displayOrder: z.number().catch(0),
    stages: z.array(z.looseObject({
      id,
      label: z.string(),
      archived: z.boolean().catch(false),
      displayOrder: z.number().catch(0),
      metadata: z.looseObject({
        isClosed: z.union([z.boolean(), z.string()]).transform((value) => String(value) === 'true').catch(
          false,
        ),
        probability: z.coerce.number().nullable().catch(null),
      }).catch({ isClosed: false, probability: null }),
    })),
  })),
});

export const properties = z.looseObject({
  results: z.array(z.looseObject({
    name: z.string(),
    label: z.string().catch(''),
    type: z.string(),
    fieldType: z.string().catch(''),
    hidden: z.boolean().catch(false),
    archived: z.boolean().catch(false),
    calculated: z.boolean().catch(false),
    hasUniqueValue: z.boolean().catch(false),
    modificationMetadata: z.looseObject({ readOnlyValue: z.boolean().catch(false) }).catch({
      readOnlyValue: false,
    }),
  })),
});

export const property = z.looseObject({ name: z.string(), hasUniqueValue: z.boolean().catch(false) });

/** A record of any kind; a property without a value is null. */
export const record = z.looseObject({
  id,
  properties: z.record(
    z.string(),
    z.union([z.string(), z.number(), z.boolean()]).transform(String).nullable().catch(null),
  )
    .catch({}),
  propertiesWithHistory: z.looseObject({
    dealstage: z.array(z.looseObject({ value: z.string().nullable().catch(null), timestamp: z.string() }))
      .catch([]),
  }).optional().catch(undefined),
  updatedAt: z.string().optional().catch(undefined),
});
export type HubSpotRecord = z.infer<typeof record>;

/** Of a batch; those that failed are in errors. */
export const records = z.looseObject({
  results: z.array(record).default([]),
  errors: z.array(z.looseObject({ message: z.string().catch('') })).catch([]).default([]),
});

export const searchPage = z.looseObject({
  results: z.array(record),
  paging: z.looseObject({ next: z.looseObject({ after: id }).optional().catch(undefined) }).optional().catch(
    undefined,
  ),
});
