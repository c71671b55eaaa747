import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { type Connection, providers, rotateWebhookSecret } from '../../../data/connections.ts';
import { ActionDialog } from '../../../shared/ActionDialog.tsx';
import { Field } from '../../../ui/input.tsx';
import { Select } from '../../../ui/select.tsx';
import { keyFailure } from './ActionStatus.tsx';
import { useConnectionsChanged } from './use-connection-actions.ts';

const graces = [
  { value: '0', label: 'Reject it immediately' },
  { value: '1', label: 'Accept it for 1 hour' },
  { value: '24', label: 'Accept it for 1 day' },
  { value: '168', label: 'Accept it for 7 days' },
] as const;

/** A new secret for deliveries; the old one may stay valid for those under way. */
export function RotateSecretDialog({ connection, onClose, onRotated }: {
  connection: Connection;
  onClose: () => void;
  onRotated: (sentence: string) => void;
}) {
  const changed = useConnectionsChanged();
  const [hours, setHours] = useState<typeof graces[number]['value']>('24');
  const name = providers[connection.provider].name;
  const rotate = useMutation({
    mutationFn: () => rotateWebhookSecret(connection.id, Number(hours)),
    onSuccess: async () => {
      await changed();
      onRotated(
        hours === '0'
          ? 'Webhook secret rotated. The old one is rejected'
          : 'Webhook secret rotated. The old one is still accepted for the chosen time',
      );
    },
  });
  return (
    <ActionDialog
      title='Rotate webhook secret'
      description={`${name} gets a new secret for the deliveries of “${connection.name}”. You do not have to copy anything.`}
      action='Rotate secret'
      busy='Rotating …'
      mutation={rotate}
      onSubmit={() => rotate.mutate()}
      onClose={onClose}
      failure={keyFailure}
    >
      <Field
        label='Old secret'
        htmlFor='rotate-grace'
        hint='Recent deliveries may still use it. Reject it immediately only if it has leaked.'
      >
        <Select id='rotate-grace' value={hours} onValueChange={setHours} choices={graces} />
      </Field>
    </ActionDialog>
  );
}
