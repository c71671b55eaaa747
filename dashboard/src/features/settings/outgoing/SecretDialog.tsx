import { CopyField } from '../../../shared/CopyField.tsx';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';

/** The secret of an endpoint, shown once. */
export function SecretDialog({ name, secret, isNew, onClose }: {
  name: string;
  secret: string;
  isNew: boolean;
  onClose: () => void;
}) {
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Secret of “${name}”`}
      description={isNew
        ? 'The receiver verifies events with it. Copy it now: it is not shown again.'
        : 'Copy it now: it is not shown again. Events are signed with the old secret too for 24 hours.'}
      footer={<Button variant='primary' onClick={onClose}>Done</Button>}
    >
      <CopyField label='Secret' value={secret} />
    </Dialog>
  );
}
