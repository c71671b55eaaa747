import { Tabs as Primitive } from 'radix-ui';
import { type ReactNode, useEffect, useRef } from 'react';

export interface Tab<Value extends string = string> {
  value: Value;
  label: string;
  content: ReactNode;
}

/** Tabs whose present one belongs to the address; arrow keys move between them. */
export function Tabs<Value extends string>({ tabs, value, onValueChange, label }: {
  tabs: readonly Tab<Value>[];
  value: Value;
  onValueChange: (value: Value) => void;
  label: string;
}) {
  const list = useRef<HTMLDivElement>(null);
  // On a phone the present one may be beyond the edge.
  useEffect(() => showCurrent(list.current, '[data-state=active]'), [value]);
  return (
    <Primitive.Root value={value} onValueChange={(next) => onValueChange(next as Value)}>
      <Primitive.List
        ref={list}
        aria-label={label}
        className='relative flex print:hidden overflow-x-auto border-b border-line [scrollbar-width:none] max-sm:-mx-4 max-sm:px-4 sm:gap-1'
      >
        {tabs.map((tab) => (
          <Primitive.Trigger
            key={tab.value}
            value={tab.value}
            className='-mb-px border-b-2 border-transparent px-2.5 py-2.5 sm:px-3 text-sm font-medium whitespace-nowrap text-ink-soft hover:text-ink focus-visible:-outline-offset-2 data-[state=active]:border-brand data-[state=active]:text-ink'
          >
            {tab.label}
          </Primitive.Trigger>
        ))}
      </Primitive.List>
      {tabs.map((tab) => (
        <Primitive.Content key={tab.value} value={tab.value} className='pt-5' tabIndex={-1}>
          {tab.content}
        </Primitive.Content>
      ))}
    </Primitive.Root>
  );
}

/** Scrolls a row of tabs sideways, and nothing else, until the present one is in the middle of it. */
export function showCurrent(row: HTMLElement | null, selector: string): void {
  const current = row?.querySelector<HTMLElement>(selector);
  if (!row || !current) return;
  row.scrollLeft = current.offsetLeft - (row.clientWidth - current.offsetWidth) / 2;
}
