import { PagedTable as Table, type PagedTableProps } from '../../shared/PagedTable.tsx';
import { useListSearch } from './use-list.ts';

/** A list of the operators' pages: its sort and page are in the address. */
export function PagedTable<Row extends object>(props: PagedTableProps<Row>) {
  const [search, change] = useListSearch();
  return <Table {...props} state={search} onStateChange={change} />;
}
