import { ChevronDown } from 'lucide-react';
import type { ComponentProps } from 'react';
import { cn } from './class-names.ts';
import { fieldLooks } from './input.tsx';

export interface Choice<Value extends string = string> {
  value: Value;
  label: string;
}

/** The browser's own select: right on a phone, and with the keyboard, without a line of script. */
export function Select<Value extends string>({ choices, value, onValueChange, className, ...rest }:
  & Omit<ComponentProps<'select'>, 'value' | 'onChange' | 'children'>
  & {
    choices: readonly Choice<Value>[];
    value: Value;
    onValueChange: (value: Value) => void;
  }) {
  return (
    <span className={cn('relative inline-flex print:hidden', className)}>
      <select
        className={cn(fieldLooks, 'w-full appearance-none pr-8')}
        value={value}
        // A narrow field cuts a long name.
        title={choices.find((choice) => choice.value === value)?.label}
        onChange={(event) => onValueChange(event.target.value as Value)}
        {...rest}
      >
        {choices.map((choice) => <option key={choice.value} value={choice.value}>{choice.label}</option>)}
      </select>
      <ChevronDown
        aria-hidden
        className='pointer-events-none absolute top-1/2 right-2.5 size-4 -translate-y-1/2 text-ink-soft'
      />
    </span>
  );
}
