import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Bookmark, BookmarkPlus, Trash2 } from 'lucide-react';
import { useId, useState } from 'react';
import { savedFiltersQuery, saveFilter } from '../../../data/threads.ts';
import { ActionDialog } from '../../../shared/ActionDialog.tsx';
import { Button } from '../../../ui/button.tsx';
import {
  Dropdown,
  DropdownHeading,
  DropdownItem,
  DropdownNote,
  DropdownSeparator,
} from '../../../ui/dropdown.tsx';
import { Field, Input } from '../../../ui/input.tsx';
import { toast } from '../../../ui/toast.tsx';
import { type InboxSearch, inboxSearch } from '../search.ts';

/** Filters that the operator keeps under a name, and the way to keep the one of now. */
export function SavedFilters({ current, onApply }: {
  current: InboxSearch;
  onApply: (filter: InboxSearch) => void;
}) {
  const filters = useQuery(savedFiltersQuery);
  const client = useQueryClient();
  const [isNaming, setNaming] = useState(false);
  const [isRemoving, setRemoving] = useState(false);
  const remove = useMutation({
    mutationFn: (name: string) => saveFilter(name, null),
    onSuccess: (left) => client.setQueryData(savedFiltersQuery.queryKey, left),
    onError: () => toast('The filter could not be removed; try again', 'bad'),
  });
  const saved = filters.data ?? [];
  return (
    <>
      <Dropdown
        align='start'
        trigger={
          <Button aria-label='Saved filters'>
            <Bookmark aria-hidden /> <span className='max-sm:sr-only'>Saved</span>
          </Button>
        }
      >
        <DropdownHeading>{isRemoving ? 'Remove which filter?' : 'Saved filters'}</DropdownHeading>
        {filters.error && <DropdownNote>They could not be read. Try again later.</DropdownNote>}
        {!filters.error && saved.length === 0 && (
          <DropdownNote>None yet. Set the filters as you like them, then save them here.</DropdownNote>
        )}
        {saved.map(({ name, filter }) => (
          <DropdownItem
            key={name}
            onSelect={() => isRemoving ? remove.mutate(name) : onApply(inboxSearch.parse(filter))}
          >
            {isRemoving && <Trash2 aria-hidden />}
            <span dir='auto' className='min-w-0 wrap-anywhere'>{name}</span>
          </DropdownItem>
        ))}
        <DropdownSeparator />
        <DropdownItem onSelect={() => setNaming(true)}>
          <BookmarkPlus aria-hidden /> Save this filter
        </DropdownItem>
        {saved.length > 0 && (
          <DropdownItem
            onSelect={(event) => {
              event.preventDefault();
              setRemoving(!isRemoving);
            }}
          >
            <Trash2 aria-hidden /> {isRemoving ? 'Keep them all' : 'Remove a filter'}
          </DropdownItem>
        )}
      </Dropdown>
      {isNaming && <NameDialog current={current} onClose={() => setNaming(false)} />}
    </>
  );
}

function NameDialog({ current, onClose }: { current: InboxSearch; onClose: () => void }) {
  const id = useId();
  const client = useQueryClient();
  const [name, setName] = useState('');
  const save = useMutation({
    mutationFn: () => {
      const { message: _, page: __, ...filter } = current;
      return saveFilter(name.trim(), filter);
    },
    onSuccess: (all) => {
      client.setQueryData(savedFiltersQuery.queryKey, all);
      onClose();
    },
  });
  return (
    <ActionDialog
      title='Save this filter'
      description='You find it under “Saved”. A filter of yours with the same name is replaced.'
      action='Save'
      busy='Saving …'
      isReady={name.trim() !== ''}
      mutation={save}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <Field label='Name' htmlFor={id}>
        <Input
          id={id}
          autoFocus
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
    </ActionDialog>
  );
}
