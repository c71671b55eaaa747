import process from 'node:process';
import { adminClient } from '../platform/database.ts';
import { sha256Hex } from '../platform/digest.ts';
import { createRequestLimit, type RequestLimit, senderOf } from '../platform/request-limit.ts';
import { runInBackground } from '../platform/background.ts';
import { refuse } from '../platform/http.ts';
import { createIngest } from './ingest.ts';
import { createProjector } from './projector.ts';
import { createWebhookReceiver, type ReceiverOptions } from './receive.ts';
import { createSecretCheck } from './secret-check.ts';

/** The wiring of a webhook function: deliveries are stored in batches, answered after commit, projected afterwards. */
export function createWebhookFunction(
  options: Omit<ReceiverOptions, 'secretCheck' | 'countRefusal' | 'ingest' | 'wakeProjector'>,
): (request: Request) => Promise<Response> {
  const ingest = createIngest(adminClient);
  const receive = createWebhookReceiver({
    ...options,
    secretCheck: createSecretCheck(adminClient),
    countRefusal: createRefusalCount(createRequestLimit({ database: adminClient })),
    ingest: ingest.add,
    wakeProjector: createProjector({
      database: adminClient,
      runInBackground,
      isIngestSaturated: ingest.isSaturated,
    }),
  });
  return async (request) => {
    try {
      return await receive(request);
    } catch (error) {
      return await refuse(request, error);
    }
  };
}

const ofAddress = { name: 'webhook refusals of an address', perMinute: 60 };
const ofConnection = { name: 'webhook refusals of a connection', perMinute: 600 };

/**
 * Wrong secrets by address and by connection. Connections share 4,096 places, so that made-up ids fill no table; two that share one
 * lose nothing, since only refusals are counted.
 */
function createRefusalCount(limit: RequestLimit): ReceiverOptions['countRefusal'] {
  return async (request, connectionId) => {
    await limit.take(ofAddress, senderOf(request, (name) => process.env[name]));
    await limit.take(ofConnection, sha256Hex(connectionId.toLowerCase()).slice(0, 3));
  };
}
