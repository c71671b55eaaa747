import { useQuery } from '@tanstack/react-query';
import { Columns3, RotateCcw } from 'lucide-react';
import { leadVariablesQuery } from '../../data/leads.ts';
import { describeFailure } from '../../data/failure.ts';
import { Button } from '../../ui/button.tsx';
import {
  Dropdown,
  DropdownCheckbox,
  DropdownHeading,
  DropdownItem,
  DropdownNote,
  DropdownSeparator,
} from '../../ui/dropdown.tsx';
import { variableColumn, variableOf } from './column-choice.ts';
import { choosableColumns, firstColumns } from './lead-columns.tsx';

interface Props {
  filter: { clientId: string; campaignId: string | undefined; importId: string | undefined };
  choice: readonly string[] | undefined;
  /** Undefined goes back to the columns that the list begins with. */
  onChange: (choice: string[] | undefined) => void;
}

/** Chooses the columns of the list of leads and of its file: fields, and the variables that these leads have. */
export function ColumnMenu(props: Props) {
  return (
    <Dropdown
      trigger={
        <Button size='small'>
          <Columns3 aria-hidden /> Columns
        </Button>
      }
    >
      <Choices {...props} />
    </Dropdown>
  );
}

/** Mounted with the open menu: the names of the variables of 100,000 leads take the server a third of a second. */
function Choices({ filter, choice, onChange }: Props) {
  const variables = useQuery(leadVariablesQuery(filter));
  const chosen = choice ?? firstColumns;
  // A chosen one that these leads do not have can still be taken away.
  const names = [
    ...new Set([...variables.data ?? [], ...chosen.flatMap((id) => variableOf(id) ?? [])]),
  ];
  const item = (id: string, label: string) => (
    <DropdownCheckbox
      key={id}
      checked={chosen.includes(id)}
      onCheckedChange={(isOn) =>
        onChange(isOn === true ? [...chosen, id] : chosen.filter((kept) => kept !== id))}
    >
      {label}
    </DropdownCheckbox>
  );
  return (
    <>
      <DropdownHeading>Fields</DropdownHeading>
      {choosableColumns.map(({ id, header }) => item(id, header))}
      <DropdownSeparator />
      <DropdownHeading>Custom variables</DropdownHeading>
      {variables.error && names.length === 0
        ? <DropdownNote>{describeFailure(variables.error).title}</DropdownNote>
        : variables.isPending
        ? <DropdownNote>Reading …</DropdownNote>
        : names.length === 0 && <DropdownNote>These leads have none.</DropdownNote>}
      {names.map((name) => item(variableColumn(name), name))}
      {choice && (
        <>
          <DropdownSeparator />
          <DropdownItem onSelect={() => onChange(undefined)}>
            <RotateCcw aria-hidden /> Reset columns
          </DropdownItem>
        </>
      )}
    </>
  );
}
