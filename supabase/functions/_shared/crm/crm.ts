/** What a CRM can do for us: the contract between the flows and the adapter of each CRM. */
import { z } from 'zod';
import type { StageStatus } from './choices.ts';

export interface CrmStage {
  id: string;
  name: string;
  /** What it means where its own settings say so: the deal is won or lost. */
  status: StageStatus | null;
}

export interface CrmPipeline {
  id: string;
  name: string;
  stages: CrmStage[];
}

export interface CrmProperty {
  name: string;
  label: string;
  /** Which of our values fit: a text, or yes and no. */
  kind: 'text' | 'flag';
}

export interface CrmAccount {
  id: string;
  /** Host of its web pages. */
  host: string;
  currency: string | null;
  /** Permissions that the token lacks; null = the CRM does not say. */
  missingScopes: string[] | null;
}

export interface CrmDeal {
  id: string;
  stageId: string | null;
  /** Our lead, as it is written in the deal. */
  reference: string | null;
  amount: number | null;
  currency: string | null;
  changedAt: Date | null;
  /** Ids of deals that were merged into it. */
  mergedIds: string[];
}

export interface NewDeal {
  reference: string;
  name: string;
  pipelineId: string;
  stageId: string;
}

export interface ContactChange {
  /** As the CRM knew it last time. */
  id: string | null;
  email: string;
  /** Written where the contact has nothing yet. */
  gaps: Record<string, string>;
  /** Written in any case. */
  values: Record<string, string>;
  /** False: a contact that is not there is not made. */
  creates: boolean;
}

export interface SavedContact {
  id: string;
  /** What was written. */
  sent: Record<string, string>;
  /** Properties that the CRM refused; the rest was written. */
  refused: string[];
}

export interface ChangedDeals {
  deals: CrmDeal[];
  /** Of the next page; null = this search has no more. */
  next: string | null;
  /** False: a new search from the last change on finds more. */
  isComplete: boolean;
}

export interface Crm {
  readAccount(): Promise<CrmAccount>;
  readPipelines(): Promise<CrmPipeline[]>;
  readProperties(): Promise<CrmProperty[]>;
  /** Creates what a push relies on, the unique reference of a deal; safe to call again. */
  prepare(): Promise<void>;
  /** Null = there is none and none was to be made. */
  saveContact(change: ContactChange): Promise<SavedContact | null>;
  /** Null = deleted. A merged deal comes back as the one that is left. */
  readDeal(id: string): Promise<CrmDeal | null>;
  /** By our reference, without the delay of a search. */
  findDeal(reference: string): Promise<CrmDeal | null>;
  /** The deal with this reference, made now if there is none: calling it twice makes one deal. */
  createDeal(deal: NewDeal): Promise<CrmDeal>;
  moveDeal(id: string, stageId: string): Promise<CrmDeal>;
  linkDeal(dealId: string, contactId: string): Promise<void>;
  /** Our deals that changed since, the oldest change first, a page at a time. */
  listChangedDeals(since: Date, after: string | null): Promise<ChangedDeals>;
  /** Since when each of these deals is in its stage; one that is not known is left out. */
  readStageTimes(ids: string[]): Promise<Map<string, Date>>;
  /** Which of these deals are there under the same id. */
  listPresentDeals(ids: string[]): Promise<CrmDeal[]>;
}

/**
 * refused: the token, so nothing works any more; rejected: this request and every repetition of it; gone: what it is about;
 * later: the same request may succeed.
 */
export type CrmFailure = 'refused' | 'rejected' | 'gone' | 'later';

/** What a CRM answered instead of doing it. The message is for operators and never holds the token. */
export class CrmError extends Error {
  override readonly name = 'CrmError';
  readonly status: number | null;
  readonly answer: string | null;
  /** Seconds to wait. */
  readonly retryAfter: number | null;
  /** Names of properties that it complains about. */
  readonly properties: string[];

  constructor(
    readonly kind: CrmFailure,
    message: string,
    details: { status?: number; answer?: string; retryAfter?: number | null; properties?: string[] } = {},
  ) {
    super(message);
    this.status = details.status ?? null;
    this.answer = details.answer ?? null;
    this.retryAfter = details.retryAfter ?? null;
    this.properties = details.properties ?? [];
  }
}

/** Of a stored connection, what opens it. */
export const sealedConnection = z.object({
  id: z.uuid(),
  provider: z.enum(['hubspot']),
  encrypted_token: z.string(),
  master_key_id: z.string(),
});
export type SealedConnection = z.infer<typeof sealedConnection>;
