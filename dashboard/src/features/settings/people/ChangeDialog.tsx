import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { type MemberRow, membersQuery } from '../../../data/members.ts';
import { changePerson } from '../../../data/people.ts';
import { useSession } from '../../../data/session.ts';
import { ActionDialog } from '../../../shared/ActionDialog.tsx';
import { toast } from '../../../ui/toast.tsx';
import { isComplete, type PersonChoice, PersonFields } from './PersonFields.tsx';

export function ChangeDialog({ member, onClose }: { member: MemberRow; onClose: () => void }) {
  const form = useId();
  const queryClient = useQueryClient();
  const isSelf = useSession()?.userId === member.user_id;
  const [choice, setChoice] = useState<PersonChoice>({
    name: member.name ?? '',
    role: member.role,
    clientId: member.client_id ?? '',
  });
  const name = choice.name.trim();
  const change = useMutation({
    mutationFn: () =>
      changePerson(member.user_id, {
        role: choice.role,
        clientId: choice.role === 'client' ? choice.clientId : null,
        ...(name === '' || name === member.name ? {} : { name }),
      }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: membersQuery.queryKey });
      toast(`Changed ${name || member.email || 'the person'}`);
      onClose();
    },
  });
  return (
    <ActionDialog
      title={`Change ${member.name ?? member.email ?? 'person'}`}
      description={isSelf
        ? 'Your own role can be changed by another operator.'
        : 'A new role or client applies at once: open pages of this person reload with it.'}
      action='Save changes'
      busy='Saving …'
      isReady={isComplete(choice)}
      mutation={change}
      onSubmit={() => change.mutate()}
      onClose={onClose}
    >
      <PersonFields form={form} value={choice} onChange={setChoice} isRoleFixed={isSelf} />
    </ActionDialog>
  );
}
