/** Accounts ("portals") and what happens to their records. */
import { defaultPipelines, defaultProperties } from './defaults.ts';
import type { HubSpotObject, Kind, Portal, PortalOptions, StageChange } from './records.ts';

export const allScopes = [
  'crm.objects.contacts.read',
  'crm.objects.contacts.write',
  'crm.objects.deals.read',
  'crm.objects.deals.write',
  'crm.schemas.contacts.read',
  'crm.schemas.deals.read',
  'crm.schemas.deals.write',
];

export function createPortal({ id = 24_680_135, tokens, currency = 'EUR' }: PortalOptions): Portal {
  return {
    id,
    appId: 1_357_924,
    currency,
    host: 'app-eu1.hubspot.com',
    tokens: tokensOf(tokens),
    properties: structuredClone(defaultProperties),
    pipelines: structuredClone(defaultPipelines),
    contacts: [],
    deals: [],
    lastId: id,
  };
}

export const tokensOf = (tokens: PortalOptions['tokens']): Portal['tokens'] =>
  tokens.map((given) =>
    typeof given === 'string'
      ? { token: given, scopes: [...allScopes] }
      : { ...given, scopes: [...given.scopes] }
  );

export class HubSpotWorld {
  portals: Portal[] = [];
  dirty = false;

  constructor(readonly now: () => Date) {}

  portal(id: number): Portal {
    const found = this.portals.find((portal) => portal.id === id);
    if (found === undefined) throw new Error(`There is no portal ${id}`);
    return found;
  }

  /** A record by its id, or by the id of one that was merged into it; deleted ones are not found. */
  find(portal: Portal, kind: Kind, id: string): HubSpotObject | undefined {
    const found = portal[kind].find((row) => row.id === id);
    if (found?.mergedInto) return this.find(portal, kind, found.mergedInto);
    return found?.archived ? undefined : found;
  }

  findBy(portal: Portal, kind: Kind, property: string, value: string): HubSpotObject | undefined {
    const wanted = value.toLowerCase();
    return portal[kind].find((row) =>
      !row.archived && (
        row.properties[property]?.toLowerCase() === wanted ||
        (property === 'email' &&
          row.properties['hs_additional_emails']?.toLowerCase().split(';').includes(wanted))
      )
    );
  }

  add(
    portal: Portal,
    kind: Kind,
    properties: Record<string, string>,
    source: Pick<StageChange, 'sourceType' | 'sourceId'>,
  ) {
    const at = this.now().toISOString();
    portal.lastId += 1;
    const row: HubSpotObject = {
      id: String(portal.lastId),
      properties: {},
      stages: [],
      createdAt: at,
      updatedAt: at,
      archived: false,
      mergedInto: null,
      contacts: [],
    };
    portal[kind].push(row);
    this.write(row, properties, source);
    return row;
  }

  write(
    row: HubSpotObject,
    properties: Record<string, string>,
    source: Pick<StageChange, 'sourceType' | 'sourceId'>,
  ) {
    // Two changes within a millisecond are still one after the other.
    const at = new Date(Math.max(this.now().getTime(), Date.parse(row.updatedAt) + 1)).toISOString();
    const stage = properties['dealstage'];
    if (stage !== undefined && stage !== row.properties['dealstage']) {
      row.stages.unshift({ value: stage, timestamp: at, ...source });
    }
    for (const [name, value] of Object.entries(properties)) {
      if (value === '') delete row.properties[name];
      else row.properties[name] = value;
    }
    row.updatedAt = at;
    this.dirty = true;
  }

  /** The second becomes part of the first, which answers to both ids. */
  merge(portal: Portal, kind: Kind, keptId: string, goneId: string): void {
    const kept = this.find(portal, kind, keptId);
    const gone = this.find(portal, kind, goneId);
    if (kept === undefined || gone === undefined) throw new Error('Both records have to be there');
    const additional = [kept.properties['hs_additional_emails'], gone.properties['email']].filter(Boolean)
      .join(';');
    kept.properties = { ...gone.properties, ...kept.properties };
    if (kind === 'contacts' && additional !== '') kept.properties['hs_additional_emails'] = additional;
    kept.properties['hs_merged_object_ids'] = [kept.properties['hs_merged_object_ids'], gone.id].filter(
      Boolean,
    ).join(';');
    gone.mergedInto = kept.id;
    gone.archived = true;
    this.write(kept, {}, { sourceType: 'CRM_UI', sourceId: 'userId:1' });
  }
}
