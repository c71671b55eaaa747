/** HubSpot as a CRM, with the token of a private app or a service key. */
import { z } from 'zod';
import {
  type ChangedDeals,
  type ContactChange,
  type Crm,
  type CrmAccount,
  type CrmDeal,
  CrmError,
  type CrmPipeline,
  type CrmProperty,
  type NewDeal,
  type SavedContact,
} from '../crm.ts';
import { createCall, type HubSpotCall, type HubSpotOptions } from './http.ts';
import {
  accountDetails,
  type HubSpotRecord,
  pipelines,
  properties,
  property,
  record,
  records,
  searchPage,
  tokenInfo,
} from './schemas.ts';
import { neededScopes } from './scopes.ts';

/** The property of a deal that holds our lead: unique, so that HubSpot itself keeps a second deal from being made. */
export const reference = 'replyloop_reference';

const dealProperties = [
  'dealstage',
  'amount',
  'deal_currency_code',
  'hs_lastmodifieddate',
  'hs_merged_object_ids',
  reference,
];

/** Results of a page of a search, and how many of one search can be read at all. */
const searchLimits = { page: 200, total: 10_000 };

export function openHubSpot(options: HubSpotOptions): Crm {
  const call = createCall(options);
  return {
    readAccount: () => readAccount(call, options.token),
    readPipelines: () => readPipelines(call),
    readProperties: () => readProperties(call),
    prepare: () => prepare(call),
    saveContact: (change) => saveContact(call, change),
    readDeal: (id) =>
      orNull(
        call(
          'GET',
          `/crm/v3/objects/deals/${encodeURIComponent(id)}?${query(dealProperties)}`,
          undefined,
          record,
        ).then(dealOf),
      ),
    findDeal: (value) =>
      orNull(
        call(
          'GET',
          `/crm/v3/objects/deals/${encodeURIComponent(value)}?idProperty=${reference}&${
            query(dealProperties)
          }`,
          undefined,
          record,
        )
          .then(dealOf),
      ),
    createDeal: (deal) => createDeal(call, deal),
    moveDeal: (id, stageId) =>
      call(
        'PATCH',
        `/crm/v3/objects/deals/${encodeURIComponent(id)}`,
        { properties: { dealstage: stageId } },
        record,
      )
        .then(dealOf),
    linkDeal: async (dealId, contactId) => {
      await call(
        'PUT',
        `/crm/v4/objects/deals/${encodeURIComponent(dealId)}/associations/default/contacts/${
          encodeURIComponent(contactId)
        }`,
        undefined,
        z.unknown(),
      );
    },
    listChangedDeals: (since, after) => listChangedDeals(call, since, after),
    readStageTimes: (ids) => readStageTimes(call, ids),
    listPresentDeals: async (ids) =>
      ids.length === 0 ? [] : (await call('POST', '/crm/v3/objects/deals/batch/read', {
        properties: dealProperties,
        inputs: ids.map((id) => ({ id })),
      }, records)).results.map(dealOf),
  };
}

const query = (names: string[]) => `properties=${names.map(encodeURIComponent).join(',')}`;

async function orNull<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof CrmError && error.kind === 'gone') return null;
    throw error;
  }
}

async function readAccount(call: HubSpotCall, token: string): Promise<CrmAccount> {
  const details = await call('GET', '/account-info/v3/details', undefined, accountDetails);
  // Only of a private app; a service key has no such page, and what it lacks shows in the calls.
  const info = await call(
    'POST',
    '/oauth/v2/private-apps/get/access-token-info',
    { tokenKey: token },
    tokenInfo,
  )
    .catch((error: unknown) => {
      if (error instanceof CrmError && ['rejected', 'gone'].includes(error.kind)) return null;
      throw error;
    });
  return {
    id: details.portalId,
    host: details.uiDomain,
    currency: details.companyCurrency,
    missingScopes: info === null ? null : neededScopes.filter((scope) => !info.scopes.includes(scope)),
  };
}

