import type { Invited } from '../../../data/people.ts';
import { CopyField } from '../../../shared/CopyField.tsx';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';

export interface ShownLink {
  email: string;
  link: string;
  purpose: 'invite' | 'recovery';
  problem?: Invited['mail_problem'];
}

const problems: Record<NonNullable<Invited['mail_problem']>, string> = {
  not_configured: 'The email could not be sent: the project has no working mail server.',
  address_not_allowed:
    'The email was not sent: without a mail server of its own, the project writes to its team only.',
  limit_reached: 'The email was not sent: the project has reached its limit of emails for this hour.',
};

/** A link to hand over, shown once. */
export function LinkDialog({ shown, onClose }: { shown: ShownLink; onClose: () => void }) {
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={shown.purpose === 'invite' ? 'Invitation link' : 'Link for a new password'}
      description={`For ${shown.email}. It signs in as this person, so send it to no one else. It works once, for a day, and replaces earlier links.`}
      footer={<Button variant='primary' onClick={onClose}>Done</Button>}
    >
      {shown.problem && (
        <p role='status' className='rounded-lg bg-warm-wash px-3 py-2 text-sm text-warm-ink'>
          {problems[shown.problem]} Send this link yourself.
        </p>
      )}
      <CopyField label='Link' value={shown.link} />
    </Dialog>
  );
}
