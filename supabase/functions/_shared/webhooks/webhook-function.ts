import { adminClient } from '../platform/database.ts';
import { runInBackground } from '../platform/background.ts';
import { refuse } from '../platform/http.ts';
import { createIngest } from './ingest.ts';
import { createProjector } from './projector.ts';
import { createWebhookReceiver, type ReceiverOptions } from './receive.ts';
import { createSecretCheck } from './secret-check.ts';

/** The wiring of a webhook function: deliveries are stored in batches, answered after commit, projected afterwards. */
export function createWebhookFunction(
  options: Omit<ReceiverOptions, 'secretCheck' | 'ingest' | 'wakeProjector'>,
): (request: Request) => Promise<Response> {
  const ingest = createIngest(adminClient);
  const receive = createWebhookReceiver({
    ...options,
    secretCheck: createSecretCheck(adminClient),
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
