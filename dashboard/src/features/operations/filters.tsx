import { useQuery } from '@tanstack/react-query';
import { connectionNamesQuery } from '../../data/connections.ts';
import { SearchField } from '../../shared/SearchField.tsx';
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

/** Text to look for. */
export function TextFilter({ label }: { label: string }) {
  const [search, change] = useListSearch();
  return <SearchField label={label} value={search.q} onChange={(q) => change({ q })} />;
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
