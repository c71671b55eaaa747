import { useMutation } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { ActionDialog } from './ActionDialog.tsx';
import { Field, Input } from '../ui/input.tsx';

/** Does something together with a note that colleagues will read. */
export function NoteDialog({ label, hint, isRequired = false, save, onSaved, onClose, ...rest }: {
  title: string;
  description: string;
  action: string;
  busy: string;
  label: string;
  hint: string;
  isRequired?: boolean;
  save: (note: string) => Promise<unknown>;
  onSaved: () => unknown;
  onClose: () => void;
}) {
  const id = useId();
  const [note, setNote] = useState('');
  const mutation = useMutation({
    mutationFn: () => save(note),
    onSuccess: async () => {
      await onSaved();
      onClose();
    },
  });
  return (
    <ActionDialog
      {...rest}
      isReady={!isRequired || note.trim() !== ''}
      mutation={mutation}
      onSubmit={() => mutation.mutate()}
      onClose={onClose}
    >
      <Field label={label} htmlFor={id} hint={hint}>
        <Input id={id} value={note} maxLength={500} onChange={(event) => setNote(event.target.value)} />
      </Field>
    </ActionDialog>
  );
}
