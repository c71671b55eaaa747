import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { type Connection, providers, rotateWebhookSecret } from '../../../data/connections.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/input.tsx';
import { Select } from '../../../ui/select.tsx';
import { KeyFailure } from './Said.tsx';
import { useConnectionsChanged } from './use-connection-acts.ts';

const graces = [
  { value: '0', label: 'Refuse it at once' },
  { value: '1', label: 'Accept it for 1 hour' },
  { value: '24', label: 'Accept it for 1 day' },
  { value: '168', label: 'Accept it for 7 days' },
] as const;

/** A new secret for deliveries; the old one may live on for those under way. */
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
          ? 'The webhook secret is new; the old one is refused'
          : 'The webhook secret is new; deliveries with the old one are still accepted for a while',
      );
    },
  });
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title='Rotate the webhook secret'
      description={`${name} gets a new secret for the deliveries of “${connection.name}”. Nobody has to copy anything.`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant='primary' disabled={rotate.isPending} onClick={() => rotate.mutate()}>
            {rotate.isPending ? 'Rotating …' : 'Rotate secret'}
          </Button>
        </>
      }
    >
      <Field
        label='The old secret'
        htmlFor='rotate-grace'
        hint='Deliveries under way still carry it. Refuse it at once only if somebody else knows it.'
      >
        <Select id='rotate-grace' value={hours} onValueChange={setHours} choices={graces} />
      </Field>
      {rotate.error && <KeyFailure error={rotate.error} />}
    </Dialog>
  );
}
