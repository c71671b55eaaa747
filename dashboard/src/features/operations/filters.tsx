import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { connectionNamesQuery } from '../../data/connections.ts';
import { Input } from '../../ui/input.tsx';
import { Select } from '../../ui/select.tsx';
import { useListSearch } from './use-list.ts';

/** Which workspace; what the address asks for is kept even before the names are there. */
export function ConnectionFilter() {
  const [search, change] = useListSearch();
  const { data } = useQuery(connectionNamesQuery);
  return (
    <Select
      aria-label='Connection'
      value={search.connection ?? ''}
      onValueChange={(next) => change({ connection: next || undefined })}
      choices={[
        { value: '', label: 'All connections' },
        ...(data ?? []).map(({ id, name }) => ({ value: id, label: name })),
      ]}
    />
  );
}

/** Text to look for; asks the server when the typing pauses. */
export function TextFilter({ label }: { label: string }) {
  const [search, change] = useListSearch();
  const [text, setText] = useState(search.q ?? '');
  useEffect(() => {
    if (text === (search.q ?? '')) return;
    const timer = setTimeout(() => change({ q: text.trim() === '' ? undefined : text }), 300);
    return () => clearTimeout(timer);
  }, [text, search.q, change]);
  return (
    <Input
      type='search'
      aria-label={label}
      placeholder={label}
      className='max-w-64'
      value={text}
      onChange={(event) => setText(event.target.value)}
    />
  );
}

/** One of a few values of the address, or all. */
export function ChoiceFilter({ label, part, all, choices }: {
  label: string;
  part: 'status' | 'kind';
  all: string;
  choices: readonly { value: string; label: string }[];
}) {
  const [search, change] = useListSearch();
  const chosen = choices.some(({ value }) => value === search[part]) ? search[part]! : '';
  return (
    <Select
      aria-label={label}
      value={chosen}
      onValueChange={(next) => change({ [part]: next || undefined })}
      choices={[{ value: '', label: all }, ...choices]}
    />
  );
}
