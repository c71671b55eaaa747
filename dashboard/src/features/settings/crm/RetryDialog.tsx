import { useQueryClient } from '@tanstack/react-query';
import { type CrmConnection, refreshPushes, retryFailed } from '../../../data/crm.ts';
import { plural } from '../../../shared/format.ts';
import { FailedSinceDialog } from '../outgoing/FailedSinceDialog.tsx';
import { crmFailure } from './CrmFailure.tsx';

/** All failed pushes of a time, again. */
export function RetryDialog({ connection, onClose }: { connection: CrmConnection; onClose: () => void }) {
  const queryClient = useQueryClient();
  return (
    <FailedSinceDialog
      title='Retry failed pushes'
      description='A lead that is in HubSpot already is not made twice.'
      action='Retry'
      busy='Retrying …'
      label='Failed pushes'
      days='7'
      run={(since) => retryFailed(connection.id, since)}
      done={(count) => count === 0 ? 'Nothing failed in that time' : `Pushing ${plural(count, 'lead')} again`}
      onDone={() => refreshPushes(queryClient)}
      onClose={onClose}
      failure={crmFailure}
    />
  );
}
