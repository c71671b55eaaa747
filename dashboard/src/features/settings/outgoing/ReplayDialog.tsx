import { useQueryClient } from '@tanstack/react-query';
import { type Endpoint, replayFailed } from '../../../data/outgoing.ts';
import { plural } from '../../../shared/format.ts';
import { FailedSinceDialog } from './FailedSinceDialog.tsx';

/** All failed events of a time, again. */
export function ReplayDialog({ endpoint, onClose }: { endpoint: Endpoint; onClose: () => void }) {
  const queryClient = useQueryClient();
  return (
    <FailedSinceDialog
      title='Replay failed events'
      description={`Sends what “${endpoint.name}” did not take, with the same ids, so a receiver that had it already can skip it.`}
      action='Replay'
      busy='Replaying …'
      label='Failed events'
      days='1'
      run={(since) => replayFailed(endpoint.id, since)}
      done={(count) => count === 0 ? 'No failed events in that time' : `Replaying ${plural(count, 'event')}`}
      onDone={() => queryClient.invalidateQueries({ queryKey: ['list', 'outgoing-log'] })}
      onClose={onClose}
    />
  );
}
