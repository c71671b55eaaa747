import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ChevronDown, KeyRound, Pencil, Power, RotateCcw, Trash2 } from 'lucide-react';
import { useId, useState } from 'react';
import { type CrmConnection, crmCountsQuery, describeCrmFailure, switchCrm } from '../../../data/crm.ts';
import { formatCount } from '../../../shared/format.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { Card, CardBody, CardHeader } from '../../../ui/card.tsx';
import { Dropdown, DropdownItem } from '../../../ui/dropdown.tsx';
import { toast } from '../../../ui/toast.tsx';
import { ActionStatus } from '../connections/ActionStatus.tsx';
import { CrmFacts } from './CrmFacts.tsx';
import { isOffByHand, stateOf } from './crm-text.ts';
import { DisconnectDialog } from './DisconnectDialog.tsx';
import { RetryDialog } from './RetryDialog.tsx';
import { SetupDialog } from './SetupDialog.tsx';

type Open = 'change' | 'token' | 'retry' | 'disconnect' | undefined;

/** One account: how it is, what it is set to, and everything that can be done with it. */
export function CrmCard({ connection, ownerName, isOfOthersToo, taken }: {
  connection: CrmConnection;
  ownerName: string;
  /** The agency's account on the page of one client. */
  isOfOthersToo: boolean;
  taken: readonly (string | null)[];
}) {
  const id = useId();
  const queryClient = useQueryClient();
  const [open, setOpen] = useState<Open>();
  const counts = useQuery(crmCountsQuery(connection.id));
  const state = stateOf(connection);
  const isOff = connection.switched_off_at !== null;
  const turn = useMutation({
    mutationFn: () => switchCrm(connection.id, isOff),
    onSuccess: () => toast(isOff ? 'Switched HubSpot on' : 'Switched HubSpot off'),
    onError: (error) => {
      const { title, advice } = describeCrmFailure(error);
      toast(`${title}. ${advice}`, 'bad');
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['crm'] }),
  });
  const close = () => setOpen(undefined);
  const waiting = counts.data?.waiting ?? 0;
  const failed = counts.data?.failed ?? 0;
  return (
    <Card aria-labelledby={id}>
      <CardHeader
        id={id}
        title='HubSpot'
        hint={connection.client_id === null
          ? isOfOthersToo
            ? 'The agency’s account, for this client and every other without its own'
            : 'The agency’s account, for every client without its own'
          : `Of ${ownerName}, for its leads only`}
      >
        <Badge tone={state.tone}>{state.label}</Badge>
      </CardHeader>
      <CardBody className='grid gap-4'>
        <Problem
          connection={connection}
          waiting={waiting}
          onNewToken={() => setOpen('token')}
          onSwitchOn={() => turn.mutate()}
        />
        {failed > 0 && !isOff && (
          <ActionStatus
            tone='warm'
            title={`${formatCount(failed)} ${failed === 1 ? 'push' : 'pushes'} failed in the last 30 days`}
          >
            The log below shows why. When the cause is gone, retry them.
            <span className='mt-2 block'>
              <Button size='small' onClick={() => setOpen('retry')}>
                <RotateCcw aria-hidden /> Retry failed
              </Button>
            </span>
          </ActionStatus>
        )}
        <CrmFacts connection={connection} waiting={counts.data?.waiting} failed={counts.data?.failed} />
        <div className='flex flex-wrap gap-2 max-sm:*:grow'>
          <Button onClick={() => setOpen('change')}>
            <Pencil aria-hidden /> Change settings
          </Button>
          <Button onClick={() => setOpen('token')}>
            <KeyRound aria-hidden /> New token
          </Button>
          <Dropdown
            trigger={
              <Button aria-label='More for HubSpot'>
                More <ChevronDown aria-hidden />
              </Button>
            }
          >
            <DropdownItem disabled={turn.isPending} onSelect={() => turn.mutate()}>
              <Power aria-hidden /> {isOff ? 'Switch on' : 'Switch off'}
            </DropdownItem>
            {!isOff && (
              <DropdownItem onSelect={() => setOpen('retry')}>
                <RotateCcw aria-hidden /> Retry failed pushes
              </DropdownItem>
            )}
            <DropdownItem className='text-bad [&_svg]:text-bad' onSelect={() => setOpen('disconnect')}>
              <Trash2 aria-hidden /> Disconnect
            </DropdownItem>
          </Dropdown>
        </div>
      </CardBody>
      {(open === 'change' || open === 'token') && (
        <SetupDialog
          key={open}
          connection={connection}
          isNewToken={open === 'token'}
          taken={taken}
          clientId={undefined}
          onNewToken={() => setOpen('token')}
          onClose={close}
        />
      )}
      {open === 'retry' && <RetryDialog connection={connection} onClose={close} />}
      {open === 'disconnect' && <DisconnectDialog connection={connection} onClose={close} />}
    </Card>
  );
}

/** What keeps it from working, and what to do about it. */
function Problem({ connection, waiting, onNewToken, onSwitchOn }: {
  connection: CrmConnection;
  waiting: number;
  onNewToken: () => void;
  onSwitchOn: () => void;
}) {
  const waits = waiting > 0
    ? ` ${formatCount(waiting)} ${waiting === 1 ? 'push waits' : 'pushes wait'}.`
    : '';
  if (connection.switched_off_at && isOffByHand(connection)) {
    return (
      <ActionStatus tone='warm' title='An operator switched it off'>
        Nothing is pushed or read until somebody switches it on.{waits}
      </ActionStatus>
    );
  }
  if (connection.switched_off_at) {
    return (
      <ActionStatus tone='bad' title='Nothing is pushed or read'>
        {connection.switched_off_reason}.{waits}{' '}
        It continues as soon as you enter a new token, or switch it on after a repair in HubSpot.
        <span className='mt-2 flex flex-wrap gap-2'>
          <Button size='small' onClick={onNewToken}>
            <KeyRound aria-hidden /> Enter a new token
          </Button>
          <Button size='small' onClick={onSwitchOn}>
            <Power aria-hidden /> Switch on
          </Button>
        </span>
      </ActionStatus>
    );
  }
  if (connection.failing_since) {
    return (
      <ActionStatus tone='warm' title={connection.last_error ?? 'HubSpot does not answer'}>
        The next attempt comes automatically.{waits}
      </ActionStatus>
    );
  }
  return null;
}
