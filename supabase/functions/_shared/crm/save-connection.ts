/** Connecting an account: the token is tried, the settings are checked against what is there, and only then is anything saved. */
import { z } from 'zod';
import { encryptKey } from '../connections/encryption.ts';
import { crmPurpose } from '../connections/reencrypt.ts';
import { callFunction, type ServiceClient } from '../platform/database.ts';
import { AppError } from '../platform/errors.ts';
import {
  type Crm,
  type CrmAccount,
  CrmError,
  type CrmPipeline,
  type CrmProperty,
  sealedConnection,
} from './crm.ts';
import { openCrm, type OpenOptions, openWithToken } from './open-crm.ts';
import type { CrmRequest, CrmSettings } from './request.ts';

const storedConnection = sealedConnection.extend({ account_id: z.string() });

export const connectionRow = z.looseObject({ id: z.uuid() });

export async function readStored(database: ServiceClient, id: string) {
  const stored = await callFunction(
    database,
    'read_crm_connection',
    { target_connection_id: id },
    storedConnection.nullable(),
  );
  if (stored === null) {
    throw new AppError('NOT_FOUND', 'This CRM account was not found; it may have been disconnected');
  }
  return stored;
}

export interface Offer {
  account: CrmAccount;
  pipelines: CrmPipeline[];
  properties: CrmProperty[];
}

/** What the account offers; with missing permissions only which. */
export async function look(crm: Crm): Promise<Offer> {
  return await inOurWords(async () => {
    const account = await crm.readAccount();
    if (account.missingScopes !== null && account.missingScopes.length > 0) {
      return { account, pipelines: [], properties: [] };
    }
    const [pipelines, properties] = await Promise.all([crm.readPipelines(), crm.readProperties()]);
    return { account, pipelines, properties };
  });
}

export async function lookWith(
  body: Extract<CrmRequest, { action: 'look' | 'look_again' }>,
  database: ServiceClient,
  options: OpenOptions,
): Promise<Offer> {
  return await look(
    body.action === 'look'
      ? openWithToken('hubspot', body.token, options)
      : await openCrm(await readStored(database, body.connection_id), options),
  );
}

export async function saveConnection(
  body: Extract<CrmRequest, { action: 'connect' | 'change' }>,
  actor: string | null,
  database: ServiceClient,
  options: OpenOptions,
): Promise<z.infer<typeof connectionRow>> {
  const id = body.action === 'connect' ? crypto.randomUUID() : body.connection_id;
  const stored = body.action === 'connect' ? undefined : await readStored(database, id);
  const { token } = body;
  const crm = token === undefined && stored !== undefined
    ? await openCrm(stored, options)
    : openWithToken(stored?.provider ?? 'hubspot', token ?? '', options);
  const offer = await look(crm);
  const saved = {
    ...settingsOf(body, offer),
    ...(body.action === 'connect' ? { client_id: body.client_id } : {}),
  };
  await inOurWords(() => crm.prepare());
  const encrypted = token === undefined ? {} : await encryptToken(id, token, options);
  return await callFunction(database, 'save_crm_connection', {
    target_connection_id: id,
    saved: { ...saved, ...encrypted },
    actor,
  }, connectionRow);
}

async function encryptToken(id: string, token: string, { environment }: OpenOptions) {
  const { encryptedKey, masterKeyId } = await encryptKey(environment.masterKeys, crmPurpose(id), token);
  return { encrypted_token: encryptedKey, master_key_id: masterKeyId, token_last4: token.slice(-4) };
}

/** What is stored, once everything in it is known to exist. */
function settingsOf(settings: CrmSettings, { account, pipelines, properties }: Offer) {
  if (account.missingScopes !== null && account.missingScopes.length > 0) {
    throw new AppError(
      'VALIDATION_FAILED',
      `The token lacks permissions: ${
        account.missingScopes.join(', ')
      }; add them to the private app in HubSpot`,
    );
  }
  const refuse = (what: string) =>
    new AppError('VALIDATION_FAILED', `${what} is not in HubSpot any more; choose another`);
  const pipeline = pipelines.find(({ id }) => id === settings.pipeline_id);
  if (pipeline === undefined) throw refuse('The pipeline');
  const stageIds = new Set(pipeline.stages.map(({ id }) => id));
  for (const stage of [settings.lead_stage_id, settings.meeting_stage_id]) {
    if (stage !== null && !stageIds.has(stage)) throw refuse('A stage');
  }
  const chosen = Object.values(settings.mapping);
  const twice = chosen.find((property, index) => chosen.indexOf(property) !== index);
  if (twice !== undefined) {
    throw new AppError(
      'VALIDATION_FAILED',
      `Two fields go to the property “${twice}”; choose another for one of them`,
    );
  }
  for (const property of chosen) {
    if (!properties.some(({ name, kind }) => name === property && kind === 'text')) {
      throw refuse(`The property “${property}”`);
    }
  }
  const flag = settings.unsubscribed_property;
  if (flag !== null && !properties.some(({ name, kind }) => name === flag && kind === 'flag')) {
    throw refuse(`The property “${flag}”`);
  }
  if (flag === null && settings.events.includes('lead.unsubscribed')) {
    throw new AppError('VALIDATION_FAILED', 'Choose the property that says that somebody unsubscribed');
  }
  return {
    account_id: account.id,
    account_host: account.host,
    currency: account.currency,
    events: settings.events,
    pipeline_id: pipeline.id,
    pipeline_name: pipeline.name,
    lead_stage_id: settings.lead_stage_id,
    meeting_stage_id: settings.meeting_stage_id,
    unsubscribed_property: flag,
    mapping: settings.mapping,
    // The stage of a new deal speaks of no meeting.
    stages: pipeline.stages.map(({ id, name }) => ({
      id,
      name,
      status: id === settings.lead_stage_id ? null : settings.statuses[id] ?? null,
    })),
  };
}

/** An operator who waits for the answer gets the CRM's own reason. */
async function inOurWords<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof CrmError)) throw error;
    throw new AppError(error.kind === 'later' ? 'API_UNAVAILABLE' : 'VALIDATION_FAILED', error.message, {
      cause: error,
    });
  }
}
