import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import { describeFailure } from '../../../data/failure.ts';
import { type MemberRow, membersQuery } from '../../../data/members.ts';
import { makeLink, removePerson, resendInvitation } from '../../../data/people.ts';
import { useSession } from '../../../data/session.ts';
import { useClientId } from '../../../routing/use-client.ts';
import { ActionDialog } from '../../../shared/ActionDialog.tsx';
import { Ago } from '../../../shared/Ago.tsx';
import { actionColumn, LongName, stateColumn, TwoLines } from '../../../shared/columns.tsx';
import { DataTable } from '../../../shared/DataTable.tsx';
import { nothing } from '../../../shared/format.ts';
import { Moment, toTheDay } from '../../../shared/moments.tsx';
import { StateCard } from '../../../shared/StateCard.tsx';
import type { Column } from '../../../shared/table-types.ts';
import { Button } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { toast } from '../../../ui/toast.tsx';
import { ChangeDialog } from './ChangeDialog.tsx';
import { InviteDialog } from './InviteDialog.tsx';
import { LinkDialog, type ShownLink } from './LinkDialog.tsx';
import { type PersonAction, PersonMenu } from './PersonMenu.tsx';

/** Who may sign in, as what; inviting and removing them. */
export function PeopleTab() {
  const clientId = useClientId();
  const ownId = useSession()?.userId;
  const members = useQuery(membersQuery);
  const [isInviting, setInviting] = useState(false);
  const [open, setOpen] = useState<{ action: PersonAction; id: string }>();
  const [link, setLink] = useState<ShownLink>();
  const send = useSending(setLink);
  const rows = clientId
    ? members.data?.filter((row) => row.client_id === clientId || row.role === 'operator')
    : members.data;
  const chosen = members.data?.find((row) => row.user_id === open?.id);
  const choose = (member: MemberRow, action: PersonAction) => {
    if (action === 'resend' || action === 'link') send.mutate({ member, action });
    else setOpen({ action, id: member.user_id });
  };
  const invite = (
    <Button variant='primary' onClick={() => setInviting(true)}>
      <UserPlus aria-hidden className='size-4' /> Invite somebody
    </Button>
  );
  return (
    <Card>
      <DataTable
        title='People'
        hint='Operators see every client. People of a client see that client only.'
        label='People'
        toolbar={invite}
        columns={columns(ownId, choose)}
        rows={rows}
        readCount={members.data?.length}
        rowKey={(row) => row.user_id}
        error={members.error}
        onRetry={() => void members.refetch()}
        sort={{ id: 'role', desc: true }}
        isWhole
        csvName='people'
        empty={
          <StateCard
            kind='empty'
            title='No people yet'
            advice='Invite the people of your agency and of your clients. Each sees its own.'
          />
        }
      />
      {isInviting && (
        <InviteDialog
          clientId={clientId}
          onLink={(email, answer) =>
            setLink({ email, link: answer.link ?? '', purpose: 'invite', problem: answer.mail_problem })}
          onClose={() => setInviting(false)}
        />
      )}
      {chosen && open?.action === 'change' && (
        <ChangeDialog
          member={chosen}
          onClose={() => setOpen(undefined)}
        />
      )}
      {chosen && open?.action === 'remove' && (
        <RemovePersonDialog
          member={chosen}
          onClose={() => setOpen(undefined)}
        />
      )}
      {link && <LinkDialog shown={link} onClose={() => setLink(undefined)} />}
    </Card>
  );
}

/** An invitation again, or a link to hand over; a failure shows beside the list. */
function useSending(onLink: (link: ShownLink) => void) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async ({ member, action }: { member: MemberRow; action: 'resend' | 'link' }) => {
      const email = member.email ?? '';
      if (action === 'link') {
        onLink({ email, ...await makeLink(member.user_id) });
        return;
      }
      const answer = await resendInvitation(member.user_id);
      if (answer.link) onLink({ email, link: answer.link, purpose: 'invite', problem: answer.mail_problem });
      else if (answer.sent === 'just_sent') toast(`${email} was invited less than a minute ago`);
      else if (answer.sent === 'nothing') toast(`${email} has accepted meanwhile`);
      else toast(`Sent the invitation to ${email} again`);
    },
    onSuccess: () => queryClient.invalidateQueries({ queryKey: membersQuery.queryKey }),
    onError: (error) => {
      const { title, advice } = describeFailure(error);
      toast(`${title}. ${advice}`, 'bad');
    },
  });
}

/** What ends, before it does. */
function RemovePersonDialog({ member, onClose }: { member: MemberRow; onClose: () => void }) {
  const queryClient = useQueryClient();
  const who = member.name ?? member.email ?? 'this person';
  const remove = useMutation({
    mutationFn: () => removePerson(member.user_id),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: membersQuery.queryKey });
      toast(`Removed ${who}`);
      onClose();
    },
  });
  return (
    <ActionDialog
      title={member.state === 'invited' ? `Withdraw the invitation of ${who}?` : `Remove ${who}?`}
      description={member.state === 'invited'
        ? 'The link that was sent stops working.'
        : 'Access ends at once, on every device, and open pages close. What this person did stays in the audit log. You can invite the address again.'}
      action={member.state === 'invited' ? 'Withdraw' : 'Remove'}
      busy='Removing …'
      isDangerous
      mutation={remove}
      onSubmit={() => remove.mutate()}
      onClose={onClose}
    />
  );
}

const columns = (
  ownId: string | undefined,
  choose: (member: MemberRow, action: PersonAction) => void,
): Column<MemberRow>[] => [
  {
    id: 'email',
    header: 'Person',
    value: (row) => row.email,
    onPhone: 'title',
    cell: (row) => (
      <TwoLines
        className='font-medium break-all'
        first={`${row.name ?? row.email ?? 'Deleted account'}${row.user_id === ownId ? ' (you)' : ''}`}
        second={row.name && row.email}
      />
    ),
  },
  stateColumn(
    'role',
    'Role',
    (row) =>
      row.role === 'operator' ? { label: 'Operator', tone: 'brand' } : { label: 'Client', tone: 'neutral' },
    { onPhone: 'wide' },
  ),
  {
    id: 'client_name',
    header: 'Client',
    value: (row) => row.client_name ?? nothing,
    onPhone: 'wide',
    cell: (row) => <LongName>{row.client_name ?? nothing}</LongName>,
  },
  stateColumn(
    'state',
    'State',
    (row) => row.state === 'invited' ? { label: 'Invited', tone: 'warm' } : { label: 'Active', tone: 'good' },
    { onPhone: 'wide' },
  ),
  {
    id: 'last_sign_in_at',
    header: 'Last sign-in',
    onPhone: 'wide',
    value: (row) => row.last_sign_in_at,
    cell: (row) =>
      row.state === 'invited' && row.invited_at
        ? (
          <TwoLines
            className=''
            first='never'
            second={<InvitedAgo at={row.invited_at} by={row.invited_by_name} />}
          />
        )
        : <Ago at={row.last_sign_in_at} never='never' />,
  },
  {
    id: 'created_at',
    header: 'Member since',
    onPhone: 'hidden',
    value: (row) => row.created_at,
    cell: (row) => <Moment at={row.created_at} as={toTheDay} />,
  },
  actionColumn('Actions', (row) => (
    <PersonMenu
      member={row}
      isSelf={row.user_id === ownId}
      onChoose={(action) => choose(row, action)}
    />
  )),
];

function InvitedAgo({ at, by }: { at: string; by: string | null }) {
  return (
    <>
      invited <Ago at={at} />
      {by && ` by ${by}`}
    </>
  );
}