async function readPipelines(call: HubSpotCall): Promise<CrmPipeline[]> {
  const { results } = await call('GET', '/crm/v3/pipelines/deals', undefined, pipelines);
  const present = <T extends { archived: boolean; displayOrder: number }>(rows: T[]) =>
    rows.filter(({ archived }) => !archived).toSorted((one, other) => one.displayOrder - other.displayOrder);
  return present(results).map(({ id, label, stages }) => ({
    id,
    name: label,
    stages: present(stages).map(({ id: stageId, label: name, metadata: { isClosed, probability } }) => ({
      id: stageId,
      name,
      status: !isClosed
        ? null
        : probability === 1
        ? 'won' as const
        : probability === 0
        ? 'lost' as const
        : null,
    })),
  }));
}

async function readProperties(call: HubSpotCall): Promise<CrmProperty[]> {
  const { results } = await call('GET', '/crm/v3/properties/contacts', undefined, properties);
  return results
    .filter(({ name, hidden, archived, calculated, modificationMetadata }) =>
      name !== 'email' && !hidden && !archived && !calculated && !modificationMetadata.readOnlyValue
    )
    .flatMap(({ name, label, type, fieldType }): CrmProperty[] => {
      const isFlag = fieldType === 'booleancheckbox';
      if (!isFlag && type !== 'string' && type !== 'phone_number') return [];
      return [{ name, label: label || name, kind: isFlag ? 'flag' : 'text' }];
    })
    .toSorted((one, other) => one.label.localeCompare(other.label, 'en'));
}

async function prepare(call: HubSpotCall): Promise<void> {
  const path = '/crm/v3/properties/deals';
  const existing = await orNull(call('GET', `${path}/${reference}`, undefined, property));
  if (existing === null) {
    await call('POST', path, {
      name: reference,
      label: 'Replyloop reference',
      description: 'The lead in Replyloop that this deal belongs to. Do not edit.',
      groupName: 'dealinformation',
      type: 'string',
      fieldType: 'text',
      hasUniqueValue: true,
    }, property);
  } else if (!existing.hasUniqueValue) {
    throw new CrmError(
      'rejected',
      `HubSpot has a deal property “${reference}” that is not unique; delete it there, then save again`,
    );
  }
}

async function saveContact(call: HubSpotCall, change: ContactChange): Promise<SavedContact | null> {
  const names = Object.keys({ ...change.gaps, ...change.values });
  const find = (path: string) => orNull(call('GET', path, undefined, record));
  // A merged contact answers to its old id with the one that is left.
  const found =
    (change.id === null
      ? null
      : await find(`/crm/v3/objects/contacts/${encodeURIComponent(change.id)}?${query(names)}`)) ??
      await find(
        `/crm/v3/objects/contacts/${encodeURIComponent(change.email)}?idProperty=email&${query(names)}`,
      );
  if (found === null && !change.creates) return null;
  const gaps = Object.entries(change.gaps).filter(([name]) => !found?.properties[name]);
  const wanted = { ...Object.fromEntries(gaps), ...change.values };
  const write = async (sent: Record<string, string>): Promise<SavedContact> => {
    if (found !== null) {
      if (Object.keys(sent).length === 0) return { id: found.id, sent, refused: [] };
      const path = `/crm/v3/objects/contacts/${encodeURIComponent(found.id)}`;
      return { id: (await call('PATCH', path, { properties: sent }, record)).id, sent, refused: [] };
    }
    const { results: [made], errors: [complaint] } = await call(
      'POST',
      '/crm/v3/objects/contacts/batch/upsert',
      {
        inputs: [{ idProperty: 'email', id: change.email, properties: sent }],
      },
      records,
    );
    if (made === undefined) {
      throw new CrmError(
        'rejected',
        `HubSpot made no contact: ${complaint?.message.slice(0, 300) ?? 'no reason given'}`,
      );
    }
    return { id: made.id, sent, refused: [] };
  };
  try {
    return await write(wanted);
  } catch (error) {
    // A property that was deleted, or a value that it does not take, holds up nothing else.
    const refused = error instanceof CrmError
      ? error.properties.filter((name) => Object.hasOwn(wanted, name))
      : [];
    if (refused.length === 0) throw error;
    const rest = Object.fromEntries(Object.entries(wanted).filter(([name]) => !refused.includes(name)));
    return { ...await write(rest), refused };
  }
}

