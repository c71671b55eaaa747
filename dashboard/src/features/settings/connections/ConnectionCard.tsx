import { useMutation } from '@tanstack/react-query';
import {
  ChevronDown,
  KeyRound,
  Pause,
  Play,
  PlugZap,
  RefreshCw,
  ShieldCheck,
  Trash2,
  Webhook,
} from 'lucide-react';
import { useId, useState } from 'react';
import {
  type Connection,
  type ConnectionState,
  connectionState,
  pauseConnection,
  providers,
  registerWebhook,
  testConnection,
} from '../../../data/connections.ts';
import type { HealthRow } from '../../../data/health.ts';
import type { WebhookRow } from '../../../data/webhooks.ts';
import type { State } from '../../../shared/columns.tsx';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { Card, CardBody, CardHeader } from '../../../ui/card.tsx';
import { Dropdown, DropdownItem } from '../../../ui/dropdown.tsx';
import { ActionStatus, KeyFailure } from './ActionStatus.tsx';
import { ConnectionFacts, WebhookFacts } from './ConnectionFacts.tsx';
import { KeyDialog } from './KeyDialog.tsx';
import { ProviderSecretDialog } from './ProviderSecretDialog.tsx';
import { RemoveDialog } from './RemoveDialog.tsx';
import { RotateSecretDialog } from './RotateSecretDialog.tsx';
import { SyncNow } from './SyncNow.tsx';
import { useConnectionsChanged } from './use-connection-actions.ts';

const states: Record<ConnectionState, State> = {
  active: { label: 'Active', tone: 'good' },
  paused: { label: 'Paused', tone: 'warm' },
  invalid: { label: 'Key refused', tone: 'bad' },
  needs_plan: { label: 'Needs a paid plan', tone: 'bad' },
  removed: { label: 'Removed', tone: 'neutral' },
  no_key: { label: 'No key yet', tone: 'warm' },
};

type Open = 'key' | 'rotate' | 'secret' | 'remove' | undefined;

/** One workspace: how it is, and everything that can be done with it. */
export function ConnectionCard({ connection, clientName, webhook: webhookRow, health, maySync }: {
  connection: Connection;
  /** Null = shared; undefined = not shown. */
  clientName: string | null | undefined;
  webhook: WebhookRow | undefined;
  health: HealthRow | undefined;
  maySync: boolean;
}) {
  const id = useId();
  const changed = useConnectionsChanged();
  const [open, setOpen] = useState<Open>();
  const state = connectionState(connection);
  const provider = providers[connection.provider].name;
  const hasKey = connection.api_key_last4 !== null;

  const test = useMutation({ mutationFn: () => testConnection(connection.id), onSettled: changed });
  const pause = useMutation({
    mutationFn: () => pauseConnection(connection.id, state !== 'paused'),
    onSettled: changed,
  });
  const webhook = useMutation({ mutationFn: () => registerWebhook(connection.id), onSettled: changed });
  const [result, setResult] = useState<string>();
  const actions = [test, pause, webhook];
  const isBusy = actions.some(({ isPending }) => isPending);
  const run = (action: { mutate: () => void }) => {
    for (const each of actions) each.reset();
    setResult(undefined);
    action.mutate();
  };
  const done = (sentence: string) => {
    for (const each of actions) each.reset();
    setResult(sentence);
    setOpen(undefined);
  };
  const error = actions.find((action) => action.error)?.error;

  const dialog = { connection, onClose: () => setOpen(undefined) };

  return (
    <Card aria-labelledby={id}>
      <CardHeader
        id={id}
        title={connection.name}
        hint={[provider, clientName === undefined ? undefined : clientName ?? 'Shared by clients'].filter(
          Boolean,
        )
          .join(' · ')}
      >
        <Badge tone={states[state].tone}>{states[state].label}</Badge>
      </CardHeader>
      <CardBody className='grid gap-4'>
        <ConnectionFacts connection={connection} health={health} isRemoved={state === 'removed'} />
        {webhookRow && hasKey && <WebhookFacts row={webhookRow} provider={provider} />}
        <div className='flex flex-wrap gap-2 max-sm:*:grow'>
          {hasKey && (
            <Button variant='primary' disabled={isBusy} onClick={() => run(test)}>
              <PlugZap aria-hidden /> {test.isPending ? 'Testing …' : 'Test connection'}
            </Button>
          )}
          {maySync && hasKey && state === 'active' && <SyncNow connectionId={connection.id} />}
          <Button variant={hasKey ? 'secondary' : 'primary'} onClick={() => setOpen('key')}>
            <KeyRound aria-hidden />{' '}
            {hasKey ? 'Replace key' : state === 'removed' ? 'Connect again' : 'Save a key'}
          </Button>
          {hasKey && (
            <>
              <Button disabled={isBusy} onClick={() => run(webhook)}>
                <Webhook aria-hidden /> {webhook.isPending ? 'Checking …' : 'Check webhook'}
              </Button>
              <Dropdown
                trigger={
                  <Button aria-label={`More for ${connection.name}`}>
                    More <ChevronDown aria-hidden />
                  </Button>
                }
              >
                <DropdownItem onSelect={() => setOpen('rotate')}>
                  <RefreshCw aria-hidden /> Rotate webhook secret
                </DropdownItem>
                {connection.provider === 'smartlead' && (
                  <DropdownItem onSelect={() => setOpen('secret')}>
                    <ShieldCheck aria-hidden /> Save {provider} secret
                  </DropdownItem>
                )}
                {(state === 'active' || state === 'paused') && (
                  <DropdownItem
                    disabled={isBusy}
                    onSelect={() => run(pause)}
                  >
                    {state === 'paused' ? <Play aria-hidden /> : <Pause aria-hidden />}
                    {state === 'paused' ? 'Resume' : 'Pause'}
                  </DropdownItem>
                )}
                <DropdownItem className='text-bad' onSelect={() => setOpen('remove')}>
                  <Trash2 aria-hidden /> Remove
                </DropdownItem>
              </Dropdown>
            </>
          )}
        </div>
        {test.data && (
          test.data.same_workspace === false
            ? (
              <ActionStatus tone='warm' title='This key belongs to a different workspace'>
                It belongs to “{test.data.workspace.name}” (ID{' '}
                {test.data.workspace.id}). Check that you saved the right key.
              </ActionStatus>
            )
            : (
              <ActionStatus tone='good' title={`Connected to “${test.data.workspace.name}”`}>
                {test.data.workspace.id && (
                  <>
                    Workspace ID <span className='font-mono text-xs break-all'>{test.data.workspace.id}</span>
                  </>
                )}
              </ActionStatus>
            )
        )}
        {webhook.data && (webhook.data.registered
          ? <ActionStatus tone='good' title='The webhook is on and sends our secret' />
          : (
            <ActionStatus tone='bad' title='The webhook is not registered'>
              {webhook.data.message}
            </ActionStatus>
          ))}
        {result && <ActionStatus tone='good' title={result} />}
        {error && <KeyFailure error={error} />}
      </CardBody>
      {open === 'key' && <KeyDialog {...dialog} onSaved={done} />}
      {open === 'rotate' && <RotateSecretDialog {...dialog} onRotated={done} />}
      {open === 'secret' && <ProviderSecretDialog {...dialog} onSaved={done} />}
      {open === 'remove' && <RemoveDialog {...dialog} onRemoved={done} />}
    </Card>
  );
}
