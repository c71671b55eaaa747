import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { clientNamesQuery } from '../data/clients.ts';
import { Field } from '../ui/input.tsx';
import { Select } from '../ui/select.tsx';

/** For whom something holds: one client, or all of them (''). */
export function ClientScopeField({ value, onValueChange }: {
  value: string;
  onValueChange: (value: string) => void;
}) {
  const id = useId();
  const clients = useQuery(clientNamesQuery);
  return (
    <Field label='For' htmlFor={id}>
      <Select
        id={id}
        value={value}
        onValueChange={onValueChange}
        choices={[
          { value: '', label: 'All clients' },
          ...(clients.data ?? []).map(({ id: client, name }) => ({ value: client, label: name })),
        ]}
      />
    </Field>
  );
}
