import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { membersQuery } from '../../../data/members.ts';
import { type Invited, invitePerson } from '../../../data/people.ts';
import { ActionDialog } from '../../../shared/ActionDialog.tsx';
import { Field, Input } from '../../../ui/input.tsx';
import { toast } from '../../../ui/toast.tsx';
import { isComplete, type PersonChoice, PersonFields } from './PersonFields.tsx';

export function InviteDialog({ clientId, onLink, onClose }: {
  /** The client whose page this is. */
  clientId: string | undefined;
  /** The project could not send the email. */
  onLink: (email: string, answer: Invited) => void;
  onClose: () => void;
}) {
  const form = useId();
  const queryClient = useQueryClient();
  const [email, setEmail] = useState('');
  const [choice, setChoice] = useState<PersonChoice>({ name: '', role: 'client', clientId: clientId ?? '' });
  const invite = useMutation({
    mutationFn: () =>
      invitePerson({
        ...choice,
        email: email.trim(),
        clientId: choice.role === 'client' ? choice.clientId : null,
      }),
    onSuccess: async (answer) => {
      await queryClient.invalidateQueries({ queryKey: membersQuery.queryKey });
      onClose();
      if (answer.sent === 'link') onLink(email.trim(), answer);
      else toast(outcome(email.trim(), answer));
    },
  });
  return (
    <ActionDialog
      title='Invite somebody'
      description='We send an email with a link to choose a password. It works once, for a day.'
      action='Send invitation'
      busy='Sending …'
      isReady={email.includes('@') && isComplete(choice)}
      mutation={invite}
      onSubmit={() => invite.mutate()}
      onClose={onClose}
    >
      <Field label='Email address' htmlFor={`${form}-email`}>
        <Input
          id={`${form}-email`}
          type='email'
          autoComplete='off'
          required
          autoFocus
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
      </Field>
      <PersonFields form={form} value={choice} onChange={setChoice} />
    </ActionDialog>
  );
}

function outcome(email: string, { added, state, sent }: Invited): string {
  if (sent === 'mail') return `Invited ${email}`;
  if (sent === 'just_sent') return `${email} was invited a moment ago`;
  if (state === 'active') {
    return added ? `Added ${email}, who has an account and can sign in` : `${email} is a member already`;
  }
  return `${email} is invited already`;
}
