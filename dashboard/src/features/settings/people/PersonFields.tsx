import { useQuery } from '@tanstack/react-query';
import { clientNamesQuery } from '../../../data/clients.ts';
import { Field, Input } from '../../../ui/input.tsx';
import { Select } from '../../../ui/select.tsx';

export interface PersonChoice {
  name: string;
  role: 'operator' | 'client';
  /** Empty: none chosen. */
  clientId: string;
}

export const isComplete = ({ role, clientId }: PersonChoice): boolean =>
  role === 'operator' || clientId !== '';

/** What a person is: a name, a role, and for a client which one. */
export function PersonFields({ form, value, onChange, isRoleFixed = false }: {
  form: string;
  value: PersonChoice;
  onChange: (value: PersonChoice) => void;
  /** One's own role is another operator's to change. */
  isRoleFixed?: boolean;
}) {
  const clients = useQuery(clientNamesQuery);
  return (
    <>
      <Field label='Name' htmlFor={`${form}-name`} hint='Optional. Shown to operators.'>
        <Input
          id={`${form}-name`}
          value={value.name}
          maxLength={200}
          autoComplete='off'
          onChange={(event) => onChange({ ...value, name: event.target.value })}
        />
      </Field>
      {!isRoleFixed && (
        <div className='grid items-start gap-4 sm:grid-cols-2'>
          <Field
            label='Role'
            htmlFor={`${form}-role`}
            hint={value.role === 'operator' ? 'Sees and changes everything.' : 'Sees its own client only.'}
          >
            <Select
              id={`${form}-role`}
              aria-label='Role'
              className='w-full'
              value={value.role}
              onValueChange={(role) =>
                onChange({ ...value, role: role === 'operator' ? 'operator' : 'client' })}
              choices={[{ value: 'client', label: 'Client' }, { value: 'operator', label: 'Operator' }]}
            />
          </Field>
          {value.role === 'client' && (
            <Field
              label='Client'
              htmlFor={`${form}-client`}
              {...(clients.data?.length === 0 ? { hint: 'There is no client yet: add one first.' } : {})}
            >
              <Select
                id={`${form}-client`}
                aria-label='Client'
                className='w-full'
                value={value.clientId}
                onValueChange={(clientId) => onChange({ ...value, clientId })}
                choices={[
                  ...(value.clientId === '' ? [{ value: '', label: 'Choose …' }] : []),
                  ...(clients.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
                ]}
              />
            </Field>
          )}
        </div>
      )}
    </>
  );
}
