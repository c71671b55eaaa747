import { removeSuppression } from '../../data/suppressions.ts';
import { NoteDialog } from '../../shared/NoteDialog.tsx';
import { toast } from '../../ui/toast.tsx';

/** Removes a suppression, with the reason that the audit log keeps. */
export function LiftDialog({ entry, clientId, onLifted, onClose }: {
  /** The address or domain. */
  entry: string;
  /** Null: it is suppressed for all clients. */
  clientId: string | null;
  onLifted: () => unknown;
  onClose: () => void;
}) {
  return (
    <NoteDialog
      title={`Email ${entry} again`}
      description={clientId === null
        ? 'It is suppressed for all clients. Every client can email it again, unless it is suppressed there.'
        : 'What happened before no longer suppresses it; a later unsubscribe or bounce does.'}
      action='Remove suppression'
      busy='Removing …'
      label='Reason'
      hint='Kept in the audit log, with your name.'
      isRequired
      save={async (why) => {
        await removeSuppression({ entry, client_id: clientId }, why);
        toast(`${entry} is no longer suppressed`);
      }}
      onSaved={onLifted}
      onClose={onClose}
    />
  );
}
