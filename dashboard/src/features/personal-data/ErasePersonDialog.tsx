import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { erasePerson, type Person, previewQuery } from '../../data/personal-data.ts';
import { ActionDialog, CheckField } from '../../shared/ActionDialog.tsx';
import { ActionFailure } from '../../shared/ActionFailure.tsx';
import { ClientScopeField } from '../../shared/ClientScopeField.tsx';
import { plural } from '../../shared/format.ts';
import { Field, Input } from '../../ui/input.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { CountList } from './CountList.tsx';
import { ErasureDialog } from './ErasureDialog.tsx';

/** Shows what goes, asks for the address, then shows how far it is. */
export function ErasePersonDialog({ person, onClose, onErased }: {
  person: Person;
  onClose: () => void;
  /** When the dialog closes after an erasure was started. */
  onErased: () => void;
}) {
  const id = useId();
  const queryClient = useQueryClient();
  const [scope, setScope] = useState(person.clientId ?? '');
  const [isBlocked, setBlocked] = useState(false);
  const [typed, setTyped] = useState('');
  const chosen = { email: person.email, clientId: scope || null };
  const preview = useQuery(previewQuery(chosen));
  const erase = useMutation({
    mutationFn: () => erasePerson(chosen, isBlocked),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['erasures'] }),
  });
  if (erase.data) return <ErasureDialog erasureId={erase.data} onClose={onErased} />;
  const found = preview.data;
  const rows = Object.values(found?.tables ?? {}).reduce((sum, count) => sum + count, 0);
  return (
    <ActionDialog
      title='Erase this person'
      description='Messages, names and every other trace are removed here and the lead is deleted at the provider. Numbers stay as they are. It cannot be undone, and the person does not come back with an import, a webhook or a sync.'
      action='Erase'
      busy='Starting …'
      isDangerous
      isReady={found !== undefined && !found.is_own && typed.trim().toLowerCase() === found.email}
      mutation={erase}
      onSubmit={() => erase.mutate()}
      onClose={onClose}
    >
      <ClientScopeField value={scope} onValueChange={setScope} />
      <div aria-live='polite' aria-busy={preview.isPending} className='grid gap-2 text-sm'>
        {preview.isPending && <Skeleton className='h-24 w-full' />}
        {preview.error && <ActionFailure error={preview.error} />}
        {found?.is_own && (
          <p className='rounded-lg bg-warm-wash px-3 py-2 text-warm-ink'>
            This is a sending mailbox or the account of a member, no lead. Remove it where it is managed.
          </p>
        )}
        {found && !found.is_own && (
          <>
            <p className='font-medium'>
              {rows === 0
                ? found.was_erased
                  ? 'Erased before; nothing is held.'
                  : 'Nothing is held. Erasing it keeps the address out.'
                : `${plural(rows, 'row')} in ${plural(Object.keys(found.tables).length, 'table')}`}
            </p>
            <CountList label='What is held' counts={found.tables} />
            {found.crm_contacts > 0 && (
              <p className='rounded-lg bg-warm-wash px-3 py-2 text-warm-ink'>
                {plural(found.crm_contacts, 'contact')} in the CRM {found.crm_contacts === 1 ? 'is' : 'are'}
                {' '}
                not deleted. Export the data first: it names them.
              </p>
            )}
          </>
        )}
      </div>
      <CheckField
        label='Also put the address on the provider’s block list'
        hint='It cannot be added to the workspace again. The block list then holds the address.'
        isChecked={isBlocked}
        onChange={setBlocked}
      />
      <Field label={`Type “${person.email}” to confirm`} htmlFor={id}>
        <Input id={id} autoComplete='off' value={typed} onChange={(event) => setTyped(event.target.value)} />
      </Field>
    </ActionDialog>
  );
}
