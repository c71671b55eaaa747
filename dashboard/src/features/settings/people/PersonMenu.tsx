import { Ellipsis, Link2, Pencil, Send, UserMinus } from 'lucide-react';
import type { MemberRow } from '../../../data/members.ts';
import { Button } from '../../../ui/button.tsx';
import { Dropdown, DropdownItem } from '../../../ui/dropdown.tsx';

export type PersonAction = 'resend' | 'link' | 'change' | 'remove';

/** What an operator can do with a person; not to oneself what another has to do. */
export function PersonMenu({ member, isSelf, onChoose }: {
  member: MemberRow;
  isSelf: boolean;
  onChoose: (action: PersonAction) => void;
}) {
  const isInvited = member.state === 'invited';
  return (
    <Dropdown
      trigger={
        <Button size='small' aria-label={`Actions for ${member.email ?? 'deleted account'}`}>
          <Ellipsis aria-hidden className='size-4' />
          <span className='md:hidden'>Actions</span>
        </Button>
      }
    >
      {isInvited && (
        <DropdownItem onSelect={() => onChoose('resend')}>
          <Send aria-hidden /> Send the invitation again
        </DropdownItem>
      )}
      <DropdownItem onSelect={() => onChoose('link')}>
        <Link2 aria-hidden /> {isInvited ? 'Copy the invitation link' : 'Make a link for a new password'}
      </DropdownItem>
      <DropdownItem onSelect={() => onChoose('change')}>
        <Pencil aria-hidden /> Change
      </DropdownItem>
      {!isSelf && (
        <DropdownItem className='text-bad [&_svg]:text-bad' onSelect={() => onChoose('remove')}>
          <UserMinus aria-hidden /> {isInvited ? 'Withdraw the invitation' : 'Remove'}
        </DropdownItem>
      )}
    </Dropdown>
  );
}
