/** POST /shared-report { token, password? }, without a sign-in: the frozen report of a share link. */
import { createSharedReport } from '../_shared/client-reports/handle-shared-report.ts';
import { adminClient } from '../_shared/platform/database.ts';
import { createTurns } from '../_shared/platform/request-limit.ts';

const takeTurn = createTurns({ name: 'shared-report', perMinute: 60 });

export default { fetch: createSharedReport({ database: adminClient, takeTurn }) };
