/** Accounts ("portals") of HubSpot with what the product reads and writes there; plain data, so that it can be kept as JSON. */

export interface Property {
  name: string;
  label: string;
  type: string;
  fieldType: string;
  groupName: string;
  hidden?: boolean;
  readOnly?: boolean;
  hasUniqueValue?: boolean;
  options?: string[];
}

export interface Stage {
  id: string;
  label: string;
  displayOrder: number;
  metadata: { isClosed: string; probability: string };
}

export interface Pipeline {
  id: string;
  label: string;
  displayOrder: number;
  stages: Stage[];
}

export type Kind = 'contacts' | 'deals';

export interface StageChange {
  value: string;
  timestamp: string;
  sourceType: string;
  sourceId: string;
}

export interface HubSpotObject {
  id: string;
  properties: Record<string, string>;
  /** Newest first. */
  stages: StageChange[];
  createdAt: string;
  updatedAt: string;
  archived: boolean;
  /** The record into which it was merged. */
  mergedInto: string | null;
  /** Of a deal: its contacts. */
  contacts: string[];
}

export interface PortalOptions {
  id?: number;
  /** A bare string is a token with every permission. */
  tokens: ReadonlyArray<string | { token: string; scopes: readonly string[] }>;
  currency?: string;
}

export interface Portal {
  id: number;
  appId: number;
  currency: string;
  host: string;
  tokens: { token: string; scopes: string[] }[];
  properties: Record<Kind, Property[]>;
  pipelines: Pipeline[];
  contacts: HubSpotObject[];
  deals: HubSpotObject[];
  lastId: number;
}