async function createDeal(call: HubSpotCall, deal: NewDeal): Promise<CrmDeal> {
  const upsert = () =>
    call('POST', '/crm/v3/objects/deals/batch/upsert', {
      inputs: [{
        idProperty: reference,
        id: deal.reference,
        properties: {
          [reference]: deal.reference,
          dealname: deal.name,
          pipeline: deal.pipelineId,
          dealstage: deal.stageId,
        },
      }],
    }, records);
  const { results: [made], errors: [complaint] } = await upsert().catch(async (error: unknown) => {
    if (!(error instanceof CrmError && error.properties.includes(reference))) throw error;
    // Somebody deleted the property.
    await prepare(call);
    return await upsert();
  });
  if (made === undefined) {
    throw new CrmError(
      'rejected',
      `HubSpot made no deal: ${complaint?.message.slice(0, 300) ?? 'no reason given'}`,
    );
  }
  // A new record comes back with what was written, but not always with all that was asked for.
  return {
    ...dealOf(made),
    stageId: made.properties['dealstage'] ?? deal.stageId,
    reference: deal.reference,
  };
}

/**
 * A search cannot be read beyond its 10,000th result; the reader then begins again at the last change that it saw. Deleted deals
 * are never found, and what changed a moment ago may be missing for some seconds.
 */
async function listChangedDeals(
  call: HubSpotCall,
  since: Date,
  after: string | null,
): Promise<ChangedDeals> {
  const page = await call('POST', '/crm/v3/objects/deals/search', {
    filterGroups: [{
      filters: [
        { propertyName: reference, operator: 'HAS_PROPERTY' },
        { propertyName: 'hs_lastmodifieddate', operator: 'GTE', value: String(since.getTime()) },
      ],
    }],
    sorts: [{ propertyName: 'hs_lastmodifieddate', direction: 'ASCENDING' }],
    properties: dealProperties,
    limit: searchLimits.page,
    ...(after === null ? {} : { after }),
  }, searchPage);
  const next = page.paging?.next?.after ?? null;
  const isLast = next !== null && Number(next) + searchLimits.page > searchLimits.total;
  return { deals: page.results.map(dealOf), next: isLast ? null : next, isComplete: !isLast };
}

async function readStageTimes(call: HubSpotCall, ids: string[]): Promise<Map<string, Date>> {
  const times = new Map<string, Date>();
  // Fifty at a time: history allows no more.
  for (let start = 0; start < ids.length; start += 50) {
    const { results } = await call('POST', '/crm/v3/objects/deals/batch/read', {
      properties: ['dealstage'],
      propertiesWithHistory: ['dealstage'],
      inputs: ids.slice(start, start + 50).map((id) => ({ id })),
    }, records);
    for (const { id, propertiesWithHistory } of results) {
      // The newest comes first.
      const since = dateOf(propertiesWithHistory?.dealstage[0]?.timestamp);
      if (since !== null) times.set(id, since);
    }
  }
  return times;
}

function dealOf({ id, properties: values, updatedAt }: HubSpotRecord): CrmDeal {
  return {
    id,
    stageId: values['dealstage'] || null,
    reference: values[reference] || null,
    amount: amountOf(values['amount']),
    currency: /^[A-Z]{3}$/.test(values['deal_currency_code'] ?? '')
      ? values['deal_currency_code'] ?? null
      : null,
    changedAt: dateOf(values['hs_lastmodifieddate']) ?? dateOf(updatedAt),
    mergedIds: (values['hs_merged_object_ids'] ?? '').split(';').filter((part) => part !== ''),
  };
}

/** Null for what is no number of money: empty, text, or so large that it was mistyped. */
function amountOf(text: string | null | undefined): number | null {
  if (!text) return null;
  const amount = Number(text);
  return Number.isFinite(amount) && amount >= 0 && amount < 1e11 ? Math.round(amount * 100) / 100 : null;
}

/** An ISO date, or milliseconds as a number in a text. */
function dateOf(text: string | null | undefined): Date | null {
  if (!text) return null;
  const date = new Date(/^\d+$/.test(text) ? Number(text) : text);
  return Number.isNaN(date.getTime()) ? null : date;
}
