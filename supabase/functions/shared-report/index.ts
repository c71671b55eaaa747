/** POST /shared-report { token, password? }, without a sign-in: the frozen report of a share link. */
import { createSharedReport } from '../_shared/client-reports/handle-shared-report.ts';
import { adminClient } from '../_shared/platform/database.ts';

export default { fetch: createSharedReport({ database: adminClient, now: Date.now }) };
